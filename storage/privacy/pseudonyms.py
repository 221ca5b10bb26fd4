"""Pseudonyms: keyed marks by which deleted people still count once, made with the operator's key only."""

import hmac
from datetime import datetime

from sqlalchemy import or_, select

from storage.db.unit_of_work import UnitOfWork
from storage.tables import COMPLAINT, HOUSEHOLD, PERSON


def pseudonym(work: UnitOfWork, user: int) -> str:
    """HMAC-SHA-256 over the messenger's id: the same for the same person, also after deletion and return."""
    if not work.store.key:
        raise RuntimeError("pseudonyms need a key")
    return hmac.digest(work.store.key, str(user).encode(), "sha256").hex()


async def complainants(
    work: UnitOfWork, column: str, scope: str, since: datetime, *, kinds: frozenset[str] | None = None
) -> int:
    """How many distinct people have complained since then, deleted ones too; whoever withdrew isn't counted.

    `column` is project, company, district or city of the case; `kinds` leaves out all others (repairs, say).
    """
    asked = (
        select(HOUSEHOLD.c.pseudonym, PERSON.c.user)
        .join(COMPLAINT, COMPLAINT.c.id == HOUSEHOLD.c.complaint)
        .outerjoin(PERSON, PERSON.c.id == HOUSEHOLD.c.person)
        .where(COMPLAINT.c[column] == scope, HOUSEHOLD.c.since >= since)
        .where(or_(HOUSEHOLD.c.active, HOUSEHOLD.c.pseudonym != ""))
        .distinct()
    )
    if kinds is not None:
        asked = asked.where(COMPLAINT.c.body["kind"].as_string().in_(sorted(kinds)))
    rows = await work.rows(asked)
    return len({r.pseudonym or pseudonym(work, r.user) for r in rows if r.pseudonym or r.user is not None})
