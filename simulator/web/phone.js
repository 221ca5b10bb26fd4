// What is on one telephone? A messenger with one chat: the log, the keyboard that the bot lays out, and the compose bar.

import { button, h, iconButton } from "./dom.js";
import { Compose } from "./compose.js";
import { act } from "./live.js";
import { Log } from "./log.js";
import { keep, kept, player, postsOf, said, state, w } from "./state.js";

const TONES = 8;

export class Phone {
  constructor(key) {
    this.key = key;
    this.speaker = kept(`speaker.${key}`, 0);
    this.unread = 0;
    this.group = this.player().group;
    this.log = new Log(this);
    this.compose = new Compose(this);
    this.badge = h("span.badge", { hidden: true });
    this.keyboard = h("div.keyboard", { role: "group", "aria-label": w("keyboard"), hidden: true });
    this.gate = h("div.gate", { hidden: true });
    this.toast = h("div.toast", { role: "status", hidden: true });
    this.typing = h("div.typing", { hidden: true }, w("typing"));
    this.element = h("section.phone", { data: { key, drop: w("dropHere") }, "aria-label": this.name() },
      this.#head(), h("div.chat", {}, this.log.frame, this.log.below, this.typing, this.toast), this.gate, this.keyboard, this.compose.element);
    this.#hands();
    this.take(postsOf(key).map((post) => ({ ...post, known: false })), true);
    this.refresh();
  }

  player() { return player(this.key); }
  name() { return said(this.player()?.title); }
  language() { return this.player().language; }

  commands() { return state.phones[this.key]?.commands[this.language()] || []; }
  people() { return this.player().people; }

  // Who acts here: in a group, one of those who are in it.
  who() {
    const listed = this.people();
    const speaker = listed.find((one) => one.id === this.speaker) || listed[0];
    return { phone: this.key, speaker: this.group ? speaker?.id || 0 : 0 };
  }

  #head() {
    const tone = [...this.key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % TONES;
    const speakers = h("select.speaker-choice", { "aria-label": w("speaker"), onchange: () => { this.speaker = Number(speakers.value); keep(`speaker.${this.key}`, this.speaker); } },
      ...this.people().map((one) => h("option", { value: one.id, selected: one.id === this.who().speaker }, one.name)));
    return h("header.head", {}, h(`span.avatar.tone${tone}`, { "aria-hidden": "true" }, this.name().slice(0, 1)),
      h("div.who", { title: `${this.name()} · ${said(this.player().role)}` }, h("h2", {}, h("span", {}, this.name()), this.badge),
        h("p", {}, this.group ? speakers : null, h("span", {}, said(this.player().role)))),
      iconButton("close", `${w("close")} ${this.name()}`, () => act("close", { phone: this.key })));
  }

  // --- what the log asks ------------------------------------------------------------------------------------------

  own(post) { return this.people().some((one) => one.id === post.from.id) && (!this.group || post.from.id === this.who().speaker); }
  press(post, row, column, one) {
    if (one.url) { window.open(one.url, "_blank", "noopener"); return; }
    act("press", { ...this.who(), chat: post.chat, message: post.id, row, column, label: one.label });
  }
  reply = (post) => this.compose.replyTo(post.chat === state.phones[this.key].chats.at(-1) ? post : null);
  jump = (chat, id) => this.log.jump(chat, id);
  show = (source) => lightbox(source);
  follow = (kind, what) => {
    if (kind === "command") { act("say", { ...this.who(), text: what }); return true; }
    const link = `https://t.me/${state.stage.bot.username}?start=`;
    if (!what.startsWith(link)) return false;
    act("start", { ...this.who(), payload: what.slice(link.length) });
    return true;
  };

  // --- what comes -------------------------------------------------------------------------------------------------

  take(posts, fresh) {
    if (fresh) this.log.clear();
    const came = this.log.take(posts, fresh);
    if (!fresh && came && !this.element?.matches(":hover, :focus-within")) this.#count(this.unread + came);
    return came;
  }

  refresh() {
    const mine = state.phones[this.key];
    if (!mine) return;
    this.typing.hidden = !mine.typing;
    const shape = JSON.stringify([mine.standing, mine.keyboard, state.language]);
    if (shape === this.shape) return;
    this.shape = shape;
    const gated = !this.group && mine.standing !== "member";
    this.gate.hidden = !gated;
    this.compose.bar.hidden = gated;
    this.gate.replaceChildren(...(gated ? this.#gate(mine.standing) : []));
    this.keyboard.hidden = gated || !mine.keyboard.length;
    this.keyboard.replaceChildren(...mine.keyboard.map((row) => h("div.keyrow", {}, ...row.map((one) => this.#key(one)))));
    if (!this.log.frame.matches(":focus-within")) this.log.toEnd(false);
  }

  #key(one) {
    return button(one.label, () => act("key", { ...this.who(), label: one.label }), { className: `key ${one.request}`, data: { label: one.label } });
  }

  #gate(standing) {
    if (standing === "kicked") return [h("p", {}, w("blocked")), button(w("unblock"), () => act("unblock", this.who()), { className: "primary" })];
    const { poster, place } = this.player();
    if (!poster) return [h("p", {}, w("startHint")), button(w("start"), () => act("start", this.who()), { className: "primary" })];
    const code = h("button.poster", { type: "button", onclick: () => act("start", { ...this.who(), payload: poster }) },
      h("b", {}, w("posterTitle")), h("img", { src: `/poster/${poster}`, alt: "", width: 148, height: 148 }), h("strong", {}, place), h("span", {}, w("posterScan")));
    return [code, h("p", {}, w("posterHint"))];
  }

  flash(text, alert) {
    clearTimeout(this.fading);
    this.toast.replaceChildren(h("span", { dir: "auto" }, text), ...(alert ? [button(w("ok"), () => { this.toast.hidden = true; })] : []));
    this.toast.hidden = false;
    if (!alert) this.fading = setTimeout(() => { this.toast.hidden = true; }, 3500);
  }

  // Somebody acts here: what follows is to be seen.
  acted() {
    this.log.toEnd(false);
    this.#count(0);
  }

  // --- unread, and files that are dropped here ------------------------------------------------------------------------

  #count(number) {
    this.unread = number;
    this.badge.hidden = number === 0;
    this.badge.textContent = number ? String(number) : "";
    this.badge.setAttribute("aria-label", number ? w("unread", number) : "");
  }

  #hands() {
    const look = () => { if (this.unread) this.#count(0); };
    this.element.addEventListener("pointerenter", look);
    this.element.addEventListener("pointerdown", look);
    this.element.addEventListener("focusin", look);
    this.element.addEventListener("dragover", (event) => { event.preventDefault(); this.element.classList.add("dropping"); });
    this.element.addEventListener("dragleave", () => this.element.classList.remove("dropping"));
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.element.classList.remove("dropping");
      this.compose.take(event.dataTransfer.files);
    });
  }
}

function lightbox(source) {
  const dialog = h("dialog.lightbox", { "aria-label": w("photo"), onclick: () => dialog.close(), onclose: () => dialog.remove() },
    h("img", { src: source, alt: w("photo") }), iconButton("close", w("close"), () => dialog.close(), { autofocus: true }));
  document.body.append(dialog);
  dialog.showModal();
}
