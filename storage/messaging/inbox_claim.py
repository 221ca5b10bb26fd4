"""The claim of updates that may be handled now, at about the same cost however many wait.

The oldest come first. Where hardly any of those few may be handled (somebody floods us, and waits), the senders are
gone through in a circle, each with one step down an index; so nobody is hidden behind what somebody else has sent.
"""

from collections.abc import Sequence
from itertools import takewhile

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.typed_rows import AnySelect, as_rows
from storage.db.unit_of_work import Database
from storage.tables import INBOX, InboxRow

STEPS_ASIDE_AFTER = 2  # attempts, by which an update lets its sender's next ones pass
LOOKED_AT = 200  # of the oldest updates
IN_TURN = 100  # senders of whom one may be handled
SPARE = 12  # times as many are found as are wanted: other instances take some of them
IN_AN_ALBUM = 10


def _waiting(*where: ColumnElement[bool]) -> AnySelect:
    return select(INBOX).where(INBOX.c.state == "ready", *where)


def _due(row: FromClause) -> ColumnElement[bool]:
    return row.c.not_before <= bindparam("real")


def _fresh(row: FromClause) -> ColumnElement[bool]:
    return row.c.attempts < STEPS_ASIDE_AFTER


EARLIER = INBOX.alias("earlier")


def _none_earlier(row: FromClause, state: str, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """No earlier update of the same sender is in that state. One look for each row: as a join it may become a scan."""
    mine = (EARLIER.c.state == state, EARLIER.c.sender_id == row.c.sender_id, EARLIER.c.id < row.c.id)
    return select(EARLIER.c.id).where(*mine, *where).limit(1).correlate(row).scalar_subquery().is_(None)


OLDEST = (
    _waiting()
    .with_only_columns(INBOX.c.id, INBOX.c.sender_id, INBOX.c.not_before, INBOX.c.album)
    .order_by(INBOX.c.id)
    .limit(LOOKED_AT)
    .subquery("oldest")
)
SIBLING = (EARLIER.c.album == OLDEST.c.album) & (EARLIER.c.album != "")
FREE = and_(
    _due(OLDEST), _none_earlier(OLDEST, "claimed"), _none_earlier(OLDEST, "ready", or_(_fresh(EARLIER), SIBLING))
)
AMONG_OLDEST = select(OLDEST.c.id, FREE.label("free"))


def _sender(*where: ColumnElement[bool]) -> ScalarSelect[int]:
    """The first sender, by number, of whom an update waits."""
    found = _waiting(*where).with_only_columns(INBOX.c.sender_id)
    return found.order_by(INBOX.c.sender_id, INBOX.c.id).limit(1).scalar_subquery()


def _next(sender: ColumnElement[int]) -> ColumnElement[int]:
    """After the last one comes the first."""
    return func.coalesce(_sender(INBOX.c.sender_id > sender), _sender())


# It begins anywhere (after whoever is being served) and ends where it began, for no row comes into it twice.
SERVED = select(INBOX.c.sender_id).where(INBOX.c.state == "claimed").order_by(INBOX.c.id.desc()).limit(1)
BEGIN = select(_next(SERVED.scalar_subquery()).label("sender")).cte("circle", recursive=True)
CIRCLE = BEGIN.union(select(_next(BEGIN.c.sender)).where(BEGIN.c.sender.is_not(None)))
# A sender's first update that hasn't stepped aside, or is due again. Asked for as the first from that sender on, since
# the index by sender alone has that order: by any other a flood would be walked through.
FIRST = (
    _waiting(INBOX.c.sender_id >= CIRCLE.c.sender, or_(_fresh(INBOX), _due(INBOX)))
    .with_only_columns(INBOX.c.id)
    .order_by(INBOX.c.sender_id, INBOX.c.id)
    .limit(1)
    .correlate(CIRCLE)
)
HEAD = INBOX.alias("head")
TURN = select(HEAD.c.id).where(HEAD.c.id == FIRST.scalar_subquery(), _due(HEAD), _none_earlier(HEAD, "claimed"))
TURNS = select(TURN.correlate(CIRCLE).scalar_subquery().label("id")).select_from(CIRCLE).subquery("turns")
IN_CIRCLE = select(TURNS.c.id).where(TURNS.c.id.is_not(None)).limit(IN_TURN)

# What is still so, a moment later. SQLite has one writer and knows no locks of rows.
STILL = (
    _waiting(INBOX.c.id.in_(bindparam("found", expanding=True)), _due(INBOX), _none_earlier(INBOX, "claimed"))
    .order_by(INBOX.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=INBOX)
)
FOLLOWING = (
    _waiting(INBOX.c.sender_id == bindparam("sender"), INBOX.c.id > bindparam("after"))
    .order_by(INBOX.c.id)
    .limit(IN_AN_ALBUM - 1)
    .with_for_update(skip_locked=True, of=INBOX)
)


async def look(store: Database, real: float, limit: int) -> list[int]:
    """The ids of updates that may be handled now, the oldest first; none where nobody's may."""
    async with store.reading_now() as reading:
        oldest = (await reading.execute(AMONG_OLDEST, {"real": real})).all()
        found = {row.id for row in oldest if row.free}
        if len(found) < limit and len(oldest) == LOOKED_AT:  # else nothing waits behind them
            found |= {*(await reading.execute(IN_CIRCLE, {"real": real})).scalars()}
    return sorted(found)[: limit * SPARE]


async def take(connection: AsyncConnection, found: Sequence[int], real: float, limit: int) -> list[list[InboxRow]]:
    """Lock up to `limit` of what was found, one of each sender, an album with its other parts."""
    rows = as_rows(InboxRow, (await connection.execute(STILL, {"found": found, "real": real, "limit": limit})).all())
    first = {row.sender_id: row for row in reversed(rows)}
    return [[row, *await _rest(connection, row, real)] for row in rows if row is first[row.sender_id]]


async def _rest(connection: AsyncConnection, first: InboxRow, real: float) -> list[InboxRow]:
    """The other parts of the update's album that are there."""
    if not first.album:
        return []
    later = await connection.execute(FOLLOWING, {"sender": first.sender_id, "after": first.id})
    rows = as_rows(InboxRow, later.all())
    return list(takewhile(lambda row: row.album == first.album and row.not_before <= real, rows))
