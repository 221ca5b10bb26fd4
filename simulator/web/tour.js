// Where does the guided tour point? At the next thing to tap; whoever taps it comes to the next.

import { ask, button, h, swap } from "./dom.js";
import { act } from "./live.js";
import { keep, kept, on, player, state, w } from "./state.js";

const GAP = 14;
const PATIENCE = 2000; // milliseconds for which somebody's own scrolling is left alone
const STUCK = 5000; // milliseconds without anything to point at
const BEAT = 120; // milliseconds between looks at where the target is

export function tour(phones) {
  const ring = h("div.ring", { "aria-hidden": "true", hidden: true });
  const card = h("aside.tourcard", { role: "dialog", "aria-live": "polite", hidden: true });
  document.body.append(ring, card);
  let place = kept("tour", null); // {epoch, step, move}
  let drawn = "";
  let prepared = "";
  let looping = false;
  let turned = 0;
  const used = new Set();
  let missedAt = 0; // since when there is nothing to point at

  const steps = (language) => state.stage?.tour[language] || [];
  const step = () => steps(state.language)[place?.step];
  // What has to be tapped bears the words of the telephones' language, whatever the page speaks.
  const move = () => steps(state.stage?.players[0]?.language || "zh")[place?.step]?.moves[place.move];

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
    const fresh = !state.behind?.case && state.phones.resident?.standing === "stranger" && state.stage.players[0]?.language === state.language;
    if (!fresh) {
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

  function forward() {
    const { step: number, move: at } = place;
    if (at + 1 < step().moves.length) { go({ ...place, move: at + 1 }); return; }
    if (number + 1 < steps(state.language).length) { go({ ...place, step: number + 1, move: 0 }); return; }
    go(null);
    ask(w("tour"), w("tourDone"), w("ok"));
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
    return (done.act === "press" || done.act === "key") && done.label === wanted.tap;
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
    const labelled = [...phone.element.querySelectorAll(".key")].filter((one) => one.dataset.label === wanted.tap);
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
    card.setAttribute("aria-label", one.title);
    swap(card,
      h("p.count", {}, w("stepOf", place.step + 1, steps(state.language).length)),
      h("h2", {}, one.title), h("p", {}, one.words),
      one.clause ? h("p.clause", {}, `${w("basis")} ${one.clause}`) : null,
      h("p.move", {}, there ? hint() : w("hintWait")), stuck ? h("p.stuck", {}, w("stuck")) : "",
      h("div.row", {}, button(w("leave"), () => go(null)),
        ...(stuck ? [button(w("again"), backward), button(w("skip"), forward, { className: "primary" })] : [button(w("doIt"), doIt, { className: "primary do-it", disabled: !there })])));
  }

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
    const box = there ? there.getBoundingClientRect() : { left: innerWidth / 2, right: innerWidth / 2, top: innerHeight / 2, bottom: innerHeight / 2, width: 0, height: 0 };
    Object.assign(ring.style, { left: `${box.left - 4}px`, top: `${box.top - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px` });
    const { offsetWidth: width, offsetHeight: height } = card;
    const [x, y] = there?.closest(".top") ? [GAP, innerHeight] : beside(box, width, height);
    Object.assign(card.style, { left: `${Math.min(x, innerWidth - width - GAP)}px`, top: `${Math.min(Math.max(GAP, y), innerHeight - height - GAP)}px` });
  }

  // To the right of the target, else to its left, else below or above.
  function beside(box, width, height) {
    if (box.right + GAP + width < innerWidth) return [box.right + GAP, box.top - 20];
    if (box.left - GAP - width > 0) return [box.left - GAP - width, box.top - 20];
    return [GAP, box.bottom + GAP + height < innerHeight ? box.bottom + GAP : box.top - GAP - height];
  }

  const frame = () => { looping = false; if (!card.hidden) show(); };
  addEventListener("wheel", () => { turned = Date.now(); }, { passive: true });
  addEventListener("touchmove", () => { turned = Date.now(); }, { passive: true });
  on("tour", start);
  on("done", observe);
  on("news", () => requestAnimationFrame(show));
  on("stage", () => requestAnimationFrame(show));
  on("language", show);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !card.hidden && !document.querySelector("dialog[open]")) go(null); });
}
