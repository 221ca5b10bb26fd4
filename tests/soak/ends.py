"""Where every message of a person has ended: in a case, an answer, a refusal, or a question that still stands."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from complaints.errors import (
    DatePast,
    DateTooFar,
    DateUnclear,
    KindUnusable,
    NotFound,
    NotYours,
    PromisedAlready,
    QuestionsOpen,
    SaysNothing,
    TooLate,
    WordsNeeded,
    WordsTooLong,
)
from storage.repositories.cases import STATEMENT
from storage.tables import DIALOGUE, HOME, OUTBOX
from storage.work import Work
from views.framework.translator import translator
from views.refusals import (
    edit_not_taken,
    edited_too_late,
    for_nobody,
    not_sent,
    refused,
    stands_now,
    unknown_command,
    unknown_message,
)

WORD = re.compile(r"词\d+尾")
T = translator("zh")
HANDLERS = ("manager", "company", "bureau", "department")
NOT_YOURS: tuple[dict[str, Any], ...] = (
    {},
    {"phone": True},
    {"follows": True},
    {"verb": "negotiate"},
    *({"handler": one} for one in HANDLERS),
)
REFUSED = (
    *(refused(T, why).text[:9] for why in (
        WordsTooLong(limit=2000), WordsTooLong(limit=60), KindUnusable(), QuestionsOpen(), WordsNeeded(), DateUnclear(),
        DatePast(), DateTooFar(), TooLate(), NotFound(), PromisedAlready(), SaysNothing(missing=()),
        *(NotYours(**facts) for facts in NOT_YOURS),
    )),
    stands_now(T)[:9], for_nobody(T).text[:9], unknown_message(T).text[:9], edited_too_late(T).text[:9],
    edit_not_taken(T).text[:9],
    unknown_command(T, "").text[:3],
)  # fmt: skip
GIVEN_BACK = not_sent(T, "").text[:9]
# Answers of which nothing but the date is kept, once it is confirmed.
DATED = tuple(T(line, until="")[:2] for line in (
    "Your date: by {until}. Send it to the handler?", "Proposed: done by {until}. Send it to the resident?",
    "Planned: done by {until}. Send it to the resident?",
))  # fmt: skip
DROPPING = ("f:cancel", "f:anew", "f:result_back")  # by its author's own tap


@dataclass
class Places:
    """Everything that is kept, that waits for an answer, and that was said, by the update that it answers."""

    kept: str = ""
    homes: str = ""
    standing: str = ""
    given_back: str = ""
    answers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))  # by the update
    dropped: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # by the person: the updates


async def read(work: Work, issued: dict[int, dict[str, Any]]) -> Places:
    found = Places()
    rows = await work.rows(select(STATEMENT.c.text, STATEMENT.c.media))
    found.kept = "\n".join(f"{row.text} {json.dumps(row.media)}" for row in rows)
    rows = await work.rows(select(HOME.c.building, HOME.c.room))
    found.homes = "\n".join(f"{row.building} {row.room}" for row in rows)
    rows = await work.rows(select(DIALOGUE.c.data))
    found.standing = "\n".join(json.dumps(row.data, ensure_ascii=False) for row in rows)
    for row in await work.rows(select(OUTBOX.c.key, OUTBOX.c.rendered).order_by(OUTBOX.c.id)):
        text = (row.rendered or {}).get("text", "")
        found.given_back += text if text.startswith(GIVEN_BACK) else ""
        kind, _, rest = row.key.partition(":")
        update = rest.partition(":")[0]
        if kind == "reply" and update.isdigit():
            found.answers[int(update)].append(text)
    for number, raw in issued.items():
        tapped = raw.get("callback_query")
        if tapped and tapped.get("data", "").startswith(DROPPING):
            found.dropped[tapped["from"]["id"]].append(number)
    return found


async def ended(work: Work, seen: Any, counts: Counter[str]) -> Any:
    """Every message that has words or a file of its own."""
    issued = {number: raw for number, raw in seen.issued.items() if number not in seen.poisoned}
    places = await read(work, issued)
    firsts: dict[str, int] = {}
    edited = {_place(raw["edited_message"]): number for number, raw in issued.items() if "edited_message" in raw}
    for number, raw in sorted(issued.items()):
        message = raw.get("message") or raw.get("edited_message") or {}
        if message.get("chat", {}).get("type") != "private":
            continue
        needles = list(_needles(message))
        if not needles:
            continue
        first = firsts.setdefault(message["media_group_id"], number) if "media_group_id" in message else number
        later = edited.get(_place(message), number) if "message" in raw else number
        end = _end(places, needles, first, message)
        if end is None and later != number:
            end = "edited"  # its newest form is looked for by itself
        counts[f"said {end}"] += 1
        if end is None:
            answers = [text[:40] for text in places.answers[first]]
            yield f"update {number} of {message['from']['id']} ended nowhere: {needles}, answered by {answers}"


def _place(message: dict[str, Any]) -> tuple[int, int]:
    return message["chat"]["id"], message["message_id"]


def _needles(message: dict[str, Any]) -> Iterator[str]:
    """What is looked for: the word that no other message has, and the file."""
    yield from WORD.findall(message.get("text") or message.get("caption") or "")
    if message.get("photo"):
        yield message["photo"][-1]["file_id"]


def _end(places: Places, needles: list[str], number: int, message: dict[str, Any]) -> str | None:
    """All of a message ends in one way, or it has ended nowhere."""
    person, answers = message["from"]["id"], places.answers[number]
    if all(needle in places.kept for needle in needles):
        return "in a case"
    if all(needle in places.kept or needle in places.standing for needle in needles):
        return "in a question"
    if all(needle in places.given_back for needle in needles):
        return "given back"
    if all(needle in places.homes for needle in needles) or any(answer.startswith(DATED) for answer in answers):
        return "an answer"
    if any(answer.startswith(REFUSED) for answer in answers):
        return "refused"
    if any(dropped > number for dropped in places.dropped[person]):
        return "dropped by its author"
    return None
