// What is on the page? Who is on stage, and that every part hears what has come.

import { behind } from "./behind.js";
import { clock } from "./clock.js";
import { h } from "./dom.js";
import { act, connect } from "./live.js";
import { Phone } from "./phone.js";
import { on, player, remembered, setLanguage, state, tell, untouched, w } from "./state.js";
import { tour } from "./tour.js";
import { top } from "./top.js";

const stage = document.getElementById("phones");
const offline = document.getElementById("offline");
const announcer = document.getElementById("announcer");
let phones = new Map();
let shape = "";
let opened = ""; // whose telephone this window has asked for
let agreed = remembered("language") !== null; // whether page and telephones have found one language

if (remembered("theme")) document.documentElement.dataset.theme = remembered("theme");
setLanguage(state.language);

function draw() {
  const { stage: seen } = state;
  document.body.dataset.epoch = seen?.epoch ?? "";
  if (!seen?.ready || !seen.players.length) { waiting(); return; }
  const wanted = JSON.stringify([seen.epoch, state.language, seen.players.map((one) => [one.key, one.people])]);
  if (wanted !== shape) phones = new Map();
  shape = wanted;
  const kept = new Map(seen.open.filter(player).map((key) => [key, phones.get(key) || new Phone(key)]));
  phones = kept;
  for (const key of kept.keys()) delete state.unseen[key];
  tell("unseen");
  const elements = [...kept.values()].map((phone) => phone.element);
  if (elements.some((one, n) => stage.children[n] !== one) || stage.children.length !== elements.length) {
    stage.replaceChildren(...elements);
    for (const phone of kept.values()) phone.log.toEnd(false);
  }
  reveal();
  stage.style.setProperty("--count", String(elements.length));
}

// A telephone that was opened here comes into sight.
function reveal() {
  const there = phones.get(opened)?.element;
  if (!there) return;
  opened = "";
  there.classList.add("arrived");
  there.scrollIntoView({ inline: "center", block: "nearest" });
}

// At a first visit the browser's language is the telephones' too, as long as nobody has begun to play.
function agree() {
  const spoken = state.stage?.players[0]?.language;
  if (!state.stage?.ready || !spoken || !state.behind || !state.phones[state.stage.players[0].key]) return;
  if (!agreed && spoken !== state.language && untouched()) {
    agreed = true;
    act("restart", { city: state.stage.city, language: state.language });
    return;
  }
  agreed = true;
  document.body.dataset.language = spoken;
}

function waiting() {
  phones = new Map();
  shape = "";
  state.unseen = {};
  stage.replaceChildren(h("p.waiting", { role: "status" }, w("preparing")));
}

function news({ posts, fresh }) {
  const heard = [];
  for (const [key, phone] of phones) {
    const chats = state.phones[key]?.chats || [];
    const came = phone.take(posts.filter((post) => chats.includes(post.chat)), fresh);
    phone.refresh();
    if (came && !fresh) heard.push(w("news", phone.name(), came));
  }
  if (!fresh) countUnseen(posts);
  if (heard.length) announcer.textContent = heard.join(" ");
}

// What comes to telephones that aren't on stage, until they are opened.
function countUnseen(posts) {
  for (const { key } of state.stage?.players || []) {
    const chats = state.phones[key]?.chats || [];
    const came = posts.filter((post) => post.from?.bot && !post.known && chats.includes(post.chat)).length;
    if (came && !phones.has(key)) state.unseen[key] = (state.unseen[key] || 0) + came;
  }
  tell("unseen");
}

function done({ act: what, phone }) {
  if (what === "open") { opened = phone; reveal(); }
  if (phone) phones.get(phone)?.acted();
}

function toast({ to, text, alert }) {
  const mine = [...phones.values()].filter((phone) => phone.people().some((one) => one.id === to));
  (mine.find((phone) => phone.element.matches(":hover, :focus-within")) || mine[0])?.flash(text, alert);
}

function problem({ text, phone }) {
  const there = phones.get(phone) || [...phones.values()][0];
  if (there) there.flash(text, false);
}

on("stage", draw);
for (const topic of ["stage", "behind", "news"]) on(topic, agree);
on("language", draw);
on("news", news);
on("done", done);
on("toast", toast);
on("problem", problem);
on("online", (yes) => { offline.hidden = yes; offline.textContent = yes ? "" : w("offline"); });

top(document.getElementById("top"));
clock(document.getElementById("timeline"));
behind();
tour(() => phones);
connect();
