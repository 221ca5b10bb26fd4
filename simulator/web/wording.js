// How do a message's words look? Text nodes and a few elements; nothing that anybody wrote becomes markup.

import { h } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span.spoiler",
};

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

// Offsets are in UTF-16 units, here as there. `follow(kind, what)` is called for links and commands.
export function formatted(text, entities, follow) {
  const outerFirst = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, 0, text.length, outerFirst, follow);
}

function pieces(text, begin, end, entities, follow) {
  const made = [];
  let at = begin;
  let rest = entities;
  while (rest.length) {
    const [entity, ...later] = rest;
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset >= at && stop > entity.offset) {
      const block = BLOCKS.has(entity.type);
      if (entity.offset > at) made.push(withoutBreak(text.slice(at, entity.offset), block));
      const inside = later.filter((one) => one.offset < stop);
      made.push(wrapped(entity, text.slice(entity.offset, stop), pieces(text, entity.offset, stop, inside, follow), follow));
      at = block && text[stop] === "\n" ? stop + 1 : stop;
      rest = later.filter((one) => one.offset >= stop);
    } else {
      rest = later;
    }
  }
  if (at < end) made.push(text.slice(at, end));
  return made;
}

// A block begins and ends a line by itself.
function withoutBreak(words, block) {
  return block && words.endsWith("\n") ? words.slice(0, -1) : words;
}

function wrapped(entity, words, inside, follow) {
  if (entity.type === "url" || entity.type === "text_link") return link(entity.url || words, inside, follow);
  if (entity.type === "bot_command") return h("button.command", { type: "button", onclick: () => follow("command", words) }, ...inside);
  const made = h(TAGS[entity.type] || "span", {}, ...inside);
  if (entity.type === "expandable_blockquote") foldable(made);
  return made;
}

function link(address, inside, follow) {
  let url;
  try { url = new URL(address.includes("://") ? address : `https://${address}`); } catch { return h("span", {}, ...inside); }
  if (!["http:", "https:"].includes(url.protocol)) return h("span", {}, ...inside);
  return h("a", {
    href: url.href, target: "_blank", rel: "noopener noreferrer",
    onclick: (event) => { if (follow("link", url.href)) event.preventDefault(); },
  }, ...inside);
}

function foldable(quote) {
  quote.classList.add("folded");
  quote.tabIndex = 0;
  quote.setAttribute("role", "button");
  quote.setAttribute("aria-expanded", "false");
  const turn = () => quote.setAttribute("aria-expanded", String(!quote.classList.toggle("folded")));
  quote.addEventListener("click", turn);
  quote.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); turn(); } });
}
