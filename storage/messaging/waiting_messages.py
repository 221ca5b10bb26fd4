"""What the outbox dispatcher knows of the messages that wait: enough to choose the next one, and no words."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, union_all

from storage.db.typed_rows import AnySelect, as_rows
from storage.db.unit_of_work import Database, UnitOfWork
from storage.messaging.outbox import OUTBOX_MESSAGES, UNFINISHED, OutboxMessage, QueuedRow, outbox_message_of
from storage.messaging.outbox_batching import MAY_BE_DIGESTED
from storage.tables import DESTINATION, OUTBOX

OVERLAP = 200  # ids before the newest that may still appear: PostgreSQL shows a later transaction's rows earlier


class WaitingRow:
    """A message that isn't finished; one that isn't `ready` only holds back later ones of its case and recipient."""

    id: int
    destination: int
    chat: int
    destination_kind: str
    complaint: int | None
    method: str
    priority: int
    not_before: float
    state: str
    may_be_digested: bool
    digest_id: int | None


def _holds_back(state: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(state.in_(UNFINISHED), and_(state == "digested", OUTBOX.c.sent_at.is_(None)))


def _waiting(*where: ColumnElement[bool]) -> AnySelect:
    return (
        select(
            OUTBOX.c.id,
            OUTBOX.c.destination,
            DESTINATION.c.chat,
            DESTINATION.c.kind.label("destination_kind"),
            OUTBOX.c.complaint,
            OUTBOX.c.method,
            OUTBOX.c.priority,
            OUTBOX.c.not_before,
            OUTBOX.c.state,
            MAY_BE_DIGESTED.label("may_be_digested"),
            OUTBOX.c.digest_id,
        )
        .join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
        .where(*where)
    )


ALL = _waiting(_holds_back(OUTBOX.c.state)).order_by(OUTBOX.c.id)
BY_ID = _holds_back(func.coalesce(OUTBOX.c.state, ""))  # what is computed has no index: they are found by their ids
SINCE = union_all(
    _waiting(BY_ID, OUTBOX.c.id > bindparam("last")),
    _waiting(BY_ID, OUTBOX.c.id.in_(bindparam("these", expanding=True))),
)
ONE = OUTBOX_MESSAGES.where(
    OUTBOX.c.id == bindparam("message"), OUTBOX.c.state == "ready", OUTBOX.c.not_before <= bindparam("real")
)


async def every(store: Database) -> Sequence[WaitingRow]:
    """All messages that aren't finished, by id."""
    async with store.reading_now() as reading:
        return as_rows(WaitingRow, await store.statements.rows(reading, ALL, {}))


async def since(store: Database, last: int, these: Collection[int]) -> Sequence[WaitingRow]:
    """Those of them that came after the id `last` or may have appeared since, and those among `these`."""
    overlap = OVERLAP if store.engine.dialect.name == "postgresql" else 0
    async with store.reading_now() as reading:
        asked = {"last": last - overlap, "these": list(these)}
        return as_rows(WaitingRow, await store.statements.rows(reading, SINCE, asked))


async def load(work: UnitOfWork, message: int, owner: str) -> OutboxMessage | None:
    """The whole message, for `owner` to send; None where it needn't be sent any more, or has to wait by now."""
    found = await work.rows_of(QueuedRow, ONE, message=message, real=work.real)
    return outbox_message_of(found[0], owner) if found else None
