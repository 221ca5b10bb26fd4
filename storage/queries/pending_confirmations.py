"""Which cases have words that were shown back to their sender and wait for 「发」 or 「下达」, and since when."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage.db.unit_of_work import UnitOfWork
from storage.tables import DIALOGUE

HELD = timedelta(minutes=10)  # ours: for so long what was said first counts from then, once it is confirmed


def begun(at: datetime) -> int:
    """The moment of the first words, as the dialogue keeps it."""
    return int(at.timestamp())


def since(about: Mapping[str, object]) -> datetime | None:
    """When the first of the words was said that wait in this dialogue; None where none do."""
    kept = about.get("since")
    return datetime.fromtimestamp(kept, UTC) if isinstance(kept, int) else None


async def held(work: UnitOfWork, now: datetime) -> dict[int, datetime]:
    """The cases whose clocks wait for a confirmation, with the moment from which on they do."""
    recent = select(DIALOGUE.c.data).where(DIALOGUE.c.state.is_not(None), DIALOGUE.c.touched_at >= now - HELD)
    found: dict[int, datetime] = {}
    for row in await work.rows(recent):
        about = (row.data or {}).get("about") or {}
        begin = since(about)
        if begin is not None and about.get("held") and now - begin < HELD:
            found[about["case"]] = min(begin, found.get(about["case"], begin))
    return found
