// What stands at the top? The city, the case's clock with its jumps, and the ways to everything else.

import { ask, button, h, icon, iconButton, swap } from "./dom.js";
import { act } from "./live.js";
import { caseNow, clockTime, on, remember, said, setLanguage, state, tell, w } from "./state.js";

const JUMPS = ["minutes", "hour", "deadline", "morning"];

export function top(bar) {
  const brand = bar.firstElementChild;
  const time = h("time.now", { role: "timer", "aria-live": "off" });
  const day = h("span.day");
  const passing = h("span.passing", { role: "status" });
  const unseen = h("span.badge", { hidden: true });
  let moving = false;
  let shape = "";

  const draw = () => {
    const { stage } = state;
    const now = JSON.stringify([state.language, stage?.cities, stage?.city, stage?.troubles, Boolean(stage?.tour[state.language].length)]);
    if (now === shape) return;
    shape = now;
    brand.lastChild.textContent = w("brand");
    swap(bar, brand, ...(stage && stage.cities.length > 1 ? [cities(stage)] : []),
      h("div.clock", { role: "group", "aria-label": w("clockLabel") }, h("div.face", {}, time, day), h("div.jumps", {}, ...JUMPS.map(jump)), passing),
      ...faults(stage), h("span.stretch"),
      people(unseen),
      button(w("tour"), () => tell("tour"), { className: "tour-key", hidden: !stage?.tour[state.language].length }),
      button(w("behind"), () => tell("drawer"), { className: "behind-key" }),
      button(w("language"), otherLanguage, { lang: state.language === "zh" ? "en" : "zh-Hans", data: { name: "language" } }),
      iconButton("theme", w("theme"), theme),
      button(w("restart"), restart));
    tick();
  };

  const jump = (name) => button(w(name), async () => {
    if (moving) return;
    turn(true);
    await act("move", { jump: name });
    turn(false);
  }, { data: { jump: name, name }, className: name === "deadline" ? "primary" : "" });

  const turn = (on) => {
    moving = on;
    bar.classList.toggle("moving", on);
    passing.textContent = on ? w("moving") : "";
    for (const one of bar.querySelectorAll("[data-jump]")) one.ariaDisabled = String(on);
  };

  const tick = () => {
    if (!state.stage) return;
    const now = new Date(caseNow());
    time.dateTime = now.toISOString();
    time.textContent = clockTime(now, "seconds");
    day.textContent = clockTime(now, "day");
    tell("tick");
  };

  const count = () => {
    const all = Object.values(state.unseen).reduce((sum, one) => sum + one, 0);
    unseen.hidden = !all;
    unseen.textContent = all || "";
    unseen.setAttribute("aria-label", all ? w("unread", all) : "");
  };

  on("stage", draw);
  on("language", draw);
  on("news", tick);
  on("unseen", count);
  setInterval(tick, 1000);
  draw();
}

// Nobody should wonder why the city behaves oddly.
function faults(stage) {
  const names = Object.entries(stage?.troubles || {}).filter(([, on]) => on).map(([name]) => name);
  return names.map((name) => button(w("faultOn", w("trouble")[name][0]), () => tell("drawer", "troubles"), { className: "fault" }));
}

function cities(stage) {
  const list = h("select", { "aria-label": w("city"), onchange: async () => {
    const wanted = list.value;
    list.value = stage.city;
    if (await ask(w("restartAsk"), w("restartWhy"), w("restartYes"), w("cancel"))) act("restart", { city: wanted, language: state.language });
  } }, ...stage.cities.map((city) => h("option", { value: city.id, selected: city.id === stage.city }, said(city.name))));
  return list;
}

// Those who aren't on stage yet, and what has come to them.
function people(unseen) {
  const opener = button("", () => menu.togglePopover?.(), { className: "people-key", "aria-haspopup": "true", data: { name: "people" } });
  opener.append(icon("people"), w("addPerson"), unseen);
  const menu = h("div.people", { popover: "auto", "aria-label": w("addPersonLong"), role: "group" });
  menu.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    const place = opener.getBoundingClientRect();
    menu.style.top = `${place.bottom + 6}px`;
    menu.style.right = `${document.documentElement.clientWidth - place.right}px`;
    const away = state.stage.players.filter((one) => !state.stage.open.includes(one.key));
    menu.replaceChildren(h("h2", {}, w("addPersonLong")), ...(away.length ? away.map(entry) : [h("p", {}, w("allOpen"))]));
  });
  const entry = (one) => {
    const made = button("", () => { menu.hidePopover(); opener.focus(); act("open", { phone: one.key }); }, { className: "entry", data: { open: one.key } });
    made.append(h("b", {}, said(one.title)), h("span", {}, said(one.role)));
    if (state.unseen[one.key]) made.append(h("span.badge", { "aria-label": w("unread", state.unseen[one.key]) }, String(state.unseen[one.key])));
    return made;
  };
  return h("span", {}, opener, menu);
}

// The page and all telephones.
function otherLanguage() {
  setLanguage(state.language === "zh" ? "en" : "zh");
  act("speak", { language: state.language });
}

async function restart() {
  if (!(await ask(w("restartAsk"), w("restartWhy"), w("restartYes"), w("cancel")))) return;
  act("restart", { city: state.stage.city, language: state.language });
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remember("theme", root.dataset.theme);
}
