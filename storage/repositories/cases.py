"""Cases, their households and their statements."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, literal_column, or_, select, update

from complaints.model.complaint import ALIVE, OPEN, Complaint
from complaints.model.people import File, Household, Statement
from storage.db.codec import dump, load_complaint
from storage.db.unit_of_work import UnitOfWork, memoised, remember
from storage.repositories import followers, row_digests
from storage.tables import COMPLAINT, FOLLOWER, HOUSEHOLD, SENT_MESSAGE, STATEMENT, TIMER, HouseholdRow, StatementRow
from storage.tables.cases import NUMBER_END

FRESH, FRESH_HOUSEHOLD, FRESH_STATEMENT = COMPLAINT.insert(), HOUSEHOLD.insert(), STATEMENT.insert()
CASE = select(COMPLAINT.c.body).where(COMPLAINT.c.id == bindparam("complaint"))
THESE: BindParameter[int] = bindparam("these", expanding=True)
CASES = select(COMPLAINT.c.id, COMPLAINT.c.body).where(COMPLAINT.c.id.in_(THESE))
CHANGE = update(COMPLAINT).where(COMPLAINT.c.id == bindparam("of_case"), COMPLAINT.c.version == bindparam("as_read"))
CARDS = update(SENT_MESSAGE).where(SENT_MESSAGE.c.complaint == bindparam("of_case"), SENT_MESSAGE.c.live)
HOUSEHOLDS = select(HOUSEHOLD).where(HOUSEHOLD.c.complaint == bindparam("of_case")).order_by(HOUSEHOLD.c.since)
HOUSEHOLDS_OF = select(HOUSEHOLD).where(HOUSEHOLD.c.complaint.in_(THESE)).order_by(HOUSEHOLD.c.since)
WHOLE_NUMBER = 22  # digits: district, moment, counter
SAID = select(STATEMENT).where(STATEMENT.c.id == bindparam("statement_id"))
WAITING = (TIMER.c.complaint == COMPLAINT.c.id) & (TIMER.c.state == "waiting")
PROMISED = (
    select(COMPLAINT.c.body["pack"].as_string().label("pack"), TIMER.c.stage)
    .distinct()
    .select_from(COMPLAINT.outerjoin(TIMER, WAITING))
    .where(COMPLAINT.c.state.in_(sorted(ALIVE)))
)


async def get(work: UnitOfWork, complaint_id: int) -> Complaint | None:
    if ("complaint", complaint_id) not in work.cache:
        row = await work.first(CASE, complaint=complaint_id)
        _found(work, complaint_id, load_complaint(row.body) if row else None)
    found: Complaint | None = work.cache["complaint", complaint_id]
    return found


def _found(work: UnitOfWork, complaint_id: int, complaint: Complaint | None) -> None:
    work.cache["complaint", complaint_id] = complaint
    work.cache["version", complaint_id] = complaint.version if complaint else None


async def look_up(work: UnitOfWork, complaints: Collection[int]) -> None:
    """These cases and their households in one read each, before anything of them is written."""
    for row in await work.rows(CASES, these=complaints):
        _found(work, row.id, load_complaint(row.body))
    households: dict[int, list[Household]] = {complaint: [] for complaint in complaints}
    for one in await work.rows_of(HouseholdRow, HOUSEHOLDS_OF, these=complaints):
        households[one.complaint].append(household_of_row(one))
    for complaint, found in households.items():
        remember(work, _stored_households, tuple(found), complaint)


def _columns(work: UnitOfWork, c: Complaint) -> dict[str, object]:
    """All of a case's row; an event and the row after it ask for the same."""
    made: tuple[Complaint, dict[str, object]] | None = work.cache.get(("columns", c.id))
    if made is None or made[0] is not c:
        values = _values(c)
        proof = row_digests.of_case(work.store.ledger_key, {"id": c.id, **values})
        made = work.cache["columns", c.id] = (c, {**values, "digest": proof})
    return made[1]


def digest(work: UnitOfWork, complaint: Complaint) -> str:
    """That of the case's row as it is written."""
    return str(_columns(work, complaint)["digest"])


def _values(c: Complaint) -> dict[str, object]:
    return {
        "number": c.number,
        "project": c.place.project,
        "company": c.place.company,
        "district": c.place.district,
        "city": c.place.city,
        "matter": c.matter,
        "state": c.state.value,
        "handler": c.handler.value,
        "filed_at": c.filed_at,
        "closed_at": c.closed_at,
        "overdue_since": c.overdue_since,
        "version": c.version,
        "rules": 1,
        "body": dump(c),
    }


def add(work: UnitOfWork, complaint: Complaint) -> None:
    work.queue_write(FRESH, {"id": complaint.id, **_columns(work, complaint)})
    work.cache["complaint", complaint.id] = complaint
    work.cache["version", complaint.id] = complaint.version


