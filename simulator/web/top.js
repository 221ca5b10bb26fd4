// What stands at the top? The city, the case's clock with its jumps, and the ways to everything else.

import { ask, button, h, icon, iconButton } from "./dom.js";
import { act } from "./live.js";
import { caseNow, clockTime, on, remember, said, setLanguage, state, tell, w } from "./state.js";

const JUMPS = ["minutes", "hour", "deadline", "morning"];

export function top(bar) {
  const brand = bar.firstElementChild;
  const time = h("time.now", { role: "timer", "aria-live": "off" });
  const day = h("span.day");
  let moving = false;

  const draw = () => {
    const { stage } = state;
    bar.replaceChildren(brand, ...(stage && stage.cities.length > 1 ? [cities(stage)] : []),
      h("div.clock", { role: "group", "aria-label": w("clockLabel") }, h("div.face", {}, time, day), h("div.jumps", {}, ...JUMPS.map(jump))),
      h("span.stretch"),
      people(),
      button(w("tour"), () => tell("tour"), { className: "tour-key", hidden: !stage?.tour[state.language].length }),
      button(w("behind"), () => tell("drawer"), { className: "behind-key" }),
      button(w("language"), () => setLanguage(state.language === "zh" ? "en" : "zh"), { lang: state.language === "zh" ? "en" : "zh-Hans" }),
      iconButton("theme", w("theme"), theme),
      button(w("restart"), restart));
    tick();
  };

  const jump = (name) => button(w(name), async () => {
    if (moving) return;
    turn(true);
    await act("move", { jump: name });
    turn(false);
  }, { data: { jump: name }, className: name === "deadline" ? "primary" : "" });

  const turn = (on) => {
    moving = on;
    bar.classList.toggle("moving", on);
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

  on("stage", draw);
  on("language", draw);
  on("news", tick);
  setInterval(tick, 1000);
  draw();
}

function cities(stage) {
  const list = h("select", { "aria-label": w("city"), onchange: async () => {
    const wanted = list.value;
    list.value = stage.city;
    if (await ask(w("restartAsk"), w("restartWhy"), w("restartYes"), w("cancel"))) act("restart", { city: wanted, language: state.language });
  } }, ...stage.cities.map((city) => h("option", { value: city.id, selected: city.id === stage.city }, said(city.name))));
  return list;
}

// Those who aren't on stage yet.
function people() {
  const opener = button("", () => menu.togglePopover?.(), { className: "people-key", "aria-haspopup": "true" });
  opener.append(icon("people"), w("addPerson"));
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
    const made = button("", () => { menu.hidePopover(); act("open", { phone: one.key }); }, { className: "entry", data: { open: one.key } });
    made.append(h("b", {}, said(one.title)), h("span", {}, said(one.role)));
    return made;
  };
  return h("span", {}, opener, menu);
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
