"""One-time invitation links and failed guesses; only digests of codes are kept."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import bindparam, func, select, update

from storage.db.unit_of_work import UnitOfWork
from storage.tables import FAILED_CODE_ATTEMPT, INVITATION


class InvitationKind(StrEnum):
    GROUP = "bind"  # an officer binds a group, whose members see the code
    STAFF = "staff"  # somebody takes up a duty of the registry
    FAMILY = "family"  # somebody follows a case


GOOD_FOR = {
    InvitationKind.GROUP: timedelta(hours=1),
    InvitationKind.STAFF: timedelta(hours=72),
    InvitationKind.FAMILY: timedelta(hours=72),
}
LINKS = (InvitationKind.STAFF, InvitationKind.FAMILY)
WRONG_TRIES = 5
WITHIN = timedelta(hours=1)
BEGINNING = 24  # of a digest, by which a button names its invitation
FIELDS = ("digest", "kind", "person", "scope", "made_at", "destination", "complaint", "appointment", "used")
EVERY = select(*(INVITATION.c[name] for name in FIELDS))
OF_CODE = EVERY.where(INVITATION.c.digest == bindparam("of"), INVITATION.c.kind.in_(bindparam("kinds", expanding=True)))
TRIED = select(func.count()).where(
    FAILED_CODE_ATTEMPT.c.person == bindparam("person"), FAILED_CODE_ATTEMPT.c.at > bindparam("since")
)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Made by `person`: for a group of the `scope` (`destination` once the code was posted there), for an
    `appointment` of the registry (row id), or for a `complaint`.
    """

    digest: str
    kind: InvitationKind
    person: int
    scope: str
    made_at: datetime
    destination: int | None
    complaint: int | None
    appointment: int | None
    used: bool

    def is_over(self, now: datetime) -> bool:
        return now - self.made_at > GOOD_FOR[self.kind]


# --- making them ------------------------------------------------------------------------------------------------


def offer_link(
    work: UnitOfWork, kind: InvitationKind, person: int, *, complaint: int | None = None, appointment: int | None = None
) -> str:
    """A fresh code of 177 random bits, good for 72 hours and one use."""
    code = urlsafe_b64encode(b"".join(work.new_id().to_bytes(8, "big") for _ in range(3))).decode().rstrip("=")
    _offer(work, kind, digest(code), person, complaint=complaint, appointment=appointment)
    return code


def offer_to_group(work: UnitOfWork, code: str, person: int, scope: str) -> None:
    """A code that an officer posts in a group of the scope; one that was offered before falls away."""
    mine = (INVITATION.c.kind == InvitationKind.GROUP, INVITATION.c.person == person, INVITATION.c.used.is_(False))
    work.queue_write(update(INVITATION).where(*mine).values(used=True))
    _offer(work, InvitationKind.GROUP, typed(code), person, scope=scope)


def _offer(
    work: UnitOfWork,
    kind: InvitationKind,
    of: str,
    person: int,
    *,
    scope: str = "",
    complaint: int | None = None,
    appointment: int | None = None,
) -> None:
    fresh = {"digest": of, "kind": kind.value, "person": person, "scope": scope, "made_at": work.now, "used": False}
    about = {"complaint": complaint, "appointment": appointment, "destination": None}
    work.queue_write(INVITATION.insert(), {**fresh, **about})


# --- finding and using them -------------------------------------------------------------------------------------


async def of_link(work: UnitOfWork, code: str) -> Invitation | None:
    """The invitation of a link's code, while it can be used."""
    found = await _find(work, digest(code), *LINKS)
    return found if found is not None and not found.used and not found.is_over(work.now) else None


async def of_group_code(work: UnitOfWork, code: str) -> Invitation | None:
    """The invitation of a code that somebody has posted, used or not, while it isn't over."""
    found = await _find(work, typed(code), InvitationKind.GROUP)
    return found if found is not None and not found.is_over(work.now) else None


async def of_button(work: UnitOfWork, person: int, beginning: str) -> Invitation | None:
    """The officer's own invitation of a group whose digest begins so."""
    mine = (INVITATION.c.kind == InvitationKind.GROUP, INVITATION.c.person == person)
    begins_so = INVITATION.c.digest.startswith(beginning, autoescape=True)
    row = await work.first(EVERY.where(*mine, begins_so).limit(1)) if len(beginning) == BEGINNING else None
    return Invitation(**{**row._mapping, "kind": InvitationKind(row.kind)}) if row else None


async def _find(work: UnitOfWork, of: str, *kinds: InvitationKind) -> Invitation | None:
    row = await work.first(OF_CODE, of=of, kinds=kinds)
    return Invitation(**{**row._mapping, "kind": InvitationKind(row.kind)}) if row else None


def posted(work: UnitOfWork, invitation: Invitation, destination: int) -> None:
    """The code was posted in that group."""
    mine = update(INVITATION).where(INVITATION.c.digest == invitation.digest)
    work.queue_write(mine.values(destination=destination))


def use(work: UnitOfWork, invitation: Invitation, by: int | None = None) -> None:
    """Of two who use it at once, one meets a conflict and then finds it used."""
    unused = update(INVITATION).where(INVITATION.c.digest == invitation.digest, INVITATION.c.used.is_(False))
    work.queue_write(unused.values(used=True, used_by=by), expect_rows=True)


# --- guesses ----------------------------------------------------------------------------------------------------


async def locked_out(work: UnitOfWork, person: int) -> bool:
    """After five wrong codes within an hour no code is looked at any more, not even a right one."""
    row = await work.first(TRIED, person=person, since=work.now - WITHIN)
    return row is not None and row[0] >= WRONG_TRIES


def stumbled(work: UnitOfWork, person: int) -> None:
    work.queue_write(FAILED_CODE_ATTEMPT.insert(), {"person": person, "at": work.now})


def digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()


def typed(code: str) -> str:
    """The digest of a code that people type, in whichever letters."""
    return digest(code.strip().upper())
