"""An event of the ledger in one line, for people in training."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from complaints.model.events import Disposition, Event, Level
from complaints.policy.catalogue import Catalogue
from complaints.policy.pack import Pack
from views.framework import terms
from views.framework.formats import moment
from views.framework.translator import Translator

PEOPLE = ("by", "to", "person", "filed_by")  # facts that are ids of people
LONGEST = 40  # characters of what somebody said


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the ids in an event stand for: people's names, and the words of statements."""

    pack: Pack
    catalogue: Catalogue
    names: Mapping[int, str]
    words: Mapping[int, str]


def told(t: Translator, event: Event, known: Known) -> str:
    """The facts that mean something to people, joined; empty where there are none."""
    said = (_fact(t, one.name, getattr(event, one.name), known) for one in fields(event))
    return " · ".join(filter(None, said))


def _fact(t: Translator, name: str, value: Any, known: Known) -> str:
    if name in PEOPLE:
        return known.names.get(value, "")
    if name == "words":
        return _quoted(known.words.get(value, ""))
    if isinstance(value, datetime):
        return t("until {when}", when=moment(t, value))
    if isinstance(value, Disposition):
        return terms.disposition(t, known.pack, value)
    return terms.level(t, value) if isinstance(value, Level) else _named(t, name, value, known)


def _named(t: Translator, name: str, value: Any, known: Known) -> str:
    if name == "matter":
        return t.of(known.catalogue.get(value).label)
    if name == "stage":
        return t.of(known.pack.stage(value).name)
    return str(value) if name in ("number", "order", "reason") else ""


def _quoted(words: str) -> str:
    if not words:
        return ""
    line = " ".join(words.split())
    return f"「{line[:LONGEST]}…」" if len(line) > LONGEST else f"「{line}」"
