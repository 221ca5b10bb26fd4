"""Messages whose buttons have had their day: a question that is answered, and what stood before a case's end.

They lose their buttons in the background, as live cards are edited; until then a press is answered as it is now.
"""

from sqlalchemy import ColumnElement, Select, func, or_, select, update

from complaints.model.complaint import Complaint
from complaints.model.events import Classified, Closed, Event, Rated, Resolved, Signed, Withdrawn
from complaints.model.roles import COMPANY_RECIPIENTS
from complaints.notifications import spent
from storage.db.unit_of_work import UnitOfWork
from storage.messaging.live_messages import SPENT
from storage.messaging.outbox import UNFINISHED, OutboxMessage
from storage.tables import DESTINATION, HOUSEHOLD, OUTBOX, SENT_MESSAGE

SORTING = "question.sorting"  # the kind of 「怎么分类？」, which anybody who sorts the case answers
LASTING = ("manager.rated",)  # 「申请复核」 is for after the end
ENDS = (Resolved, Withdrawn, Closed)
STANDING = (
    SENT_MESSAGE.c.live.is_(False),
    SENT_MESSAGE.c.content != "",
    SENT_MESSAGE.c.kind.not_like(f"%{SPENT}"),
)


def spend(work: UnitOfWork, destination: int, message_id: int | None) -> None:
    """A question that was answered, where it stands."""
    _spend(work, SENT_MESSAGE.c.destination == destination, SENT_MESSAGE.c.message_id == message_id)


def spend_on_its_way(work: UnitOfWork, key: str) -> None:
    """The same of one that hasn't arrived yet: it goes without buttons, or loses them when its send has ended.

    Where it has just arrived the work is a conflict, and finds where it stands when it is run again.
    """
    question = update(OUTBOX).where(OUTBOX.c.key == key, OUTBOX.c.state.in_(UNFINISHED))
    work.queue_write(question.values(kind=OUTBOX.c.kind + SPENT), expect_rows=1)


def arrived(work: UnitOfWork, message: OutboxMessage, message_id: int) -> None:
    """A question stands now; where it was answered while it was being sent it is to lose its buttons at once."""
    mine = (SENT_MESSAGE.c.destination == message.destination, SENT_MESSAGE.c.message_id == message_id)
    answered = select(OUTBOX.c.id).where(OUTBOX.c.id == message.id, OUTBOX.c.kind.like(f"%{SPENT}"))
    _spend(work, *mine, answered.exists())


def redrawn(work: UnitOfWork, destination: int, message_id: int, content: str) -> None:
    """The message reads otherwise from now on, or is gone; without `content` there is nothing to tap any more.

    What was spent by the same tap isn't any more where it offers something new.
    """
    mine = (SENT_MESSAGE.c.destination == destination, SENT_MESSAGE.c.message_id == message_id)
    spent = SENT_MESSAGE.c.kind.like(f"%{SPENT}")
    work.queue_write(update(SENT_MESSAGE).where(*mine, SENT_MESSAGE.c.live.is_(False) | spent).values(content=content))
    if content:
        offers = {"kind": func.replace(SENT_MESSAGE.c.kind, SPENT, ""), "live": False}
        work.queue_write(update(SENT_MESSAGE).where(*mine, spent).values(**offers))


def by_event(work: UnitOfWork, complaint: Complaint, event: Event) -> None:
    """What an event of the case leaves no use for; what it tells itself comes later and stays."""
    mine = SENT_MESSAGE.c.complaint == complaint.id
    if kinds := spent.answered(event):
        _spend(work, mine, SENT_MESSAGE.c.kind.in_(kinds))
    if isinstance(event, Signed):
        _spend(work, mine, SENT_MESSAGE.c.kind == spent.ORDER, SENT_MESSAGE.c.destination.in_(_private(event.by)))
    if roles := spent.left(event, complaint):
        others = SENT_MESSAGE.c.destination.not_in(_private(complaint.assignee))
        _spend(work, mine, SENT_MESSAGE.c.recipient_role.in_(roles), SENT_MESSAGE.c.kind.not_in(spent.OF_ALL), others)
    if isinstance(event, Classified):
        _spend(work, mine, SENT_MESSAGE.c.kind == SORTING)
        asked = (OUTBOX.c.complaint == complaint.id, OUTBOX.c.kind == SORTING, OUTBOX.c.state.in_(UNFINISHED))
        work.queue_write(update(OUTBOX).where(*asked).values(kind=OUTBOX.c.kind + SPENT))
    if isinstance(event, Rated):
        _spend(work, mine, _of_households(complaint.id, HOUSEHOLD.c.id == event.complainant))
    elif isinstance(event, ENDS) and not complaint.is_open:
        company = SENT_MESSAGE.c.recipient_role.in_(COMPANY_RECIPIENTS) & SENT_MESSAGE.c.kind.not_in(LASTING)
        _spend(work, mine, or_(company, SENT_MESSAGE.c.kind == SORTING, _of_households(complaint.id)))


def _private(person: int | None) -> Select[tuple[int]]:
    return select(DESTINATION.c.id).where(DESTINATION.c.kind == "private", DESTINATION.c.person == person)


def _of_households(complaint_id: int, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whatever stands in the private chats of the case's households, notices and answers."""
    people = select(HOUSEHOLD.c.person).where(HOUSEHOLD.c.complaint == complaint_id, *which)
    chats = select(DESTINATION.c.id).where(DESTINATION.c.kind == "private", DESTINATION.c.person.in_(people))
    return SENT_MESSAGE.c.destination.in_(chats)


def _spend(work: UnitOfWork, *which: ColumnElement[bool]) -> None:
    spent = {"kind": SENT_MESSAGE.c.kind + SPENT, "live": True, "wanted": SENT_MESSAGE.c.shown + 1}
    work.queue_write(update(SENT_MESSAGE).where(*STANDING, *which).values(**spent))
