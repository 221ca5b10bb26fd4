// How does this window stay in step? One connection; what is done here is told there, and comes back to all.

import { state, tell, w } from "./state.js";

let socket = null;
let number = 0;
let pause = 250;
const waiting = new Map();

export function connect() {
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
  socket.onopen = () => { pause = 250; tell("online", true); };
  socket.onmessage = (message) => hear(JSON.parse(message.data));
  socket.onclose = () => {
    tell("online", false);
    for (const settle of waiting.values()) settle("bad");
    waiting.clear();
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 4000);
  };
}

// Resolves to the word for what hindered it, empty when it was done.
export function act(name, facts = {}) {
  return new Promise((resolve) => {
    if (socket?.readyState !== WebSocket.OPEN) { resolve("bad"); return; }
    number += 1;
    waiting.set(number, resolve);
    socket.send(JSON.stringify({ id: number, act: name, ...facts }));
  }).then((problem) => {
    if (problem) tell("problem", { text: w("problem")[problem] || w("problem").bad, phone: facts.phone });
    else tell("done", { act: name, ...facts });
    return problem;
  });
}

export async function upload(file) {
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).token;
}

function hear(what) {
  if (what.type === "done") {
    waiting.get(what.id)?.(what.problem);
    waiting.delete(what.id);
  } else if (what.type === "stage") {
    state.stage = what;
    tell("stage", what);
  } else if (what.type === "behind") {
    state.behind = what;
    tell("behind", what);
  } else {
    news(what);
  }
}

function news(what) {
  state.ahead = what.now - Date.now();
  if (what.fresh) {
    state.posts.clear();
    tell("fresh");
  }
  state.phones = what.phones;
  const changed = what.posts.map(sorted);
  tell("news", { posts: changed, fresh: what.fresh });
  for (const toast of what.toasts) tell("toast", toast);
}

// Into its chat; says whether the message is new, changed or gone.
function sorted(post) {
  if (!state.posts.has(post.chat)) state.posts.set(post.chat, new Map());
  const chat = state.posts.get(post.chat);
  const known = chat.has(post.id);
  if (post.deleted) chat.delete(post.id);
  else chat.set(post.id, post);
  return { ...post, known };
}
