// Where does the guided tour point? At the next thing to tap; whoever taps it comes to the next.

import { ask, button, h, swap } from "./dom.js";
import { act } from "./live.js";
import { caseNow, clockTime, keep, kept, on, player, remember, remembered, state, untouched, w } from "./state.js";

const PATIENCE = 2000; // milliseconds for which somebody's own scrolling is left alone
const STUCK = 5000; // milliseconds without anything to point at
const BEAT = 120; // milliseconds between looks at where the target is

export function tour(phones) {
  const ring = h("div.ring", { "aria-hidden": "true", hidden: true });
  const spot = h("div.spot", { "aria-hidden": "true", hidden: true }); // all else is dimmed
  const card = h("aside.tourcard", { role: "dialog", "aria-live": "polite", hidden: true });
  const late = h("p.late", { role: "timer", "aria-live": "off" });
  document.getElementById("phones").before(card);
  document.body.append(spot, ring);
  let place = kept("tour", null); // {epoch, step, move}
  let drawn = "";
  let prepared = "";
  let looping = false;
  let turned = 0;
  const used = new Set();
  let missedAt = 0; // since when there is nothing to point at

  const steps = (language) => state.stage?.tour[language] || [];
  const step = () => steps(state.language)[place?.step];
  const moveIn = (language) => steps(language)[place?.step]?.moves[place.move];
  const move = () => moveIn(state.stage?.players[0]?.language || "zh");
  // What has to be tapped may have been said before the telephones' language was turned.
  const isWanted = (label) => [moveIn("zh"), moveIn("en")].some((one) => one?.tap === label);

  const go = (to) => {
    const begins = to && !place;
    place = to;
    missedAt = 0;
    keep("tour", place);
    document.body.dataset.move = place ? `${place.step}.${place.move}` : "";
    prepared = "";
    show();
    if (begins) card.querySelector(".do-it")?.focus();
  };

  async function start() {
    remember("toured", "yes");
    if (!isFresh()) {
      if (!(await ask(w("tour"), w("tourAsk"), w("tourYes"), w("cancel")))) return;
      used.clear();
      go({ epoch: null, after: state.stage.epoch, step: 0, move: 0 });
      const problem = await act("restart", { city: state.stage.city, language: state.language });
      if (problem && problem !== "bad") go(null); // a lost connection may have carried it over all the same
      return;
    }
    used.clear();
    go({ epoch: state.stage.epoch, step: 0, move: 0 });
  }

  const isFresh = () => untouched() && state.stage.players[0]?.language === state.language;

  // At a first visit the tour begins by itself; `?tour=0` leaves that out.
  function begin() {
    if (place || remembered("toured") || !state.stage?.ready || !state.behind || !steps(state.language).length) return;
    if (new URLSearchParams(location.search).get("tour") === "0" || !isFresh()) return;
    start();
  }

  function forward() {
    if (move()?.signs) place = { ...place, signed: caseNow() };
    const { step: number, move: at } = place;
    if (at + 1 < step().moves.length) { go({ ...place, move: at + 1 }); return; }
    if (number + 1 < steps(state.language).length) { go({ ...place, step: number + 1, move: 0 }); return; }
    const last = signature();
    go(null);
    ask(w("tour"), `${last}${w("tourDone")}`, w("ok"));
  }

  function backward() {
    const { step: number, move: at } = place;
    if (at > 0) go({ ...place, move: at - 1 });
    else if (number > 0) go({ ...place, step: number - 1, move: steps(state.language)[number - 1].moves.length - 1 });
    else go({ ...place });
  }

  // --- what somebody has done -----------------------------------------------------------------------------------------

  function observe(done) {
    const wanted = place && move();
    if (!wanted || !fits(wanted, done)) return;
    if (done.act === "press") used.add(buttonsOf(phones().get(done.phone)?.element.querySelector(`[data-post="${done.chat}/${done.message}"]`)));
    forward();
  }

  // A message with its buttons: tapped once, it is over for the tour until it bears others.
  function buttonsOf(row) {
    return row ? JSON.stringify([row.dataset.post, ...[...row.querySelectorAll(".key")].map((key) => key.dataset.label)]) : "";
  }

  function fits(wanted, done) {
    if (wanted.clock) return done.act === "move" && done.jump === wanted.clock;
    if (done.phone !== wanted.phone) return false;
    if (wanted.poster) return done.act === "start";
    if (wanted.say) return done.act === "say" || done.act === "send";
    return (done.act === "press" || done.act === "key") && isWanted(done.label);
  }

  // --- where to point ---------------------------------------------------------------------------------------------------

  function target() {
    const wanted = move();
    if (!wanted) return null;
    if (wanted.clock) return document.querySelector(`[data-jump=${wanted.clock}]:not([aria-disabled=true])`);
    const phone = phones().get(wanted.phone);
    if (!phone) return null;
    if (wanted.poster) return phone.element.querySelector(".poster");
    if (wanted.say) return phone.compose.empty ? phone.compose.words : phone.compose.sendKey;
    const labelled = [...phone.element.querySelectorAll(".key")].filter((one) => isWanted(one.dataset.label));
    const below = labelled.filter((one) => !one.closest(".log"));
    return labelled.filter((one) => one.closest(".log") && !used.has(buttonsOf(one.closest("[data-post]")))).at(-1) || below.at(-1) || null;
  }

  // A telephone that is needed is opened, words are laid ready, once for every move.
  function prepare() {
    const wanted = move();
    const mark = JSON.stringify(place);
    if (!wanted || prepared === mark) return;
    prepared = mark;
    for (const [key, other] of phones()) if (key !== wanted.phone) other.log.toEnd(false);
    if (!wanted.phone) return;
    const phone = phones().get(wanted.phone);
    if (!phone) { if (player(wanted.phone)) act("open", { phone: wanted.phone }); prepared = ""; return; }
    if (wanted.say) phone.compose.prepare(wanted.say, wanted.photo);
  }

  function doIt() {
    const there = target();
    if (there?.tagName === "TEXTAREA") { prepared = ""; prepare(); }
    (there?.tagName === "TEXTAREA" ? target() : there)?.click();
  }

  // --- drawing ----------------------------------------------------------------------------------------------------------

  function show() {
    settle();
    const on = Boolean(place?.epoch && state.stage?.ready && step());
    ring.hidden = card.hidden = !on;
    if (!on) spot.hidden = true;
    document.body.classList.toggle("touring", on);
    if (!on) { drawn = ""; return; }
    prepare();
    const there = target();
    missedAt = there ? 0 : missedAt || Date.now();
    draw(there);
    if (Date.now() - turned > PATIENCE) reveal(there);
    follow();
    if (!looping) { looping = true; setTimeout(frame, BEAT); }
  }

  // The tour belongs to one beginning of the city; the one that it asked for becomes its own.
  function settle() {
    if (!place || !state.stage?.ready || place.epoch === state.stage.epoch) return;
    if (place.epoch === null && place.after === state.stage.epoch) return;
    place = place.epoch === null ? { epoch: state.stage.epoch, step: 0, move: 0 } : null;
    keep("tour", place);
  }

  function draw(there) {
    const stuck = missedAt && Date.now() - missedAt > STUCK;
    const now = JSON.stringify([place, state.language, Boolean(there), stuck]);
    if (now === drawn) return;
    drawn = now;
    const one = step();
    const pause = moveIn(state.language).pause;
    card.setAttribute("aria-label", one.title);
    card.classList.toggle("paused", Boolean(pause));
    swap(card,
      h("div.told", {}, h("p.count", {}, w("stepOf", place.step + 1, steps(state.language).length)), h("h2", {}, one.title)),
      pause ? h("div.words", {}, late, h("p.pause", {}, pause))
        : h("div.words", {}, signature() ? h("p.signed", {}, signature()) : "", h("p", {}, one.words), one.clause ? h("p.clause", {}, `${w("basis")} ${one.clause}`) : ""),
      h("div.doing", {}, pause ? "" : h("p.move", {}, there ? hint() : w("hintWait")), stuck ? h("p.stuck", {}, w("stuck")) : "",
      h("div.row", {}, button(w("leave"), () => go(null)),
        ...(stuck ? [button(w("again"), backward), button(w("skip"), forward, { className: "primary" })] : [button(w("doIt"), doIt, { className: "primary do-it", disabled: !there })]))));
    count();
  }

  // How late what has run out is by now, to the second.
  function count() {
    const due = state.behind?.stages?.filter((one) => one.state === "expired").at(-1)?.due;
    const seconds = Math.max(0, Math.floor((caseNow() - (due ?? caseNow())) / 1000));
    const two = (n) => String(n).padStart(2, "0");
    late.textContent = w("late", `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`);
  }

  const signature = () => (place?.signed ? w("signed", clockTime(new Date(place.signed), "time")) : "");

  function hint() {
    const wanted = move();
    if (wanted.clock) return w("hintClock");
    if (wanted.poster) return w("hintPoster");
    return wanted.say ? w("hintSend") : w("hintTap", wanted.tap);
  }

  function reveal(there) {
    if (!there) return;
    const log = there.closest(".log");
    const box = there.getBoundingClientRect();
    const frame = log?.getBoundingClientRect();
    if (frame && (box.top < frame.top || box.bottom > frame.bottom)) there.scrollIntoView({ block: "end", inline: "nearest" });
    const stage = document.getElementById("phones").getBoundingClientRect();
    if (box.left < stage.left || box.right > stage.right) there.closest(".phone")?.scrollIntoView({ inline: "center", block: "nearest" });
  }

  function follow() {
    const there = target();
    ring.hidden = card.hidden || !there;
    frameOf(ring, there, 4);
    const shown = there?.closest("[data-post]");
    spot.hidden = card.hidden || !move().pause || !shown;
    frameOf(spot, spot.hidden ? null : shown.querySelector(".bubble")?.parentElement, 2, there?.closest(".log"));
  }

  // Around an element, and no further than what is seen of it inside `within`.
  function frameOf(box, element, gap, within = null) {
    if (!element) return;
    const [at, most] = [element.getBoundingClientRect(), within?.getBoundingClientRect()];
    const [top, bottom] = [Math.max(at.top, most?.top ?? -Infinity), Math.min(at.bottom, most?.bottom ?? Infinity)];
    Object.assign(box.style, { left: `${at.left - gap}px`, top: `${top - gap}px`, width: `${at.width + 2 * gap}px`, height: `${bottom - top + 2 * gap}px` });
  }

  const frame = () => { looping = false; if (!card.hidden) show(); };
  addEventListener("wheel", () => { turned = Date.now(); }, { passive: true });
  addEventListener("touchmove", () => { turned = Date.now(); }, { passive: true });
  on("tour", start);
  on("behind", begin);
  on("news", begin);
  on("tick", () => { if (!card.hidden) count(); });
  on("done", observe);
  on("news", () => requestAnimationFrame(show));
  on("stage", () => requestAnimationFrame(show));
  on("language", show);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !card.hidden && !document.querySelector("dialog[open]")) go(null); });
}
