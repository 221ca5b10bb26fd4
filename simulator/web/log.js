// What stands in a chat? The rows in order, days between them, new ones at the end, and where one has read to.

import { addToAlbum, fill, row } from "./bubble.js";
import { button, h } from "./dom.js";
import { clockTime, w } from "./state.js";

const NEAR = 160; // pixels from the end that still count as the end
const FLASH = 1200;

export class Log {
  constructor(phone) {
    this.phone = phone;
    this.waiting = 0;
    this.rows = new Map(); // by chat and number
    this.list = h("ol.rows");
    this.frame = h("div.log", { tabIndex: 0, role: "log", "aria-live": "off", "aria-label": phone.name() }, this.list);
    this.below = button("", () => this.toEnd(true), { className: "below", hidden: true });
    this.frame.addEventListener("keydown", (event) => this.#move(event));
    this.list.addEventListener("focusin", (event) => this.#current(event.target.closest(".row")));
    this.frame.addEventListener("scroll", () => { if (this.#atEnd()) this.#count(0); }, { passive: true });
  }

  clear() {
    this.list.replaceChildren();
    this.rows.clear();
    this.#count(0);
  }

  // New and changed messages of this chat, oldest first.
  take(posts, fresh) {
    const stay = this.#atEnd() || fresh;
    const height = this.frame.scrollHeight;
    const added = document.createDocumentFragment();
    let came = 0;
    for (const post of posts) {
      const standing = this.rows.get(`${post.chat}/${post.id}`);
      if (post.deleted) standing?.remove();
      else if (standing) this.#change(standing, post);
      else if (!post.known) { this.#append(added, post); came += post.from.bot ? 1 : 0; }
    }
    if (added.childNodes.length) this.list.append(added);
    this.#current(this.list.lastElementChild?.closest(".row"));
    if (stay) this.toEnd(false);
    else if (came) this.#keep(height, came);
    return came;
  }

  jump(chat, id) {
    const there = this.rows.get(`${chat}/${id}`);
    if (!there) return;
    there.scrollIntoView({ block: "center" });
    flash(there);
    there.focus({ preventScroll: true });
  }

  // The frame is laid out from its end: 0 is the end, and what is above it is negative.
  toEnd(smooth) {
    this.frame.scrollTo({ top: 0, behavior: smooth ? "smooth" : "instant" });
    this.#count(0);
  }

  // Somebody reads further up: what came below doesn't move it.
  #keep(height, came) {
    this.frame.scrollTop -= this.frame.scrollHeight - height;
    this.#count(this.waiting + came);
  }

  #append(added, post) {
    const last = added.lastElementChild || this.list.lastElementChild;
    if (post.album && last?.dataset.album === post.album && addToAlbum(last, post, this.phone)) return;
    const day = clockTime(new Date(post.at), "day");
    if (last?.dataset.day !== day) added.append(h("li.day", { data: { day } }, h("span", {}, day)));
    const made = row(post, this.phone);
    this.rows.set(`${post.chat}/${post.id}`, made);
    made.dataset.day = day;
    made.dataset.post = `${post.chat}/${post.id}`;
    if (post.album) made.dataset.album = post.album;
    added.append(made);
  }

  #change(standing, post) {
    if (!standing.classList.contains("row") || standing.classList.contains("service")) return;
    fill(standing, post, this.phone);
    this.#current(standing.classList.contains("current") ? standing : this.list.querySelector(".row.current"));
    flash(standing);
  }

  #atEnd() {
    return this.frame.scrollTop > -NEAR;
  }

  #count(number) {
    this.waiting = number;
    this.below.hidden = number === 0;
    this.below.textContent = number ? w("newBelow", number) : "";
  }

  // One row's buttons are on the way of the Tab key; the arrow keys choose the row.
  #current(row) {
    if (!row) return;
    const before = this.list.querySelector(".row.current");
    if (before && before !== row) turn(before, false);
    turn(row, true);
  }

  #move(event) {
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    if (!step || event.target.closest("audio, video")) return;
    const from = event.target.closest(".row");
    let to = from ? from[step] : this.list.querySelector(".row.current");
    while (to && !to.matches(".row:not(.service)")) to = to[step];
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }
}

function turn(row, on) {
  row.classList.toggle("current", on);
  for (const one of row.querySelectorAll("button")) one.tabIndex = on ? 0 : -1;
}

function flash(row) {
  row.classList.remove("flash");
  requestAnimationFrame(() => row.classList.add("flash"));
  setTimeout(() => row.classList.remove("flash"), FLASH);
}
