"""The screen: what a message consists of, whichever library sends it."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any, Self

from complaints.model.people import File

MOST_ROWS = 4  # of buttons, under any message
MOST_IN_ROW = 3
WIDE = 10  # characters of a label, beyond which half a telephone's width is too narrow


@dataclass(frozen=True)
class Button:
    """An inline button: callback `data` (64 bytes at most), or a `url`."""

    label: str
    data: str = ""
    url: str = ""


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Key:
    """A key of the reply keyboard; `request` is contact, location or nothing."""

    label: str
    request: str = ""


@dataclass(frozen=True)
class Document:
    """A file of ours, made when it is sent."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Screen:
    """`text` is HTML; `keyboard` None leaves the reply keyboard as it is, empty takes it away.

    What is `protected` can't be forwarded, copied or saved by whoever reads it.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[Key, ...], ...] | None = None
    files: tuple[File, ...] = ()
    silent: bool = False
    live: bool = False
    protected: bool = False
    document: Document | None = None

    @property
    def asks_contact(self) -> bool:
        """Whether a key shares the reader's telephone number."""
        return any(key.request == "contact" for row in self.keyboard or () for key in row)

    def below(self, first: str) -> Self:
        """The same with something above it that has to stay in sight."""
        return replace(self, text=f"{first}\n\n{self.text}")

    def digest(self) -> str:
        """A hash that differs where two screens look different."""
        return sha256(json.dumps([self.text, [[asdict(b) for b in row] for row in self.buttons]]).encode()).hexdigest()

    def dump(self) -> dict[str, Any]:
        """As the outbox keeps it; a document is made anew."""
        return {name: value for name, value in asdict(replace(self, document=None)).items() if name != "document"}

    @classmethod
    def load(cls, kept: dict[str, Any]) -> Self:
        buttons = tuple(tuple(Button(**b) for b in row) for row in kept["buttons"])
        keys = kept["keyboard"]
        keyboard = None if keys is None else tuple(tuple(Key(**k) for k in row) for row in keys)
        files = tuple(File(**f) for f in kept["files"])
        protected = kept.get("protected", False)  # which an earlier version did not know
        return cls(kept["text"], buttons, keyboard, files, kept["silent"], kept["live"], protected)


@dataclass
class Lines:
    """Puts a text together line by line; empty parts fall out."""

    parts: list[str] = field(default_factory=list)

    def __call__(self, *lines: str) -> Self:
        self.parts += [line for line in lines if line]
        return self

    def gap(self) -> Self:
        if self.parts and self.parts[-1]:
            self.parts.append("")
        return self

    def __str__(self) -> str:
        return "\n".join(self.parts).strip()


def lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def rows(*buttons: Iterable[Button | None]) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons, without those that don't apply."""
    kept = (tuple(b for b in row if b is not None) for row in buttons)
    return tuple(row for row in kept if row)


def present(row: Iterable[Button | None]) -> list[Button]:
    return [button for button in row if button is not None]


def laid(choices: Iterable[Button | None], *ways_out: Button | None) -> Buttons:
    """Any choices, twelve at most, in at most four rows, as wide as they can be; the ways out end the screen."""
    taps, out = present(choices), present(ways_out)
    long = any(len(button.label) > WIDE for button in taps)
    for alone, width in ((0, 1), (1, 2), (0, 2), (1, 3), (0, 3)) if long else ((0, 2), (0, 3)):
        lines = [taps[:alone]] if alone else []
        lines += [taps[at : at + width] for at in range(alone, len(taps), width)]
        room = max(width, MOST_IN_ROW if len(lines) == MOST_ROWS else 0)
        if out and lines and len(lines[-1]) + len(out) <= room and (width > 1 or len(lines) == MOST_ROWS):
            lines[-1] = lines[-1] + out
        elif out:
            lines.append(out)
        if len(lines) <= MOST_ROWS:
            return rows(*lines)
    return rows(*((taps + out)[at : at + MOST_IN_ROW] for at in range(0, len(taps) + len(out), MOST_IN_ROW)))
