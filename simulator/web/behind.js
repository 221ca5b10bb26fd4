// What is behind the scenes? A drawer: events as they are recorded, timers, messages on their way, faults to switch on.

import { h, iconButton, swap } from "./dom.js";
import { act } from "./live.js";
import { clockTime, keep, kept, on, said, state, w } from "./state.js";

const TABS = ["events", "timers", "outbox", "troubles"];

export function behind() {
  const drawer = h("aside.drawer", { id: "drawer", hidden: !kept("drawer", false) });
  let tab = kept("tab", "events");
  let opener = null;
  let shape = "";
  document.body.append(drawer);

  const turn = (wanted) => {
    if (TABS.includes(wanted)) tab = wanted;
    drawer.hidden = !drawer.hidden && !TABS.includes(wanted);
    keep("drawer", !drawer.hidden);
    document.body.classList.toggle("drawn", !drawer.hidden);
    if (drawer.hidden) { opener?.focus(); return; }
    opener = document.activeElement;
    draw(true);
    drawer.querySelector("[aria-selected=true]")?.focus();
  };

  const choose = (name) => {
    tab = name;
    keep("tab", tab);
    draw(true);
    drawer.querySelector("[aria-selected=true]").focus();
  };

  const draw = (anyway) => {
    if (drawer.hidden) return;
    const now = JSON.stringify([tab, state.language, state.behind, state.stage?.troubles]);
    if (now === shape && anyway !== true) return;
    shape = now;
    const at = drawer.querySelector(".content")?.scrollTop || 0;
    drawer.setAttribute("aria-label", w("behind"));
    swap(drawer,
      h("header", {}, h("h2", {}, w("behind")), iconButton("close", w("close"), () => turn())),
      h("div.tabs", { role: "tablist", onkeydown: (event) => arrows(event, tab, choose) }, ...TABS.map((name) => h("button", {
        type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === tab), "aria-controls": "content", tabIndex: name === tab ? 0 : -1, onclick: () => choose(name),
      }, w(name)))),
      h("div.content", { id: "content", role: "tabpanel", "aria-labelledby": `tab-${tab}`, tabIndex: 0 }, h("p.hint", {}, w(`${tab}Hint`)), ...contents[tab]()));
    drawer.querySelector(".content").scrollTop = at;
  };


  drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") turn(); });
  on("drawer", turn);
  on("behind", draw);
  on("stage", draw);
  on("language", draw);
  document.body.classList.toggle("drawn", !drawer.hidden);
}

function arrows(event, tab, choose) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  choose(TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]);
}

const contents = { events, timers, outbox, troubles };

function events() {
  const found = state.behind?.events || [];
  if (!found.length) return [h("p.quiet", {}, w("noEvents"))];
  return [h("ol.events", {}, ...[...found].reverse().map((one) => h("li", {},
    h("div.line", {}, h("b", {}, said(one.name)), h("time", {}, when(one.at))),
    one.facts[state.language] ? h("p.first", { dir: "auto" }, one.facts[state.language]) : null,
    h("details.facts", {}, h("summary", {}, h("code", {}, `${one.seq} · ${one.kind}`)), h("p", { dir: "auto" }, one.raw)))))];
}

function timers() {
  const found = state.behind?.timers || [];
  if (!found.length) return [h("p.quiet", {}, w("noEvents"))];
  return [h("ol.timers", {}, ...found.map((one) => h(`li.${one.state}`, {},
    h("div.line", {}, h("b", {}, `${said(one.stage)} · ${said(one.point)}`), h("span.chip", {}, said(one.label))),
    h("p.facts", {}, `${when(one.at)}${one.round > 1 ? ` · ${w("round", one.round)}` : ""}`))))];
}

function outbox() {
  const found = state.behind?.outbox || [];
  if (!found.length) return [h("p.quiet", {}, w("noEvents"))];
  return [h("ol.outbox", {}, ...found.map((one) => h(`li.${one.state}${one.mine ? "" : ".other"}`, {},
    h("div.line", {}, h("b", { dir: "auto" }, one.to || "—"), h("span.chip", {}, said(one.label))),
    one.first ? h("p.first", { dir: "auto" }, one.first) : null,
    h("p.facts", {}, h("code", {}, one.kind), ` ${when(one.sent || one.made)}`, one.mine ? "" : ` · ${w("otherCase")}`,
      one.wait ? ` · ${w("inSeconds", one.wait)}` : "", one.attempts > 1 ? ` · ${w("attempts", one.attempts)}` : "", one.repeat ? ` · ${w("repeat")}` : "", one.outcome ? ` · ${one.outcome}` : ""))))];
}

function troubles() {
  const known = state.stage?.troubles || {};
  return Object.entries(known).map(([name, on]) => {
    const [title, why] = w("trouble")[name];
    return h("button.switch", { type: "button", role: "switch", "aria-checked": String(on), data: { trouble: name }, onclick: () => act("trouble", { name, on: !on }) },
      h("span.knob", { "aria-hidden": "true" }), h("span", {}, h("b", {}, title), h("small", {}, why)));
  });
}

function when(at) {
  return `${clockTime(new Date(at), "day")} ${clockTime(new Date(at), "seconds")}`;
}
