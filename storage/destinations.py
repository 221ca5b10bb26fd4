"""Which chats are there, and can they be reached?"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from storage.notebook import Notebook
from storage.tables import DestinationRow

DESTINATION = DestinationRow.__table__  # type: ignore[attr-defined]


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


def _destination(r: Any) -> Destination:
    return Destination(**r._mapping)


async def _first(work: Notebook, key: Any, *where: Any) -> Destination | None:
    if key not in work.cache:
        row = await work.first(select(DESTINATION).where(*where).limit(1))
        work.cache[key] = _destination(row) if row else None
    found: Destination | None = work.cache[key]
    return found


async def of_chat(work: Notebook, chat: int) -> Destination | None:
    return await _first(work, ("chat", chat), DESTINATION.c.chat == chat)


async def by_id(work: Notebook, destination: int) -> Destination | None:
    return await _first(work, ("destination", destination), DESTINATION.c.id == destination)


async def of_person(work: Notebook, person: int) -> Destination | None:
    """The private chat of a person, reachable or not."""
    mine = (DESTINATION.c.person == person, DESTINATION.c.kind == "private")
    return await _first(work, ("private", person), *mine)


async def group_of(work: Notebook, scope: str) -> Destination | None:
    """The bound group of a district or city that can be reached."""
    bound = (DESTINATION.c.scope == scope, DESTINATION.c.kind == "group", DESTINATION.c.reachable)
    return await _first(work, ("group", scope), *bound)


def put(work: Notebook, destination: Destination) -> None:
    values = {
        "chat": destination.chat,
        "kind": destination.kind,
        "person": destination.person,
        "title": destination.title,
        "scope": destination.scope,
        "reachable": destination.reachable,
    }
    fresh = work.insert(DESTINATION).values(id=destination.id, **values)
    work.write(fresh.on_conflict_do_update(index_elements=["id"], set_=values))
    work.cache["chat", destination.chat] = destination
    work.cache["destination", destination.id] = destination
    if destination.kind == "private":
        work.cache["private", destination.person] = destination


def mark(work: Notebook, destination: int, *, reachable: bool) -> None:
    work.write(update(DESTINATION).where(DESTINATION.c.id == destination).values(reachable=reachable))


def move(work: Notebook, destination: int, chat: int) -> None:
    """A group became a supergroup: one update, and everything that names the destination follows."""
    work.write(delete(DESTINATION).where(DESTINATION.c.chat == chat, DESTINATION.c.id != destination))
    work.write(update(DESTINATION).where(DESTINATION.c.id == destination).values(chat=chat))


async def groups(work: Notebook) -> list[Destination]:
    """Every bound group that can be reached."""
    bound = (DESTINATION.c.scope != "", DESTINATION.c.kind == "group", DESTINATION.c.reachable)
    return [_destination(r) for r in await work.rows(select(DESTINATION).where(*bound).order_by(DESTINATION.c.id))]
