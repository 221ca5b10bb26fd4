"""Telegram's HTML, read as its servers do: text and entities, or a refusal."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import MessageEntity, User

from simulator.api_errors import bad

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![A-Za-z]));?")
ATTRIBUTE = re.compile(r"""([^\s=>/"']*)\s*(?:(=)\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]*)))?""")
LINK = re.compile(r"(?:(?:https?|tg|ton)://\S+|[^\s/:]+\.[^\s/:]{2,}\S*)", re.IGNORECASE)
MENTION = re.compile(r"tg://user\?id=(\d+)")


@dataclass(frozen=True)
class Span:
    """A stretch of text with a meaning; offset and length in UTF-16 units."""

    kind: str
    offset: int
    length: int
    argument: str = ""


@dataclass(frozen=True)
class OpenTag:
    """A start tag whose end has not come yet."""

    name: str
    argument: str
    offset: int


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unparsable(why: str) -> Exception:
    """The refusal of a text whose markup is broken."""
    return bad(f"can't parse entities: {why}")


def parse_html(source: str, person: Callable[[int], User | None]) -> tuple[str, list[MessageEntity]]:
    """The plain text and its entities; `person` finds the people that `tg://user` links mention."""
    reader = _Reader(source)
    reader.read()
    text, spans = trimmed("".join(reader.text), reader.spans)
    entities = [entity for span in spans if (entity := _entity(span, text, person)) is not None]
    return text, entities


def trimmed(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """The text without white space at its ends, and the spans moved along with it."""
    shift = units(text) - units(text.lstrip())
    text = text.strip()
    end = units(text)
    kept = []
    for span in spans:
        begin, stop = max(0, span.offset - shift), min(end, span.offset + span.length - shift)
        if stop > begin:
            kept.append(replace(span, offset=begin, length=stop - begin))
    return text, sorted(kept, key=lambda span: (span.offset, -span.length))


def _entity(span: Span, text: str, person: Callable[[int], User | None]) -> MessageEntity | None:
    if span.kind == "pre":
        return MessageEntity("pre", span.offset, span.length, language=span.argument or None)
    if span.kind != "text_link":
        return MessageEntity(span.kind, span.offset, span.length)
    covered = text.encode("utf-16-le")[2 * span.offset : 2 * (span.offset + span.length)]
    url = span.argument or covered.decode("utf-16-le")
    if mention := MENTION.fullmatch(url):
        user = person(int(mention[1]))
        return MessageEntity("text_mention", span.offset, span.length, user=user) if user else None
    if not LINK.fullmatch(url):
        return None
    return MessageEntity("text_link", span.offset, span.length, url=url if "://" in url else f"http://{url}")


class _Reader:
    """One pass over a source, with the tags that are open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[OpenTag] = []
        self.spans: list[Span] = []

    def read(self) -> None:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._tag()
            else:
                self._character()
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def _character(self) -> None:
        found = CHARACTER.match(self.source, self.at)
        decoded = found and _decoded(found)
        if found and decoded:
            self.at = found.end()
        else:
            decoded = self.source[self.at]
            self.at += 1
        self.text.append(decoded)
        self.offset += units(decoded)

    def _tag(self) -> None:
        begin = self.at
        if self.source.startswith("</", begin):
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        found = re.compile(r"<([^\s>]*)").match(self.source, begin)
        name = found[1].lower() if found else ""
        self.at = begin + 1 + len(name)
        if self.at >= len(self.source):
            raise unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TAGS:
            raise unparsable(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = self._arguments(name, begin)
        if name == "span" and argument != "spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(OpenTag(name, argument, self.offset))

    def _arguments(self, tag: str, begin: int) -> str:
        argument = ""
        while self._skip_space() != ">":
            found = ATTRIBUTE.match(self.source, self.at)
            if self.at >= len(self.source) or found is None or found.end() >= len(self.source):
                raise unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
            if not found[1]:
                raise unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
            self.at = found.end()
            if self.source[self.at] in "\"'":
                raise unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
            if found[5] is not None and self.source[self.at] not in " \t\r\n>":
                raise unparsable(f"Unexpected end of name token at byte offset {self._byte(found.start(5))}")
            argument = _argument(tag, found) or argument
        self.at += 1
        return argument

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise unparsable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        found = re.compile(r"</([^\s>]*)\s*(>?)").match(self.source, begin)
        if found is None or not found[2]:
            raise unparsable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        tag, name = self.open.pop(), found[1].lower()
        if name and name != tag.name:
            raise unparsable(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        self.at = found.end()
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        span = Span(TAGS[tag.name], tag.offset, self.offset - tag.offset, tag.argument)
        if tag.name == "blockquote" and tag.argument:
            span = replace(span, kind="expandable_blockquote", argument="")
        if tag.name == "pre" and self.spans and replace(self.spans[-1], kind="pre", argument="") == span:
            span = replace(span, argument=self.spans.pop().argument)
        self.spans.append(span)

    def _skip_space(self) -> str:
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1
        return self.source[self.at : self.at + 1]

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))


def _decoded(found: re.Match[str]) -> str:
    """The character behind `&…;`, or nothing when there is no such character."""
    if found[3]:
        return CHARACTERS[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _argument(tag: str, found: re.Match[str]) -> str:
    """What an attribute means to its tag; most mean nothing."""
    name = found[1].lower()
    value = next((group for group in found.groups()[2:] if group is not None), "")
    value = CHARACTER.sub(lambda inner: _decoded(inner) or inner[0], value)
    match tag, name:
        case "a", "href":
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span", "class":
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
        case "blockquote", "expandable":
            return "1"
    return ""
