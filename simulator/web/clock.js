// How does time stand for the case? Its stages side by side, each a bar with its nudges and its end, moving with the clock.

import { h, swap } from "./dom.js";
import { act } from "./live.js";
import { caseNow, clockTime, on, said, state, w } from "./state.js";

const FULL = 1;

export function clock(place) {
  let bars = [];
  let shape = "";

  const draw = () => {
    const { behind } = state;
    const now = JSON.stringify([state.language, behind?.case, behind?.stages, behind?.cases]);
    if (now === shape) return;
    shape = now;
    bars = [];
    place.setAttribute("aria-label", w("case"));
    if (!behind?.case) {
      place.replaceChildren(h("p.quiet", {}, w("noCase")));
      return;
    }
    const stages = behind.stages.filter((one) => one.state !== "void").sort((a, b) => a.started - b.started);
    const before = place.querySelector(".stages");
    const [at, many] = [before?.scrollLeft, before?.children.length];
    swap(place, about(behind), h("ol.stages", { tabIndex: 0, "aria-label": w("timers") }, ...stages.map((one) => card(one, bars))));
    place.querySelector(".stages").scrollLeft = many === stages.length ? at : 1e6;
    move();
  };

  const move = () => {
    for (const one of bars) one();
  };

  on("behind", draw);
  on("language", draw);
  on("tick", move);
  draw();
}

function about({ case: one, cases }) {
  const list = h("select", { "aria-label": w("case"), onchange: () => act("look", { case: list.value }) },
    ...cases.map((each) => h("option", { value: each.number, selected: each.number === one.number }, `${each.number.slice(-4)} ${said(each.title)}`)));
  return h("div.about", {}, list,
    h("p", {}, one.where, h("span.chip.state", {}, said(one.state)), one.danger ? h("span.chip.danger", {}, w("danger")) : null,
      one.round > 1 ? h("span.chip", {}, w("round", one.round)) : null));
}

function card(stage, bars) {
  const fill = h("span.fill");
  const left = h("span.left");
  const length = Math.max(1, stage.due - stage.started);
  const marks = stage.points.map((point) => mark(point, (point.at - stage.started) / length));
  const bar = h("div.bar", {}, h("div.rail", {}, fill, ...marks));
  const made = h(`li.stage.${stage.state}`, { data: { stage: stage.id } },
    h("div.line", {}, h("b", {}, said(stage.name)), h("span.owner", {}, said(stage.owner)), left),
    bar,
    h("div.line.small", {}, h("span", {}, clockTime(new Date(stage.started), "both")),
      h("span", {}, `${w("due")} ${clockTime(new Date(stage.due), "both")}${stage.provisional ? ` ${w("provisional")}` : ""}`)));
  made.title = stage.clause;
  const show = () => {
    const share = stage.state === "running" ? (caseNow() - stage.started) / length : stage.state === "expired" ? FULL : null;
    fill.style.width = share === null ? "" : `${Math.min(100, Math.max(0, share * 100))}%`;
    left.textContent = stage.state === "running" ? remaining(stage.due - caseNow()) : said(stage.label);
    made.classList.toggle("late", stage.state === "running" && share > 0.9);
  };
  show();
  bars.push(show);
  return made;
}

function mark(point, share) {
  const made = h(`span.tick.${point.kind}.${point.state}`, { title: `${said(point.name)} ${clockTime(new Date(point.at), "both")}` });
  made.style.left = `${Math.min(100, share * 100)}%`;
  return made;
}

function remaining(length) {
  const minutes = Math.abs(Math.trunc(length / 60000));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const words = w("length", days, hours, rest);
  return length >= 0 ? w("left", words) : w("over", words);
}
