// How is something drawn? Elements are made, never written as markup, so that words stay words.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  send: "M3 11.5 21 3l-6.5 18-3-7.5z",
  attach: "M8 12.5 14.5 6a3.2 3.2 0 0 1 4.5 4.5l-8.5 8.5a5 5 0 0 1-7-7L12 3.5",
  menu: "M4 7h16M4 12h16M4 17h10",
  close: "M6 6l12 12M18 6 6 18",
  reply: "M10 6 4 12l6 6M4 12h10a6 6 0 0 1 6 6",
  down: "M6 10l6 6 6-6",
  people: "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21v-1a6 6 0 0 1 12 0v1M19 8v6M16 11h6",
  theme: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  place: "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  card: "M4 5h16v14H4zM8.5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.5 16c.6-2 5.4-2 6 0M14.5 9H18M14.5 13H18",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  voice: "M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
};

export function icon(name) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  drawn.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawn.append(path);
  return drawn;
}

// h("button.primary", {type: "button", onclick}, "words") - properties that exist are set, others become attributes.
export function h(what, properties = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "data") Object.assign(made.dataset, value);
    else if (name in made && !name.startsWith("aria")) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function button(words, onclick, properties = {}) {
  return h("button", { type: "button", onclick, ...properties }, words);
}

export function iconButton(name, label, onclick, properties = {}) {
  return h("button.round", { type: "button", onclick, title: label, "aria-label": label, ...properties }, icon(name));
}

// Draws a part anew and keeps the focus on what bears the same name.
export function swap(place, ...children) {
  const focused = place.contains(document.activeElement) ? nameOf(document.activeElement) : "";
  place.replaceChildren(...children);
  if (focused) [...place.querySelectorAll("button, select, a, [tabindex]")].find((one) => nameOf(one) === focused)?.focus({ preventScroll: true });
}

function nameOf(one) {
  return one.dataset.name || one.id || one.getAttribute("aria-label") || one.textContent;
}

// A question over everything; resolves to true when it is answered with yes.
export function ask(title, why, yes, no) {
  return new Promise((resolve) => {
    const answer = (value) => { dialog.close(); dialog.remove(); resolve(value); };
    const dialog = h("dialog.ask", { "aria-labelledby": "ask-title" },
      h("h2", { id: "ask-title" }, title), why ? h("p", {}, why) : null,
      h("div.row", {}, no ? button(no, () => answer(false)) : null, button(yes, () => answer(true), { className: "primary", autofocus: true })));
    dialog.addEventListener("cancel", () => answer(false));
    document.body.append(dialog);
    dialog.showModal();
  });
}