def put(work: UnitOfWork, complaint: Complaint) -> None:
    """Write the case anew, guarded by the version that was read; its live cards want the new one."""
    read = work.cache["version", complaint.id]
    as_read = {"of_case": complaint.id, "as_read": read}
    work.queue_write(CHANGE, {**_columns(work, complaint), **as_read}, expect_rows=True)
    work.queue_write(CARDS, {"of_case": complaint.id, "wanted": complaint.version})
    work.cache["complaint", complaint.id] = complaint
    work.cache["version", complaint.id] = complaint.version


HIGHEST = "9" * 8  # no second sees more cases
LAST_NUMBER = (
    select(COMPLAINT.c.number)
    .where(COMPLAINT.c.number.between(bindparam("first"), bindparam("past")))
    .order_by(func.length(COMPLAINT.c.number).desc(), COMPLAINT.c.number.desc())
    .limit(1)
)


async def last_number(work: UnitOfWork, prefix: str) -> str | None:
    """The highest complaint number that begins so and is taken, or about to be; whoever asks takes the next one.

    After 99 comes 100, which no order of letters knows.
    """
    row = await work.first(LAST_NUMBER, first=prefix, past=f"{prefix}{HIGHEST}")
    stored = int(row.number.removeprefix(prefix)) if row else 0
    last = work.store.take_number(prefix, stored) - 1
    return f"{prefix}{last:02d}" if last else None


async def _listed(work: UnitOfWork, *where: ColumnElement[bool], limit: int | None = 500) -> list[Complaint]:
    rows = await work.rows(select(COMPLAINT.c.body).where(*where).order_by(COMPLAINT.c.filed_at.desc()).limit(limit))
    return [load_complaint(r.body) for r in rows]


async def alike(work: UnitOfWork, project: str, matter: str, since: datetime) -> list[Complaint]:
    """Open cases of the same matter in the same community, newest first."""
    return await _listed(
        work,
        COMPLAINT.c.project == project,
        COMPLAINT.c.matter == matter,
        COMPLAINT.c.filed_at >= since,
        COMPLAINT.c.state.in_(sorted(OPEN)),
    )


async def of_person(work: UnitOfWork, person: int, *, alive: bool = False) -> list[Complaint]:
    own = select(HOUSEHOLD.c.complaint).where(HOUSEHOLD.c.person == person, HOUSEHOLD.c.active)
    followed = select(FOLLOWER.c.complaint).where(FOLLOWER.c.person == person, FOLLOWER.c.active)
    mine = COMPLAINT.c.id.in_(own)
    states = (COMPLAINT.c.state.in_(sorted(ALIVE)),) if alive else ()
    return await _listed(work, mine if alive else or_(mine, COMPLAINT.c.id.in_(followed)), *states)


async def promised(work: UnitOfWork) -> set[tuple[str, str | None]]:
    """Every (pack, stage) that a living case still goes by; no stage where nothing of the case is waited for."""
    return {(row.pack, row.stage) for row in await work.rows(PROMISED)}


async def by_earlier_rules(work: UnitOfWork, limit: int) -> list[int]:
    """Living cases that an earlier version has begun and nobody has touched since."""
    query = select(COMPLAINT.c.id).where(COMPLAINT.c.rules == literal_column("0")).order_by(COMPLAINT.c.id).limit(limit)
    return [row.id for row in await work.rows(query)]


async def within(work: UnitOfWork, column: str, scopes: Iterable[str], *, is_open: bool = True) -> list[Complaint]:
    """All open cases whose project, company, district or city is one of the scopes; with closed ones the newest 500."""
    states = (COMPLAINT.c.state.in_(sorted(OPEN)),) if is_open else ()
    return await _listed(work, COMPLAINT.c[column].in_(list(scopes)), *states, limit=None if is_open else 500)


async def overdue(work: UnitOfWork, column: str, scope: str, begin: int, size: int) -> tuple[int, list[Complaint]]:
    """How many open cases there are overdue, and so many of them after the first `begin`, longest overdue first."""
    late = (COMPLAINT.c[column] == scope, COMPLAINT.c.overdue_since.is_not(None))
    counted = await work.first(select(func.count().label("found")).select_from(COMPLAINT).where(*late))
    ordered = select(COMPLAINT.c.body).where(*late).order_by(COMPLAINT.c.overdue_since, COMPLAINT.c.id)
    rows = await work.rows(ordered.offset(begin).limit(size))
    return (counted.found if counted else 0), [load_complaint(row.body) for row in rows]


async def numbered(work: UnitOfWork, number: str, scopes: Iterable[str], person: int) -> list[Complaint]:
    """Cases whose number is this or ends so, by four digits at least, in the scopes or of the person; newest first."""
    if len(number) >= WHOLE_NUMBER:
        return await _listed(work, COMPLAINT.c.number == number)
    areas = [COMPLAINT.c[column].in_(list(scopes)) for column in ("project", "company", "district", "city")]
    own = select(HOUSEHOLD.c.complaint).where(HOUSEHOLD.c.person == person)
    ends_so = (literal_column(NUMBER_END) == number[-4:], COMPLAINT.c.number.endswith(number, autoescape=True))
    return await _listed(work, *ends_so, or_(*areas, COMPLAINT.c.id.in_(own)), limit=50)


