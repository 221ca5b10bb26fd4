"""Figures of an area: filed, answered in time, resolved, overdue, open."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from complaints.model.complaint import OPEN, State
from complaints.model.events import Answered, Filed, Rated, Resolved
from complaints.model.roles import OF_COMPANY, OF_OFFICIALS
from storage.db.unit_of_work import UnitOfWork
from storage.queries.case_views import stages_owed
from storage.repositories import cases, ledger
from storage.tables import COMPLAINT, EVENT
from storage.work import Work

COUNTED = (Filed.name, Answered.name, Resolved.name, Rated.name)


async def since(work: Work, column: str, scopes: Collection[str], begin: datetime) -> dict[str, int]:
    """What happened to the cases of the scopes since `begin`, and how many are open now.

    `overdue` counts against the company, `office_overdue` against the bureau and the offices. What ran out in an outage
    of ours is in neither.
    """
    small = column == "project"
    kind = func.coalesce(EVENT.c.kind, "") if small else EVENT.c.kind  # what is computed has no index
    happened = (EVENT.c.at >= begin, _of(column, scopes))
    each_case = func.count(func.distinct(EVENT.c.complaint)).label("how_many")
    query = select(EVENT.c.kind, each_case).where(*happened, kind.in_(COUNTED)).group_by(EVENT.c.kind)
    counted = {row.kind: row.how_many for row in await work.rows(query)}
    overdue = {
        by: await work.first(
            select(each_case).where(*happened, ledger.blamed(roles, case_by_case=small)),
            stages=stages_owed(work, roles),
        )
        for by, roles in (("overdue", OF_COMPANY), ("office_overdue", OF_OFFICIALS))
    }
    late = await _answered_late(work, kind == Answered.name, *happened)
    is_open = select(func.count().label("how_many")).where(
        COMPLAINT.c[column].in_(list(scopes)), COMPLAINT.c.state.in_(sorted(OPEN))
    )
    row = await work.first(is_open)
    return {
        "filed": counted.get(Filed.name, 0),
        "in_time": counted.get(Answered.name, 0) - late,
        "resolved": counted.get(Resolved.name, 0),
        **{by: row.how_many if row else 0 for by, row in overdue.items()},
        "rated": counted.get(Rated.name, 0),
        "open": row.how_many if row else 0,
    }


def _of(column: str, scopes: Collection[str]) -> ColumnElement[bool]:
    """Events of a community's cases are found case by case; of a wider area, among all that happened lately."""
    here = COMPLAINT.c[column].in_(list(scopes))
    if column == "project":
        return EVENT.c.complaint.in_(select(COMPLAINT.c.id).where(here))
    return exists().where(COMPLAINT.c.id == EVENT.c.complaint, here)


async def open_by_street(work: Work, column: str, scope: str) -> list[tuple[str, int]]:
    """How many cases are open in each street ("—" where none is known), most first."""
    street = COMPLAINT.c.body["place"]["street"].as_string()
    many = func.count().label("how_many")
    here = (COMPLAINT.c[column] == scope, COMPLAINT.c.state.in_(sorted(OPEN)))
    rows = await work.rows(select(street.label("street"), many).where(*here).group_by(street).order_by(many.desc()))
    return [(row.street or "—", row.how_many) for row in rows]


async def _answered_late(work: UnitOfWork, *happened: ColumnElement[bool]) -> int:
    rows = await work.rows(select(EVENT.c.body).where(*happened))
    return sum(bool(r.body.get("late")) for r in rows)


async def now(work: UnitOfWork, column: str, scopes: Collection[str]) -> dict[str, dict[str, int]]:
    """Open, overdue and rated cases by project code; overdue by the company, and by the bureau or an office."""
    found: defaultdict[str, dict[str, int]] = defaultdict(
        lambda: {"open": 0, "overdue": 0, "office_overdue": 0, "rated": 0}
    )
    for complaint in await cases.within(work, column, scopes):
        mine = found[complaint.place.project]
        mine["open"] += 1
        mine["overdue"] += complaint.is_overdue_by(OF_COMPANY)
        mine["office_overdue"] += complaint.is_overdue_by(OF_OFFICIALS)
    closed = (COMPLAINT.c[column].in_(list(scopes)), COMPLAINT.c.state == State.CLOSED.value)
    rated = COMPLAINT.c.body["ratings"].as_string().not_in(("[]", "{}"))
    counted = select(COMPLAINT.c.project, func.count().label("how_many")).where(*closed, rated)
    for row in await work.rows(counted.group_by(COMPLAINT.c.project)):
        found[row.project]["rated"] = row.how_many
    return dict(found)
