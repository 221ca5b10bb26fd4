"""The homes of a resident who has more than one."""

from sqlalchemy import bindparam, delete, select

from complaints.model.people import Home, Person
from storage.db.unit_of_work import UnitOfWork
from storage.tables import HOME, HomeRow

HOMES = select(HOME).where(HOME.c.person == bindparam("person")).order_by(HOME.c.id)


async def others(work: UnitOfWork, person: Person) -> list[tuple[int, Home]]:
    """Every home but the one that is spoken of now, by row id."""
    rows = await work.rows_of(HomeRow, HOMES, person=person.id)
    found = [(r.id, _home(r)) for r in rows]
    return [(number, home) for number, home in found if home != person.home]


def _home(r: HomeRow) -> Home:
    return Home(project=r.project, building=r.building, room=r.room)


def keep(work: UnitOfWork, person: int, home: Home) -> None:
    """One more home, if it isn't known yet."""
    fresh = work.insert(HOME).values(person=person, project=home.project, building=home.building, room=home.room)
    work.queue_write(fresh.on_conflict_do_nothing())


def leave(work: UnitOfWork, person: int, home: Home) -> None:
    mine = (HOME.c.person == person, HOME.c.project == home.project)
    work.queue_write(delete(HOME).where(*mine, HOME.c.building == home.building, HOME.c.room == home.room))
