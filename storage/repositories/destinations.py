"""Chats of persons and groups, and whether they can be reached."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from sqlalchemy import bindparam, delete, select, update

from storage.db import shared_reads
from storage.db.shared_reads import Topic, shared
from storage.db.unit_of_work import UnitOfWork
from storage.tables import DESTINATION, OUTBOX, DestinationRow

OF_CHAT = select(DESTINATION).where(DESTINATION.c.chat == bindparam("of"))
BY_ID = select(DESTINATION).where(DESTINATION.c.id == bindparam("of"))
OF_PERSON = select(DESTINATION).where(DESTINATION.c.person == bindparam("of"), DESTINATION.c.kind == "private").limit(1)
OF_PERSONS = select(DESTINATION).where(
    DESTINATION.c.person.in_(bindparam("these", expanding=True)), DESTINATION.c.kind == "private"
)
BOUND = select(DESTINATION).where(DESTINATION.c.kind == "group", DESTINATION.c.reachable)
GROUP_OF = BOUND.where(DESTINATION.c.scope == bindparam("of")).limit(1)
STORED = {"chat": OF_CHAT, "destination": BY_ID, "private": OF_PERSON, "group": GROUP_OF}
GROUPS = BOUND.where(DESTINATION.c.scope != "").order_by(DESTINATION.c.id)


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A chat; `scope` is what a bound group is the group of (district code or city name)."""

    id: int
    chat: int
    kind: str
    person: int | None = None
    title: str = ""
    scope: str = ""
    reachable: bool = True
    forum: bool = False  # a group with topics


def _destination(r: DestinationRow) -> Destination:
    return Destination(
        id=r.id,
        chat=r.chat,
        kind=r.kind,
        person=r.person,
        title=r.title,
        scope=r.scope,
        reachable=r.reachable,
        forum=r.forum,
    )


async def _first(work: UnitOfWork, name: str, of: int | str) -> Destination | None:
    """As this work has put it, or as it is stored."""
    key = (name, of)
    if key not in work.cache:
        work.cache[key] = await _stored(work, name, of)
    found: Destination | None = work.cache[key]
    return found


@shared(Topic.PEOPLE)
async def _stored(work: UnitOfWork, name: str, of: int | str) -> Destination | None:
    row = await work.first_of(DestinationRow, STORED[name], of=of)
    return _destination(row) if row else None


async def look_up(work: UnitOfWork, persons: Iterable[int | None]) -> None:
    """The private chats of these people in one read."""

    async def found(missing: Sequence[tuple[Hashable, ...]]) -> dict[tuple[Hashable, ...], Destination | None]:
        chats: dict[tuple[Hashable, ...], Destination | None] = dict.fromkeys(missing)
        for row in await work.rows_of(DestinationRow, OF_PERSONS, these=[person for _, person in missing]):
            chats["private", row.person] = _destination(row)
        return chats

    await shared_reads.look_up(work, Topic.PEOPLE, _stored, (("private", person) for person in persons), found)


async def of_chat(work: UnitOfWork, chat: int) -> Destination | None:
    return await _first(work, "chat", chat)


async def by_id(work: UnitOfWork, destination: int) -> Destination | None:
    return await _first(work, "destination", destination)


async def of_person(work: UnitOfWork, person: int) -> Destination | None:
    """The private chat of a person, reachable or not."""
    return await _first(work, "private", person)


async def group_of(work: UnitOfWork, scope: str) -> Destination | None:
    """The bound group of a district or city that can be reached."""
    return await _first(work, "group", scope)


def put(work: UnitOfWork, destination: Destination) -> None:
    values = {
        "chat": destination.chat,
        "kind": destination.kind,
        "person": destination.person,
        "title": destination.title,
        "scope": destination.scope,
        "reachable": destination.reachable,
        "forum": destination.forum,
    }
    fresh = work.insert(DESTINATION).values(id=destination.id, **values)
    work.queue_write(fresh.on_conflict_do_update(index_elements=["id"], set_=values))
    work.cache["chat", destination.chat] = destination
    work.cache["destination", destination.id] = destination
    if destination.kind == "private":
        work.cache["private", destination.person] = destination


def mark(work: UnitOfWork, destination: int, *, reachable: bool) -> None:
    _change(work, destination, reachable=reachable)


class Changed(TypedDict, total=False):
    title: str
    reachable: bool
    forum: bool


def _change(work: UnitOfWork, destination: int, **values: Unpack[Changed]) -> None:
    """These columns and no others: a group may be bound at the same moment."""
    work.queue_write(update(DESTINATION).where(DESTINATION.c.id == destination).values(**values))
    held = {k: v for k, v in work.cache.items() if isinstance(v, Destination) and v.id == destination}
    work.cache |= {key: replace(value, **values) for key, value in held.items()}


def describe(work: UnitOfWork, destination: int, **seen: Unpack[Changed]) -> None:
    """What the messenger says of a group: its `title`, and whether it is a `forum`."""
    _change(work, destination, **seen)


def release(work: UnitOfWork, scope: str, but: int) -> None:
    """No other group is the group of that district or city any more, whether or not it can be reached."""
    others = (DESTINATION.c.scope == scope, DESTINATION.c.id != but)
    work.queue_write(update(DESTINATION).where(*others).values(scope=""))


async def move(work: UnitOfWork, old: int, new: int) -> None:
    """A group became a supergroup: one update, and everything that names the destination follows.

    Whichever of the two chats was heard of first: the bound one stays, and what waits for the other goes there.
    """
    was, there = await of_chat(work, old), await of_chat(work, new)
    if was is None:
        return
    kept, gone = (there, was) if there and there.scope and not was.scope else (was, there)
    if gone is not None:
        work.queue_write(update(OUTBOX).where(OUTBOX.c.destination == gone.id).values(destination=kept.id))
        work.queue_write(delete(DESTINATION).where(DESTINATION.c.id == gone.id))
    work.queue_write(update(DESTINATION).where(DESTINATION.c.id == kept.id).values(chat=new, reachable=True))


async def groups(work: UnitOfWork) -> list[Destination]:
    """Every bound group that can be reached."""
    return [_destination(r) for r in await work.rows_of(DestinationRow, GROUPS)]
