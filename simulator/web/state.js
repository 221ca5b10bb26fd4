// What does this window know? Everything shared comes from the server; language, theme and drafts are its own.

import { WORDS } from "./words.js";

export const state = {
  stage: null, // who plays, which telephones are open, faults, commands, tour
  phones: {}, // by owner's key: chats, standing, keyboard, typing, commands
  posts: new Map(), // by chat: messages by id
  unseen: {}, // how much came to telephones that aren't on stage, by owner's key
  behind: null, // the case: stages, events, timers, outbox
  language: remembered("language") || (navigator.language.startsWith("zh") ? "zh" : "en"),
  ahead: 0, // milliseconds by which case time is ahead of this computer
};

const listeners = new Map();

export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
  return () => listeners.get(topic).delete(listener);
}

export function tell(topic, what) {
  for (const listener of listeners.get(topic) || []) listener(what);
}

export function w(name, ...facts) {
  const found = WORDS[state.language][name];
  return typeof found === "function" ? found(...facts) : found;
}

// Words that come in both languages.
export function said(both) {
  return both ? both[state.language] ?? both.zh : "";
}

export function caseNow() {
  return Date.now() + state.ahead;
}

// Nobody has done anything in this city yet.
export function untouched() {
  return Boolean(state.behind) && !state.behind.case && state.phones.resident?.standing === "stranger";
}

export function player(key) {
  return state.stage?.players.find((one) => one.key === key);
}

export function postsOf(key) {
  const chats = state.phones[key]?.chats || [];
  return chats.flatMap((chat) => [...(state.posts.get(chat)?.values() || [])]);
}

export function remembered(name) {
  try { return localStorage.getItem(`mashang.${name}`); } catch { return null; }
}

export function remember(name, value) {
  try { localStorage.setItem(`mashang.${name}`, value); } catch { /* a private window keeps nothing */ }
}

// Kept over a reload of this window only.
export function kept(name, otherwise) {
  try { return JSON.parse(sessionStorage.getItem(`mashang.${name}`)) ?? otherwise; } catch { return otherwise; }
}

export function keep(name, value) {
  try { sessionStorage.setItem(`mashang.${name}`, JSON.stringify(value)); } catch { /* the same */ }
}

export function setLanguage(language) {
  state.language = language;
  remember("language", language);
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = w("pageTitle");
  tell("language");
}

const formats = {};
export function clockTime(at, how) {
  const zone = state.stage?.timezone || "Asia/Shanghai";
  const key = `${zone}${how}${state.language}`;
  const options = {
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
    day: { month: "short", day: "numeric", weekday: "short" },
    both: { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  }[how];
  formats[key] ??= new Intl.DateTimeFormat(state.language === "zh" ? "zh-CN" : "en-GB", { timeZone: zone, ...options });
  const written = formats[key].format(at);
  return how === "day" ? written.replace(/日(?=周)/, "日 ") : written;
}
