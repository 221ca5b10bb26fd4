"""Absences and their deputies, and the on-call shifts of projects."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import bindparam, delete, select, update

from complaints.model.people import Role
from complaints.time.on_call import Absence, OnCallShift
from storage.db import shared_reads
from storage.db.civil_time import today
from storage.db.shared_reads import Topic, shared
from storage.db.unit_of_work import UnitOfWork
from storage.tables import ABSENCE, ON_CALL_SHIFT, AbsenceRow, OnCallShiftRow

AWAY = select(ABSENCE).where(ABSENCE.c.since <= bindparam("day"), ABSENCE.c.until >= bindparam("day"))
DEPUTISED = AWAY.where(ABSENCE.c.deputy == bindparam("person"))
PLANNED = select(ABSENCE).where(ABSENCE.c.person == bindparam("person"), ABSENCE.c.until >= bindparam("day"))
Span = tuple[datetime, datetime]
WATCHES = select(ON_CALL_SHIFT).where(ON_CALL_SHIFT.c.until > bindparam("now"))
ROTA = WATCHES.where(ON_CALL_SHIFT.c.project == bindparam("project")).order_by(ON_CALL_SHIFT.c.since)
ROTAS = WATCHES.where(ON_CALL_SHIFT.c.project.in_(bindparam("projects", expanding=True))).order_by(
    ON_CALL_SHIFT.c.since
)
WATCHING = WATCHES.where(ON_CALL_SHIFT.c.person == bindparam("person"))


def _absence(r: AbsenceRow) -> Absence:
    return Absence(id=r.id, person=r.person, deputy=r.deputy, role=r.role, scope=r.scope, since=r.since, until=r.until)


def _watch(r: OnCallShiftRow) -> OnCallShift:
    return OnCallShift(id=r.id, project=r.project, person=r.person, since=r.since, until=r.until)


async def deputised(work: UnitOfWork, person: int) -> tuple[Absence, ...]:
    """For whom the person stands in today."""
    return await _deputised(work, person, today(work.now))


@shared(Topic.REGISTRY)
async def _deputised(work: UnitOfWork, person: int, day: date) -> tuple[Absence, ...]:
    return tuple(map(_absence, await work.rows_of(AbsenceRow, DEPUTISED, person=person, day=day)))


async def is_away(work: UnitOfWork, person: int) -> bool:
    """Whether somebody else stands in for the person today."""
    return any(absence.since <= today(work.now) for absence in await planned(work, person))


async def planned(work: UnitOfWork, person: int) -> tuple[Absence, ...]:
    """The person's own absences that are not over."""
    return await _planned(work, person, today(work.now))


@shared(Topic.REGISTRY)
async def _planned(work: UnitOfWork, person: int, day: date) -> tuple[Absence, ...]:
    return tuple(map(_absence, await work.rows_of(AbsenceRow, PLANNED, person=person, day=day)))


def leave(work: UnitOfWork, person: int, deputy: int, role: Role, scope: str, since: date, until: date) -> None:
    """The deputy takes over the appointment; what was planned for the same days before falls away."""
    mine = (ABSENCE.c.person == person, ABSENCE.c.role == role.value, ABSENCE.c.scope == scope)
    work.queue_write(delete(ABSENCE).where(*mine, ABSENCE.c.since <= until, ABSENCE.c.until >= since))
    fresh = {"person": person, "deputy": deputy, "role": role.value, "scope": scope, "since": since, "until": until}
    work.queue_write(ABSENCE.insert(), fresh)


def come_back(work: UnitOfWork, person: int) -> None:
    """What has begun ended yesterday, what was planned falls away."""
    day = today(work.now)
    mine = ABSENCE.c.person == person
    work.queue_write(delete(ABSENCE).where(mine, ABSENCE.c.since > day))
    work.queue_write(update(ABSENCE).where(mine, ABSENCE.c.until >= day).values(until=day - timedelta(days=1)))


