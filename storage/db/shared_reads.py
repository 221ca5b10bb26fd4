"""Reads that works share: what changes rarely is read once, and again after the next change of its topic.

Each topic has a number in the database, which triggers raise in the very transaction that changes one of its tables,
whoever that is: another instance, a command, a migration. A work sees one snapshot, and so the number that goes with
what it reads.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import column, select, table

from storage.db.typed_rows import AnySelect

if TYPE_CHECKING:
    from storage.db.unit_of_work import UnitOfWork

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
NUMBERS: AnySelect = select(column("topic"), column("number")).select_from(table("revision"))
MOST = 20_000  # answers that are kept of a topic


class Topic(StrEnum):
    """`registry`: places, offices, appointments, absences and shifts; `people`: persons and chats."""

    REGISTRY = "registry"
    PEOPLE = "people"


@dataclass
class _Held:
    number: int
    answers: dict[Hashable, Any] = field(default_factory=dict)


class SharedReads:
    """The answers of the newest revision of each topic that a work of this process has seen."""

    def __init__(self) -> None:
        self._held: dict[Topic, _Held] = {}

    def answers(self, topic: Topic, number: int) -> dict[Hashable, Any]:
        """What is known of that revision, to be added to; of an older one nothing is known, nor kept."""
        held = self._held.get(topic)
        if held is None or held.number < number:
            held = self._held[topic] = _Held(number)
        if held.number > number:
            return {}
        if len(held.answers) > MOST:
            held.answers = {}  # whoever has the others in hand keeps them
        return held.answers


async def answers(work: "UnitOfWork", topic: Topic) -> dict[Hashable, Any]:
    """The answers that are shared by all works that see what this one sees of the topic."""
    if "revisions" not in work.cache:
        work.cache["revisions"] = {row.topic: row.number for row in await work.rows(NUMBERS)}
    key = ("shared", topic)
    if key not in work.cache:
        work.cache[key] = work.store.shared_reads.answers(topic, work.cache["revisions"].get(topic, 0))
    found: dict[Hashable, Any] = work.cache[key]
    return found


def shared(
    topic: Topic,
) -> Callable[
    [Callable[Concatenate["UnitOfWork", Asked], Awaitable[Found]]],
    Callable[Concatenate["UnitOfWork", Asked], Awaitable[Found]],
]:
    """The read asks nothing but the topic's tables, and its arguments say all that the answer depends on, the day too.

    The arguments must be hashable, and nobody may change the answer.
    """

    def decorated(
        read: Callable[Concatenate["UnitOfWork", Asked], Awaitable[Found]],
    ) -> Callable[Concatenate["UnitOfWork", Asked], Awaitable[Found]]:
        @wraps(read)
        async def remembered(work: "UnitOfWork", /, *asked: Asked.args, **named: Asked.kwargs) -> Found:
            known, key = await answers(work, topic), (read, *asked, *named.items())
            if key not in known:
                known[key] = await read(work, *asked, **named)
            found: Found = known[key]
            return found

        return remembered

    return decorated


async def look_up(
    work: "UnitOfWork",
    topic: Topic,
    read: Callable[..., object],
    asked: Iterable[tuple[Hashable, ...]],
    find: Callable[[list[tuple[Hashable, ...]]], Awaitable[Mapping[tuple[Hashable, ...], object]]],
) -> None:
    """Find out together what a shared read would answer to each of these arguments, as far as it isn't known."""
    known, inner = await answers(work, topic), vars(read)["__wrapped__"]
    if missing := [one for one in dict.fromkeys(asked) if (inner, *one) not in known]:
        known |= {(inner, *one): answer for one, answer in (await find(missing)).items()}
