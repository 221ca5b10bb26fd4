"""Codes of `/bind` on their way from an officer to a group; only their digests are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update

from storage.db.unit_of_work import UnitOfWork
from storage.tables import INVITATION

OFFERED = select(
    *(INVITATION.c[name] for name in ("digest", "person", "scope", "made_at", "destination", "used"))
).where(INVITATION.c.kind == "bind")
GOOD_FOR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    digest: str
    person: int
    scope: str
    made_at: datetime
    destination: int | None
    used: bool


def digest(code: str) -> str:
    return sha256(code.strip().upper().encode()).hexdigest()


def offer(work: UnitOfWork, code: str, person: int, scope: str) -> None:
    """A fresh code of an officer for the scope; one that was offered before falls away."""
    old = update(INVITATION).where(
        INVITATION.c.kind == "bind", INVITATION.c.person == person, INVITATION.c.used.is_(False)
    )
    work.queue_write(old.values(used=True))
    fresh = {
        "kind": "bind",
        "digest": digest(code),
        "person": person,
        "scope": scope,
        "made_at": work.now,
        "used": False,
    }
    work.queue_write(INVITATION.insert(), {**fresh, "destination": None})


async def find(work: UnitOfWork, code_digest: str) -> Invitation | None:
    row = await work.first(OFFERED.where(INVITATION.c.digest == code_digest))
    return Invitation(**row._mapping) if row else None


def seen(work: UnitOfWork, invitation: Invitation, destination: int) -> None:
    """The code was posted in that group."""
    mine = update(INVITATION).where(INVITATION.c.digest == invitation.digest)
    work.queue_write(mine.values(destination=destination))


def use(work: UnitOfWork, invitation: Invitation) -> None:
    mine = update(INVITATION).where(INVITATION.c.digest == invitation.digest, INVITATION.c.used.is_(False))
    work.queue_write(mine.values(used=True), expect_rows=True)


async def newest(work: UnitOfWork, person: int, beginning: str) -> Invitation | None:
    """The officer's invitation whose digest begins so."""
    mine = (INVITATION.c.person == person, INVITATION.c.digest.startswith(beginning, autoescape=True))
    row = await work.first(OFFERED.where(*mine).limit(1)) if len(beginning) == 24 else None
    return Invitation(**row._mapping) if row else None
