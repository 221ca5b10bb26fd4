"""The claim of updates that may be handled now, at about the same cost however many wait.

What is urgent comes before the rest, and in each of these two lines the oldest come first. Where hardly any of those
few may be handled (somebody floods us, and waits), the senders are gone through in a circle, each with one step down
an index; so nobody is hidden behind what somebody else has sent.
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


SERVED = select(INBOX.c.sender_id).where(INBOX.c.state == "claimed").order_by(INBOX.c.id.desc()).limit(1)
HEAD = INBOX.alias("head")


def _among_oldest(*line: ColumnElement[bool]) -> AnySelect:
    """The oldest updates of a line, and of each whether it may be handled now."""
    oldest = (
        _waiting(*line)
        .with_only_columns(INBOX.c.id, INBOX.c.sender_id, INBOX.c.not_before, INBOX.c.album)
        .order_by(INBOX.c.id)
        .limit(LOOKED_AT)
        .subquery("oldest")
    )
    sibling = (EARLIER.c.album == oldest.c.album) & (EARLIER.c.album != "")
    free = and_(
        _due(oldest), _none_earlier(oldest, "claimed"), _none_earlier(oldest, "ready", or_(_fresh(EARLIER), sibling))
    )
    return select(oldest.c.id, free.label("free"))


def _sender(*where: ColumnElement[bool]) -> ScalarSelect[int]:
    """The first sender, by number, of whom an update waits."""
    found = _waiting(*where).with_only_columns(INBOX.c.sender_id)
    return found.order_by(INBOX.c.sender_id, INBOX.c.id).limit(1).scalar_subquery()


def _next(sender: ColumnElement[int], *line: ColumnElement[bool]) -> ColumnElement[int]:
    """After the last one comes the first."""
    return func.coalesce(_sender(INBOX.c.sender_id > sender, *line), _sender(*line))


def _in_circle(*line: ColumnElement[bool]) -> AnySelect:
    """The first update of each sender of a line that may be handled now.

    It begins anywhere (after whoever is being served) and ends where it began, for no row comes into it twice. A
    sender's first update is one that hasn't stepped aside, or is due again. It is asked for as the first from that
    sender on, since the index by sender alone has that order: by any other a flood would be walked through.
    """
    begin = select(_next(SERVED.scalar_subquery(), *line).label("sender")).cte("circle", recursive=True)
    circle = begin.union(select(_next(begin.c.sender, *line)).where(begin.c.sender.is_not(None)))
    first = (
        _waiting(INBOX.c.sender_id >= circle.c.sender, or_(_fresh(INBOX), _due(INBOX)), *line)
        .with_only_columns(INBOX.c.id)
        .order_by(INBOX.c.sender_id, INBOX.c.id)
        .limit(1)
        .correlate(circle)
    )
    head = select(HEAD.c.id).where(HEAD.c.id == first.scalar_subquery(), _due(HEAD), _none_earlier(HEAD, "claimed"))
    turns = select(head.correlate(circle).scalar_subquery().label("id")).select_from(circle).subquery("turns")
    return select(turns.c.id).where(turns.c.id.is_not(None)).limit(IN_TURN)


AMONG_URGENT, URGENT_IN_CIRCLE = _among_oldest(INBOX.c.urgent), _in_circle(INBOX.c.urgent)
AMONG_OLDEST, IN_CIRCLE = _among_oldest(), _in_circle()

# What is still so, a moment later. SQLite has one writer and knows no locks of rows.
STILL = (
    _waiting(INBOX.c.id.in_(bindparam("found", expanding=True)), _due(INBOX), _none_earlier(INBOX, "claimed"))
    .order_by(INBOX.c.urgent.desc(), INBOX.c.id)
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
    """The ids of updates that may be handled now, the urgent ones before the oldest; none where nobody's may."""
    async with store.reading_now() as reading:
        urgent = await _in_line(store, reading, (AMONG_URGENT, URGENT_IN_CIRCLE), real, limit)
        others = set[int]()
        if len(urgent) < limit:
            others = await _in_line(store, reading, (AMONG_OLDEST, IN_CIRCLE), real, limit)
    return [*sorted(urgent), *sorted(others - urgent)][: limit * SPARE]


async def _in_line(
    store: Database, reading: AsyncConnection, line: tuple[AnySelect, AnySelect], real: float, limit: int
) -> set[int]:
    among_oldest, in_circle = line
    oldest = await store.statements.rows(reading, among_oldest, {"real": real})
    found = {row.id for row in oldest if row.free}
    if len(found) < limit and len(oldest) == LOOKED_AT:  # else nothing waits behind them
        found |= {row.id for row in await store.statements.rows(reading, in_circle, {"real": real})}
    return found


async def take(
    store: Database, connection: AsyncConnection, found: Sequence[int], real: float, limit: int
) -> list[list[InboxRow]]:
    """Lock up to `limit` of what was found, one of each sender, an album with its other parts."""
    asked = {"found": found, "real": real, "limit": limit}
    rows = as_rows(InboxRow, await store.statements.rows(connection, STILL, asked))
    first = {row.sender_id: row for row in reversed(rows)}
    return [[row, *await _rest(store, connection, row, real)] for row in rows if row is first[row.sender_id]]


async def _rest(store: Database, connection: AsyncConnection, first: InboxRow, real: float) -> list[InboxRow]:
    """The other parts of the update's album that are there."""
    if not first.album:
        return []
    asked = {"sender": first.sender_id, "after": first.id}
    rows = as_rows(InboxRow, await store.statements.rows(connection, FOLLOWING, asked))
    return list(takewhile(lambda row: row.album == first.album and row.not_before <= real, rows))
