"""Live cards that show less than their case is by now, and messages that are to lose their buttons."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, Update, and_, bindparam, select, update

from complaints.model.notice import Audience
from storage.db.typed_rows import as_rows
from storage.db.unit_of_work import Database, UnitOfWork
from storage.messaging.outbox import OutboxMessage
from storage.tables import DESTINATION, SENT_MESSAGE

SPENT = ":spent"  # ends the kind of a message whose buttons do nothing any more; it is live until they are gone
SUPERSEDED = ":superseded"  # ends the kind of a card in whose place a newer one stands, until it has been edited


@dataclass(frozen=True, kw_only=True)
class Card:
    """A live card whose case has moved on since it was last edited."""

    id: int
    destination: int
    chat: int
    group: bool
    message_id: int
    complaint: int
    kind: str
    recipient_role: str
    household: int | None
    wanted: int
    content: str

    @property
    def is_superseded(self) -> bool:
        return self.kind.endswith(SUPERSEDED)

    @property
    def is_spent(self) -> bool:
        return self.kind.endswith(SPENT)


class StaleRow:
    """A message that shows less than its case is by now, with its chat."""

    id: int
    destination: int
    chat: int
    destination_kind: str
    message_id: int
    complaint: int
    kind: str
    recipient_role: str
    household: int | None
    wanted: int
    content: str


STALE = (
    select(SENT_MESSAGE, DESTINATION.c.chat, DESTINATION.c.kind.label("destination_kind"))
    .join(DESTINATION, DESTINATION.c.id == SENT_MESSAGE.c.destination)
    .where(
        and_(SENT_MESSAGE.c.live, SENT_MESSAGE.c.shown < SENT_MESSAGE.c.wanted),
        SENT_MESSAGE.c.edited <= bindparam("edited_before"),
        DESTINATION.c.reachable,
    )
    .order_by(SENT_MESSAGE.c.edited)
    .limit(50)
)
CHANGE = update(SENT_MESSAGE).where(SENT_MESSAGE.c.id == bindparam("card"))


async def stale_cards(store: Database, edited_before: float) -> list[Card]:
    async with store.reading_now() as reading:
        rows = as_rows(StaleRow, await store.statements.rows(reading, STALE, {"edited_before": edited_before}))
    return [
        Card(
            id=r.id,
            destination=r.destination,
            chat=r.chat,
            group=r.destination_kind == "group",
            message_id=r.message_id,
            complaint=r.complaint,
            kind=r.kind,
            recipient_role=r.recipient_role,
            household=r.household,
            wanted=r.wanted,
            content=r.content,
        )
        for r in rows
    ]


OF_CASE = (SENT_MESSAGE.c.destination == bindparam("in_chat"), SENT_MESSAGE.c.complaint == bindparam("of_case"))
STANDS = (
    SENT_MESSAGE.c.live,
    SENT_MESSAGE.c.kind.not_like(f"%{SUPERSEDED}"),
    SENT_MESSAGE.c.kind.not_like(f"%{SPENT}"),
)
READ_BY = {
    "group": SENT_MESSAGE.c.kind == bindparam("of_kind"),
    "resident": SENT_MESSAGE.c.kind.like(f"{Audience.RESIDENT.value}.%"),
    "staff": SENT_MESSAGE.c.kind.not_like(f"{Audience.RESIDENT.value}.%"),
}
FIRST_IN_GROUP = select(SENT_MESSAGE.c.message_id).where(*OF_CASE).order_by(SENT_MESSAGE.c.message_id).limit(1)


def _reader(of: OutboxMessage) -> str:
    """As whom the owner of a private chat reads it; what answers a tap belongs to staff's card where there is one."""
    return "resident" if of.kind.startswith(f"{Audience.RESIDENT.value}.") else "staff"


@cache
def _earlier(where: str) -> Update:
    """Marks those before; `where` is "group", or who reads it in private, "resident" or "staff"."""
    marked = {"kind": SENT_MESSAGE.c.kind + SUPERSEDED, "wanted": SENT_MESSAGE.c.shown + 1}
    return update(SENT_MESSAGE).where(*OF_CASE, *STANDS, READ_BY[where]).values(**marked)


@cache
def _newest(where: str) -> Select[tuple[int]]:
    """The card that stands; of somebody who reads as both the one of the asked kind first."""
    theirs = SENT_MESSAGE.c.message_id
    asked_first = READ_BY[where].desc()
    return select(theirs).where(*OF_CASE, *STANDS).order_by(asked_first, theirs.desc()).limit(1)


async def card_of(work: UnitOfWork, message: OutboxMessage) -> int | None:
    """The message that whatever concerns a case replies to: the card in a private chat, in a group what came first."""
    asked = FIRST_IN_GROUP if message.group else _newest(_reader(message))
    row = await work.first(asked, in_chat=message.destination, of_case=message.complaint)
    return row.message_id if row else None


def supersede(work: UnitOfWork, newer: OutboxMessage) -> None:
    """One live card per case and chat, the newest: those before it are edited once more, to lose their buttons.

    Staff whose own household has the case has one as either. In a group each kind of card has its own, for each tells
    of something else.
    """
    of = {"in_chat": newer.destination, "of_case": newer.complaint}
    if newer.group:
        work.queue_write(_earlier("group"), {**of, "of_kind": newer.kind})
        return
    work.queue_write(_earlier(_reader(newer)), of)


def shown(work: UnitOfWork, card: Card, version: int, content: str) -> None:
    """The card is as its case is; a superseded or spent one will never change again."""
    if card.is_superseded or card.is_spent:
        unlive(work, card)
        return
    work.queue_write(CHANGE, {"card": card.id, "shown": version, "edited": work.real, "content": content})


def opened(work: UnitOfWork, destination: int, message_id: int) -> None:
    """A menu stands on the card now: the next drawing is shown whatever it is."""
    mine = (SENT_MESSAGE.c.destination == destination, SENT_MESSAGE.c.message_id == message_id)
    work.queue_write(update(SENT_MESSAGE).where(*mine).values(content=""))


def postpone(work: UnitOfWork, card: Card) -> None:
    """The edit didn't go through; again after the usual gap."""
    work.queue_write(CHANGE, {"card": card.id, "edited": work.real})


def unlive(work: UnitOfWork, card: Card) -> None:
    """It is edited no more, and stays as it is."""
    work.queue_write(CHANGE, {"card": card.id, "live": False, "content": ""})
