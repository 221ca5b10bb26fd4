// What is about to be said? Words, files and a reply, kept until they are sent, over a reload too.

import { button, h, icon, iconButton } from "./dom.js";
import { act, upload } from "./live.js";
import { keep, kept, state, tell, w } from "./state.js";

const LARGEST = 20 * 1024 * 1024;
const MOST = 10;

export class Compose {
  constructor(phone) {
    this.phone = phone;
    this.tray = kept(`tray.${phone.key}`, []);
    this.reply = null;
    this.words = h("textarea", {
      rows: 1, placeholder: w("write"), "aria-label": w("writeIn", phone.name()), value: kept(`draft.${phone.key}`, ""),
      oninput: () => this.#keep(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event),
    });
    this.sendKey = iconButton("send", w("send"), () => this.send(), { className: "round send" });
    this.replying = h("div.replying", { hidden: true });
    this.trayRow = h("div.tray", { hidden: true });
    this.menus = h("div.menus");
    this.bar = h("div.compose", {},
      iconButton("menu", w("commands"), (event) => this.#menu(event, this.#commands()), { "aria-haspopup": "true" }),
      iconButton("attach", w("attach"), (event) => this.#menu(event, this.#sources()), { "aria-haspopup": "true" }),
      this.words, this.sendKey);
    this.element = h("div.composing", {}, this.menus, this.replying, this.trayRow, this.bar);
    this.#drawTray();
    this.#fit();
  }

  get empty() {
    return !this.words.value.trim() && !this.tray.length;
  }

  // Words (and a sample) laid ready by the tour, in place of whatever stood here.
  prepare(text, photo) {
    this.#set(text, photo ? [{ kind: "sample", name: photo }] : [], null);
  }

  async send() {
    if (this.empty) return;
    this.menus.replaceChildren();
    const facts = { ...this.phone.who(), text: this.words.value, reply: this.reply?.id || 0, reply_in: this.reply?.chat || 0 };
    const sent = { text: this.words.value, tray: this.tray, reply: this.reply };
    this.#set("", [], null);
    const problem = sent.tray.length
      ? await act("send", { ...facts, attachments: sent.tray.map(({ kind, name = "", token = "" }) => ({ kind, name: kind === "sample" ? name : "", token })) })
      : await act("say", facts);
    if (problem) this.#set(sent.text, sent.tray, sent.reply);
  }

  #set(text, tray, reply) {
    this.words.value = text;
    this.tray = tray;
    this.replyTo(reply);
    this.#keep();
    this.#drawTray();
  }

  replyTo(post) {
    this.reply = post;
    this.replying.hidden = !post;
    if (!post) return;
    this.replying.replaceChildren(icon("reply"), h("span", { dir: "auto" }, h("b", {}, post.from.name), ` ${post.text.slice(0, 60)}`),
      iconButton("close", w("cancelReply"), () => this.replyTo(null)));
    this.words.focus();
  }

  async take(files) {
    for (const file of [...files].slice(0, MOST - this.tray.length)) {
      if (file.size > LARGEST) { tell("problem", { text: w("tooLarge"), phone: this.phone.key }); continue; }
      try {
        this.#add({ kind: "upload", token: await upload(file), name: file.name });
      } catch {
        tell("problem", { text: w("uploadFailed"), phone: this.phone.key });
      }
    }
  }

  #add(one) {
    if (this.tray.length >= MOST) return;
    this.tray = [...this.tray, one];
    this.#keep();
    this.#drawTray();
  }

  #keep() {
    keep(`draft.${this.phone.key}`, this.words.value);
    keep(`tray.${this.phone.key}`, this.tray);
    this.#fit();
  }

  #fit() {
    this.words.style.height = "auto";
    if (this.words.scrollHeight) this.words.style.height = `${this.words.scrollHeight + 2}px`;
    this.sendKey.disabled = this.empty;
  }

  #drawTray() {
    this.trayRow.hidden = !this.tray.length;
    this.trayRow.replaceChildren(...this.tray.map((one, place) => h("span.chip", {},
      one.kind === "sample" ? h("img", { src: `/sample/${one.name}`, alt: w("photo") }) : h("span", { dir: "auto" }, one.name || w(one.kind)),
      iconButton("close", w("remove"), () => { this.tray = this.tray.filter((_, n) => n !== place); this.#keep(); this.#drawTray(); }))));
    this.#fit();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    if (event.key === "Escape") this.replyTo(null);
  }

  #paste(event) {
    if (event.clipboardData?.files.length) { event.preventDefault(); this.take(event.clipboardData.files); }
  }

  // --- the two menus ----------------------------------------------------------------------------------------------

  #menu(event, items) {
    const open = this.menus.firstChild;
    const opener = event.currentTarget;
    this.menus.replaceChildren();
    if (open?.dataset.of === opener.title) return;
    const close = () => { this.menus.replaceChildren(); opener.setAttribute("aria-expanded", "false"); };
    const menu = h("div.menu", { data: { of: opener.title }, "aria-label": opener.title, role: "group" }, ...items(close));
    menu.addEventListener("keydown", (pressed) => { if (pressed.key === "Escape") { close(); opener.focus(); } });
    menu.addEventListener("focusout", (left) => { if (left.relatedTarget && !this.element.contains(left.relatedTarget)) close(); });
    opener.setAttribute("aria-expanded", "true");
    const outside = (pressed) => { if (!this.element.contains(pressed.target)) { close(); document.removeEventListener("pointerdown", outside); } };
    document.addEventListener("pointerdown", outside);
    this.menus.append(menu);
    menu.querySelector("button")?.focus();
  }

  #commands() {
    const listed = this.phone.commands();
    return (close) => listed.map((one) => button("", () => { close(); act("say", { ...this.phone.who(), text: `/${one.command}` }); }, { className: "entry" }))
      .map((made, n) => { made.append(h("b", {}, `/${listed[n].command}`), h("span", {}, listed[n].description)); return made; });
  }

  #sources() {
    const photos = state.stage.samples.filter((name) => name.endsWith(".jpg"));
    return (close) => [
      h("div.samples", {}, ...photos.map((name) => h("button.sample", { type: "button", "aria-label": `${w("samplePhotos")} ${name.replace(".jpg", "")}`, onclick: () => this.#add({ kind: "sample", name }) },
        h("img", { src: `/sample/${name}`, alt: "" })))),
      h("div.sources", {},
        this.#source("file", w("pick"), () => { close(); this.#pick(); }),
        this.#source("voice", w("sampleVoice"), () => { close(); this.#add({ kind: "voice" }); }),
        this.#source("place", w("sampleLocation"), () => { close(); this.#add({ kind: "location" }); }),
        this.phone.group ? null : this.#source("card", w("sampleContact"), () => { close(); this.#add({ kind: "contact" }); })),
    ];
  }

  #source(drawn, words, onclick) {
    const made = button("", onclick, { className: "entry" });
    made.append(icon(drawn), words);
    return made;
  }

  #pick() {
    const input = h("input", { type: "file", multiple: true, onchange: () => this.take(input.files) });
    input.click();
  }
}
