"""Messages cut to the messenger's length: quoted words are shortened first, our own lines stay."""

import re
from html import escape, unescape

from complaints.text.sanitizing import units
from views.framework.translator import Html

TEXT, CAPTION = 4096, 1024  # UTF-16 units, counted without the markup
TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
QUOTE = re.compile(r"(?<=>)([^<]*)(?=</blockquote>)")
MORE = "…"


def fitted(text: str, longest: int = TEXT) -> Html:
    """The HTML itself where it fits; else with its longest quotes shortened, and cut as a last resort."""
    while (over := visible(text) - longest) > 0:
        longest_quote = max(QUOTE.finditer(text), key=lambda found: visible(found[1]), default=None)
        if longest_quote is None or visible(longest_quote[1]) <= len(MORE):
            return _cut(text, longest)
        words = unescape(longest_quote[1])
        kept = _beginning(words, max(0, units(words) - over - len(MORE)))
        text = text[: longest_quote.start()] + escape(kept, quote=False) + MORE + text[longest_quote.end() :]
    return Html(text)


def plain(text: str) -> str:
    """The same words without markup, for what was refused with it."""
    return unescape(re.sub(r"<[^>]+>", "", text))


def visible(text: str) -> int:
    return units(unescape(TAG.sub("", text)))


def _beginning(words: str, room: int) -> str:
    """As many whole characters as have room."""
    kept = words[:room]
    while units(kept) > room:
        kept = kept[: -max(1, (units(kept) - room) // 2)]
    return kept


def _cut(text: str, longest: int) -> Html:
    """The beginning, with every tag closed that was open."""
    out: list[str] = []
    open_tags: list[str] = []
    room, at = longest - len(MORE), 0
    for tag in [*TAG.finditer(text), None]:
        words = unescape(text[at : tag.start() if tag else len(text)])
        kept = _beginning(words, room)
        out.append(escape(kept, quote=False))
        room -= units(kept)
        if tag is None or kept != words:
            break
        out.append(tag[0])
        open_tags = open_tags[:-1] if tag[1] else [*open_tags, tag[2]]
        at = tag.end()
    return Html("".join([*out, MORE, *(f"</{name}>" for name in reversed(open_tags))]))