async def turned(work: UnitOfWork) -> list[Absence]:
    """Absences that are on today, or ended yesterday."""
    day = today(work.now)
    rows = await work.rows_of(
        AbsenceRow, select(ABSENCE).where(ABSENCE.c.since <= day, ABSENCE.c.until >= day - timedelta(days=1))
    )
    return [_absence(r) for r in rows]


async def on_watch(work: UnitOfWork, project: str) -> tuple[OnCallShift, ...]:
    """Who answers for the project now."""
    return _now(work, await _of_project(work, project, _midnight(work)))


async def watching(work: UnitOfWork, person: int) -> tuple[OnCallShift, ...]:
    """The projects for which the person answers now."""
    return _now(work, await _of_person(work, person, _midnight(work)))


async def rota(work: UnitOfWork, project: str) -> list[OnCallShift]:
    """Who answers now and later, in order."""
    return [shift for shift in await _of_project(work, project, _midnight(work)) if shift.until > work.now]


async def look_up(work: UnitOfWork, projects: Iterable[str]) -> None:
    """The rotas of these projects in one read."""
    midnight = _midnight(work)

    async def found(missing: Sequence[tuple[Hashable, ...]]) -> dict[tuple[Hashable, ...], tuple[OnCallShift, ...]]:
        shifts: dict[Hashable, list[OnCallShift]] = {project: [] for project, _ in missing}
        for row in await work.rows_of(OnCallShiftRow, ROTAS, projects=list(shifts), now=midnight):
            shifts[row.project].append(_watch(row))
        return {(project, midnight): tuple(rota) for project, rota in shifts.items()}

    await shared_reads.look_up(work, Topic.REGISTRY, _of_project, ((one, midnight) for one in projects), found)


@shared(Topic.REGISTRY)
async def _of_project(work: UnitOfWork, project: str, after: datetime) -> tuple[OnCallShift, ...]:
    return tuple(map(_watch, await work.rows_of(OnCallShiftRow, ROTA, project=project, now=after)))


@shared(Topic.REGISTRY)
async def _of_person(work: UnitOfWork, person: int, after: datetime) -> tuple[OnCallShift, ...]:
    return tuple(map(_watch, await work.rows_of(OnCallShiftRow, WATCHING, person=person, now=after)))


def _midnight(work: UnitOfWork) -> datetime:
    """What ends later is read of a day's shifts, once for all of its moments."""
    return datetime.combine(work.now.astimezone(UTC), time.min, UTC)


def _now(work: UnitOfWork, shifts: Iterable[OnCallShift]) -> tuple[OnCallShift, ...]:
    return tuple(shift for shift in shifts if shift.since <= work.now < shift.until)


async def post(work: UnitOfWork, project: str, person: int, spans: Sequence[Span]) -> None:
    """More lines of the rota, in order; what they overlap gives way for those times and no longer."""
    for before in await rota(work, project):
        whole = (before.since, before.until)
        left = list(_without(whole, spans))
        if left != [whole]:
            work.queue_write(delete(ON_CALL_SHIFT).where(ON_CALL_SHIFT.c.id == before.id))
            _add(work, project, before.person, left)
    _add(work, project, person, spans)


def _without(whole: Span, cuts: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span when others, in order, are cut out of it."""
    begin, end = whole
    for since, until in cuts:
        if begin < min(since, end):
            yield begin, min(since, end)
        begin = max(begin, until)
    if begin < end:
        yield begin, end


def _add(work: UnitOfWork, project: str, person: int, spans: Iterable[Span]) -> None:
    for since, until in spans:
        work.queue_write(ON_CALL_SHIFT.insert(), {"project": project, "person": person, "since": since, "until": until})


def relieve(work: UnitOfWork, project: str) -> None:
    """The rota of the project is empty again."""
    work.queue_write(delete(ON_CALL_SHIFT).where(ON_CALL_SHIFT.c.project == project))