# --- households -------------------------------------------------------------------------------------------------


def household_of_row(row: HouseholdRow) -> Household:
    return Household(
        id=row.id,
        complaint=row.complaint,
        person=row.person,
        building=row.building,
        room=row.room,
        contact=row.contact,
        active=row.active,
        urged_on=row.urged_on,
        since=row.since,
    )


def _row(work: UnitOfWork, household: Household) -> dict[str, object]:
    values = {**asdict(household), "pseudonym": ""}  # which only households have that are erased
    del values["follows"]
    return {**values, "digest": row_digests.of_household(work.store.ledger_key, values)}


def add_household(work: UnitOfWork, household: Household) -> None:
    household = replace(household, since=work.now)
    work.queue_write(FRESH_HOUSEHOLD, _row(work, household))
    work.cache.setdefault(("new households", household.complaint), []).append(household)


def put_household(work: UnitOfWork, household: Household) -> None:
    fresh = {name: value for name, value in _row(work, household).items() if name != "id"}
    work.queue_write(update(HOUSEHOLD).where(HOUSEHOLD.c.id == household.id).values(**fresh))


async def change_households(work: UnitOfWork, which: ColumnElement[bool], **values: object) -> None:
    """Change rows beside their cases; Conflict where another transaction has changed one of them meanwhile."""
    for row in await work.rows_of(HouseholdRow, select(HOUSEHOLD).where(which)):
        fresh = {name: getattr(row, name) for name in row_digests.HOUSEHOLD} | values
        proof = row_digests.of_household(work.store.ledger_key, fresh)
        mine = update(HOUSEHOLD).where(HOUSEHOLD.c.id == row.id, HOUSEHOLD.c.digest == row.digest)
        work.queue_write(mine.values(**values, digest=proof), expect_rows=1)


async def households(work: UnitOfWork, complaint: int) -> list[Household]:
    """Every household that is or was part of the case."""
    return [*await _stored_households(work, complaint), *work.cache.get(("new households", complaint), [])]


@memoised
async def _stored_households(work: UnitOfWork, complaint: int) -> tuple[Household, ...]:
    return tuple(map(household_of_row, await work.rows_of(HouseholdRow, HOUSEHOLDS, of_case=complaint)))


async def household_of(work: UnitOfWork, complaint: int, person: int | None) -> Household | None:
    """The active household through which a person belongs to the case, or follows it as family."""
    active = [h for h in await households(work, complaint) if h.active]
    if (own := next((h for h in active if h.person == person), None)) is not None or person is None:
        return own
    followed = dict(await followers.of_case(work, complaint)).get(person)
    return next((followers.seen_by(h, person) for h in active if h.id == followed), None)


async def filed_since(work: UnitOfWork, person: int, begin: datetime) -> int:
    """How many cases the person has filed or joined since then."""
    mine = (HOUSEHOLD.c.person == person, HOUSEHOLD.c.since >= begin)
    row = await work.first(select(func.count().label("found")).select_from(HOUSEHOLD).where(*mine))
    return row.found if row else 0


# --- statements -------------------------------------------------------------------------------------------------


def keep(work: UnitOfWork, complaint: int, text: str, media: Iterable[File], person: int | None) -> int:
    """Keep what somebody said; returns the id that events refer to."""
    said = work.new_id()
    files = [asdict(f) for f in media]
    values = {
        "id": said,
        "complaint": complaint,
        "person": person,
        "text": text,
        "media": files,
        "facts": None,
        "said_at": work.now,
    }
    proof = row_digests.of_statement(work.store.ledger_key, values)
    work.queue_write(FRESH_STATEMENT, {**values, "digest": proof})
    work.cache["words digest", said] = proof
    work.cache["statement", said] = Statement(
        id=said, text=text, media=tuple(File(**f) for f in files), person=person, said_at=work.now
    )
    return said


def words_digest(work: UnitOfWork, statement: int | None) -> str:
    """That of words that were said in this work; an earlier event has it of all others."""
    return str(work.cache.get(("words digest", statement), ""))


async def said(work: UnitOfWork, statement: int | None) -> Statement | None:
    if statement is None:
        return None
    key = ("statement", statement)
    if key not in work.cache:
        row = await work.first_of(StatementRow, SAID, statement_id=statement)
        media = tuple(File(**f) for f in (row.media or ())) if row else ()
        work.cache[key] = row and Statement(
            id=row.id, text=row.text, media=media, person=row.person, said_at=row.said_at
        )
    found: Statement | None = work.cache[key]
    return found
