"""Removal of invisible characters that would turn round, cover or hide the text beside them."""

import re

# Control characters but the line feed; half characters; marks of direction; joiners, fillers and tags without a shape.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029]")
PICTURE = "\u2190-\u2bff\U0001f000-\U0001faff"
JOINER = re.compile(f"(?<![{PICTURE}\ufe0f])\u200d|\u200d(?![{PICTURE}])")  # those within a picture make one of several
ABOVE = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
PILE = re.compile(f"([{ABOVE}]{{2}})[{ABOVE}]+")


def clean(text: str) -> str:
    """Text as every database takes it and everybody sees it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = UNSEEN.sub("", BREAKS.sub("\n", text.replace("\t", " ")))
    return PILE.sub(r"\1", JOINER.sub("", seen)).strip()


def one_line(text: str) -> str:
    """The same for names and places: more lines could pass for lines of ours."""
    return " ".join(clean(text).split())


def units(text: str) -> int:
    """How long the messenger thinks a text is: in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
