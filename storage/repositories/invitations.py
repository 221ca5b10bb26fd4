"""One-time invitation links and failed guesses; only digests of codes are kept."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, func, select, update

from storage.db.unit_of_work import UnitOfWork
from storage.tables import FAILED_CODE_ATTEMPT, INVITATION

GOOD_FOR = timedelta(hours=72)
WRONG_TRIES = 5
WITHIN = timedelta(hours=1)
FIELDS = ("digest", "kind", "person", "made_at", "complaint", "appointment", "used")
BY_DIGEST = select(*(INVITATION.c[name] for name in FIELDS)).where(
    INVITATION.c.digest == bindparam("of"), INVITATION.c.kind != "bind"
)
TRIED = select(func.count()).where(
    FAILED_CODE_ATTEMPT.c.person == bindparam("person"), FAILED_CODE_ATTEMPT.c.at > bindparam("since")
)


@dataclass(frozen=True, kw_only=True)
class Link:
    """`staff` takes up the registry's `appointment` (row id), `family` follows the `complaint`."""

    digest: str
    kind: str
    person: int
    made_at: datetime
    complaint: int | None
    appointment: int | None
    used: bool


def offer(
    work: UnitOfWork, kind: str, person: int, *, complaint: int | None = None, appointment: int | None = None
) -> str:
    """A fresh code of 177 random bits, good for 72 hours and one use."""
    code = urlsafe_b64encode(b"".join(work.new_id().to_bytes(8, "big") for _ in range(3))).decode().rstrip("=")
    fresh = {"digest": digest(code), "kind": kind, "person": person, "scope": "", "made_at": work.now, "used": False}
    about = {"complaint": complaint, "appointment": appointment, "destination": None}
    work.queue_write(INVITATION.insert(), {**fresh, **about})
    return code


async def find(work: UnitOfWork, code: str) -> Link | None:
    """The link of the code, while it can be used."""
    row = await work.first(BY_DIGEST, of=digest(code))
    link = Link(**row._mapping) if row else None
    return link if link is not None and not link.used and work.now - link.made_at <= GOOD_FOR else None


def use(work: UnitOfWork, link: Link, by: int) -> None:
    """Of two who use it at once, one meets a conflict and then finds it used."""
    unused = update(INVITATION).where(INVITATION.c.digest == link.digest, INVITATION.c.used.is_(False))
    work.queue_write(unused.values(used=True, used_by=by), expect_rows=True)


async def locked_out(work: UnitOfWork, person: int) -> bool:
    """After five wrong codes within an hour no code is looked at any more, not even a right one."""
    row = await work.first(TRIED, person=person, since=work.now - WITHIN)
    return row is not None and row[0] >= WRONG_TRIES


def stumbled(work: UnitOfWork, person: int) -> None:
    work.queue_write(FAILED_CODE_ATTEMPT.insert(), {"person": person, "at": work.now})


def digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
