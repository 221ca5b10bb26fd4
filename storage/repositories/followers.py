"""Family members who follow a case beside its household."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import bindparam, select, update

from complaints.model.people import Household
from storage.db.unit_of_work import UnitOfWork, memoised, remember
from storage.tables import FOLLOWER, FollowerRow

FOLLOWERS = select(FOLLOWER).where(FOLLOWER.c.complaint == bindparam("of_case"), FOLLOWER.c.active)

FOLLOWERS_OF = select(FOLLOWER).where(FOLLOWER.c.complaint.in_(bindparam("these", expanding=True)), FOLLOWER.c.active)


def add(work: UnitOfWork, household: Household, person: int) -> Household:
    """The person follows the case from now on, also after having left it once."""
    values = {"household": household.id, "active": True, "since": work.now}
    fresh = work.insert(FOLLOWER).values(complaint=household.complaint, person=person, **values)
    work.queue_write(fresh.on_conflict_do_update(index_elements=["complaint", "person"], set_=values))
    return seen_by(household, person)


def leave(work: UnitOfWork, complaint: int, person: int) -> None:
    mine = (FOLLOWER.c.complaint == complaint, FOLLOWER.c.person == person)
    work.queue_write(update(FOLLOWER).where(*mine).values(active=False))


def seen_by(household: Household, person: int) -> Household:
    """The household as somebody of the family stands to it: `follows`, and can change nothing."""
    return replace(household, person=person, follows=True)


async def look_up(work: UnitOfWork, complaints: Collection[int]) -> None:
    """Those of these cases in one read, for what will ask for them case by case."""
    found: dict[int, list[tuple[int, int]]] = {complaint: [] for complaint in complaints}
    for row in await work.rows_of(FollowerRow, FOLLOWERS_OF, these=complaints):
        found[row.complaint].append((row.person, row.household))
    for complaint, followers in found.items():
        remember(work, of_case, tuple(followers), complaint)


@memoised
async def of_case(work: UnitOfWork, complaint: int) -> tuple[tuple[int, int], ...]:
    """(person, household) of everybody who follows the case."""
    return tuple((r.person, r.household) for r in await work.rows_of(FollowerRow, FOLLOWERS, of_case=complaint))
