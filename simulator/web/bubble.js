// How does one message look? A row of the log: quoted reply, pictures, words, time, and the buttons below.

import { h, icon, iconButton } from "./dom.js";
import { clockTime, w } from "./state.js";
import { formatted } from "./wording.js";

// `phone` says who looks: {own(post), group, press, reply, follow, show}
export function row(post, phone) {
  if (post.service) return h("li.row.service", {}, h("span", {}, post.service));
  const own = phone.own(post);
  const made = h(`li.row.${own ? "own" : "other"}`, { tabIndex: -1 });
  if (post.from.bot) made.classList.add("bot");
  fill(made, post, phone);
  return made;
}

// Draws the row anew and keeps the focus where it was.
export function fill(made, post, phone) {
  const focused = made.contains(document.activeElement) ? document.activeElement.textContent : null;
  const pictures = post.media.filter((one) => one.kind === "photo" || one.kind === "video");
  const rest = post.media.filter((one) => !pictures.includes(one));
  const bubble = h("article.bubble", {},
    post.topic ? h("div.forwarded", {}, `# ${post.topic}`) : null,
    phone.group && !phone.own(post) ? h("div.speaker", {}, post.from.name) : null,
    post.forwarded ? h("div.forwarded", {}, w("forwarded")) : null,
    post.protected ? h("div.forwarded", {}, w("protected")) : null,
    post.reply ? quoted(post, phone) : null,
    pictures.length ? h("div.album", { data: { count: pictures.length } }, ...pictures.map((one) => picture(one, phone))) : null,
    ...rest.map(attachment),
    post.text ? words(post, phone) : null,
    stamp(post),
    iconButton("reply", w("replyTo"), () => phone.reply(post), { className: "round answer", tabIndex: -1 }));
  made.replaceChildren(bubble, ...(post.buttons.length ? [keys(post, phone)] : []));
  if (focused !== null) refocus(made, focused);
}

// A further part of an album goes into the row that stands there.
export function addToAlbum(made, post, phone) {
  const album = made.querySelector(".album");
  if (!album) return false;
  for (const one of post.media) album.append(picture(one, phone));
  if (post.text && !made.querySelector(".words")) made.querySelector(".stamp").before(words(post, phone));
  album.dataset.count = String(album.children.length);
  return true;
}

function refocus(made, words) {
  const again = [...made.querySelectorAll("button")].find((one) => one.textContent === words);
  (again || made).focus({ preventScroll: true });
}

function words(post, phone) {
  return h("div.words", { dir: "auto" }, ...formatted(post.text, post.entities, phone.follow));
}

function quoted(post, phone) {
  return h("button.quoted", { type: "button", tabIndex: -1, onclick: () => phone.jump(post.chat, post.reply.id) },
    h("b", {}, post.reply.name), h("span", { dir: "auto" }, post.reply.text || "…"));
}

function stamp(post) {
  const at = new Date(post.at);
  return h("div.stamp", {}, post.edited ? h("span.edited", {}, `${w("edited")} `) : null,
    h("time", { dateTime: at.toISOString() }, clockTime(at, "time")));
}

function keys(post, phone) {
  const rows = post.buttons.map((buttons, row) => h("div.keyrow", {}, ...buttons.map((one, column) => key(post, one, row, column, phone))));
  return h("div.inline", {}, ...rows);
}

function key(post, one, row, column, phone) {
  const press = () => { if (!(one.url && phone.follow("link", one.url))) phone.press(post, row, column, one); };
  return h(`button.key${one.url ? ".outward" : ""}`, { type: "button", tabIndex: -1, onclick: press, data: { label: one.label } }, one.label);
}

function picture(one, phone) {
  const source = `/media/${one.path}`;
  if (one.kind === "video") return h("video", { src: source, controls: true, preload: "metadata", "aria-label": w("video") });
  return h("button.picture", { type: "button", tabIndex: -1, onclick: () => phone.show(source), "aria-label": w("photo") },
    h("img", { src: source, alt: "", loading: "lazy", decoding: "async", onerror: (event) => event.target.replaceWith(h("span.unreadable", {}, w("unreadable"))) }));
}

function attachment(one) {
  const source = `/media/${one.path}`;
  if (one.kind === "voice") return h("div.voice", {}, icon("voice"), h("audio", { src: source, controls: true, preload: "none", "aria-label": w("voice") }), h("span", {}, `${one.seconds}″`));
  if (one.kind === "location") return h("div.tile", {}, icon("place"), h("span", {}, w("location"), h("small", {}, `${one.latitude.toFixed(4)}, ${one.longitude.toFixed(4)}`)));
  if (one.kind === "contact") return h("div.tile", {}, icon("card"), h("span", {}, one.name, h("small", {}, `+${one.phone}`)));
  return h("a.tile", { href: source, target: "_blank", rel: "noopener" }, icon("file"),
    h("span", { dir: "auto" }, one.name || w(one.kind), h("small", {}, size(one.size))));
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
