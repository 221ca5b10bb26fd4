"""The topics of a group, one for each street; without a thread a message goes to the general topic."""

from sqlalchemy import delete, exists, select

from storage.db.unit_of_work import UnitOfWork
from storage.tables import PROJECT, TOPIC

EVERY = ""  # in place of a street: no topic at all can be made there


def keep(work: UnitOfWork, destination: int, street: str, thread: int | None) -> None:
    """The street has that topic from now on."""
    fresh = work.insert(TOPIC).values(destination=destination, street=street, thread=thread)
    work.queue_write(fresh.on_conflict_do_update(index_elements=["destination", "street"], set_={"thread": thread}))


def forget(work: UnitOfWork, destination: int, street: str) -> None:
    """Its topic is gone; the next message makes another."""
    work.queue_write(delete(TOPIC).where(TOPIC.c.destination == destination, TOPIC.c.street == street))


def ask_again(work: UnitOfWork, destination: int) -> None:
    """The bot's rights there have changed: what couldn't be made may be made now."""
    work.queue_write(delete(TOPIC).where(TOPIC.c.destination == destination, TOPIC.c.thread.is_(None)))


async def lacks(work: UnitOfWork, destination: int, district: str, name: str) -> bool:
    """Whether that is the name of a street of the district which has no topic yet."""
    known = exists().where(PROJECT.c.district == district, PROJECT.c.street == name)
    has = exists().where(TOPIC.c.destination == destination, TOPIC.c.street == name, TOPIC.c.thread.is_not(None))
    return bool(name) and await work.first(select(1).where(known, ~has)) is not None
