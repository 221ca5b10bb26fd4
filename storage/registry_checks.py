"""Is the registry sound? Every value, every reference and every duplicate of the four files, all faults at once."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from complaints.catalogue import Department
from complaints.people import Appointment, Company, District, Project, Role
from complaints.phones import normal_phone
from storage.sheets import Line, Problem, Sheet, as_date, read_sheet

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "districts.csv": ("code", "name", "city", "pack", "phone"),
    "companies.csv": ("code", "name", "phone"),
    "projects.csv": ("code", "name", "company", "district", "street", "community", "address", "phone"),
    "people.csv": ("name", "phone", "role", "scope", "from", "until"),
}
DISTRICTS, COMPANIES, PROJECTS, PEOPLE = COLUMNS
Check = Callable[[str], str]  # says what a value should be, or nothing
LONGEST = 200  # characters

SCOPES: Mapping[Role, str] = {
    Role.PROJECT_MANAGER: "the code of a project",
    Role.DEPUTY_MANAGER: "the code of a project",
    Role.DUTY_PERSON: "the code of a project",
    Role.GRID_LEADER: "the code of a project",
    Role.COMPANY_HEAD: "the code of a company",
    Role.DISTRICT_OFFICER: "the code of a district",
    Role.SECTION_HEAD: "the code of a district",
    Role.DUTY_DESK: "the code of a district",
    Role.CITY_OFFICER: "the name of a city",
    Role.INSPECTOR: "the name of a city or the code of a district",
    Role.STREET_OFFICER: "DISTRICT/STREET of a project",
    Role.COMMUNITY_WORKER: "DISTRICT/STREET/COMMUNITY of a project",
    Role.DEPARTMENT_OFFICER: f"DISTRICT/DEPARTMENT, one of {', '.join(Department)}",
}


@dataclass(frozen=True, kw_only=True)
class Registry:
    districts: tuple[District, ...]
    companies: tuple[Company, ...]
    projects: tuple[Project, ...]
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`registry` is None unless there are no problems; `remarks` are worth knowing and hinder nothing."""

    registry: Registry | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def read(folder: Path, packs: Collection[str]) -> Reading:
    """The four files of the folder, judged together; `packs` are the ids of those that districts may name."""
    sheets = {file: read_sheet(folder / file, wanted) for file, wanted in COLUMNS.items()}
    problems = [p for sheet in sheets.values() for p in _problems(sheet, sheets)]
    remarks = tuple(_packs_not_here(sheets[DISTRICTS], packs))
    order = {file: n for n, file in enumerate(COLUMNS)}
    problems.sort(key=lambda p: (order[p.file], p.line))
    return Reading(registry=None if problems else _registry(sheets), problems=tuple(problems), remarks=remarks)


def _problems(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    yield from sheet.problems
    yield from _values(sheet)
    if sheet.file == PROJECTS:
        yield from _unknown(sheet, "company", sheets[COMPANIES], "company")
        yield from _unknown(sheet, "district", sheets[DISTRICTS], "district")
    if sheet.file == PEOPLE:
        yield from _scopes(sheet, sheets)
        yield from _overlaps(sheet)
    else:
        yield from _duplicates(sheet)


# --- one value ----------------------------------------------------------------------------------------------------


def _words(value: str) -> str:
    if len(value) > LONGEST:
        return f"should have {LONGEST} characters at most"
    return "" if value.isprintable() else "should be on one line, without tabs or control characters"


def _code(value: str) -> str:
    return "" if re.fullmatch(r"[A-Za-z0-9_-]{1,32}", value) else "should be 1 to 32 of A-Z a-z 0-9 _ -"


def _office_phone(value: str) -> str:
    fine = re.fullmatch(r"[0-9+][0-9 ()+/、,转-]{2,39}", value, re.ASCII)
    return "" if fine else "not a telephone number"


def _own_phone(value: str) -> str:
    return "" if normal_phone(value) else "not a telephone number"


def _role(value: str) -> str:
    return "" if value in set(Role) else f"should be one of {', '.join(Role)}"


def _day(value: str) -> str:
    return "" if as_date(value) else "should be a date like 2026-01-31"


CHECKS: Mapping[str, Check] = {"code": _code, "phone": _office_phone, "role": _role, "from": _day, "until": _day}
MAY_BE_EMPTY = {"until", "street", "community", "address"}


def _values(sheet: Sheet) -> Iterator[Problem]:
    own = sheet.file == PEOPLE
    for line in sheet.lines:
        for column, value in line.values.items():
            optional = column in MAY_BE_EMPTY or (column == "phone" and not own)
            check = _own_phone if own and column == "phone" else CHECKS.get(column, _words)
            reason = check(value) if value else "" if optional else "is missing"
            if reason:
                yield Problem(file=sheet.file, line=line.number, column=column, reason=reason)


# --- one file and its neighbours ----------------------------------------------------------------------------------


def _packs_not_here(districts: Sheet, packs: Collection[str]) -> Iterator[Problem]:
    there = ", ".join(sorted(packs))
    for line in districts.lines:
        pack = line.values.get("pack")
        if pack and pack not in packs:
            reason = f"no such policy pack is here ({there}): nobody can file a complaint in this district"
            yield Problem(file=DISTRICTS, line=line.number, column="pack", reason=reason)


def _unknown(sheet: Sheet, column: str, other: Sheet, what: str) -> Iterator[Problem]:
    if "code" not in _columns(other):
        return
    known = {line.values["code"] for line in other.lines}
    for line in sheet.lines:
        value = line.values.get(column)
        if value and value not in known:
            reason = f"should be the code of a {what} in {other.file}"
            yield Problem(file=sheet.file, line=line.number, column=column, reason=reason)


def _columns(sheet: Sheet) -> set[str]:
    return set(sheet.lines[0].values) if sheet.lines else set(COLUMNS[sheet.file]) if sheet.whole else set()


def _duplicates(sheet: Sheet) -> Iterator[Problem]:
    """Codes travel in links, where upper and lower case are the same."""
    first: dict[str, int] = {}
    for line in sheet.lines:
        code = line.values.get("code", "").lower()
        if code and (before := first.setdefault(code, line.number)) != line.number:
            reason = f"this code stands in line {before} too"
            yield Problem(file=sheet.file, line=line.number, column="code", reason=reason)


def _scopes(people: Sheet, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    if not all(sheets[file].whole for file in (DISTRICTS, COMPANIES, PROJECTS)):
        return
    known = _known_scopes(sheets)
    for line in people.lines:
        role, scope = line.values.get("role", ""), line.values.get("scope", "")
        if scope and not _role(role) and scope not in known[SCOPES[Role(role)]]:
            reason = f"should be {SCOPES[Role(role)]}"
            yield Problem(file=PEOPLE, line=line.number, column="scope", reason=reason)


def _known_scopes(sheets: Mapping[str, Sheet]) -> Mapping[str, set[str]]:
    """By the words of SCOPES, every scope that a role of this kind may have."""
    districts = {line.values["code"] for line in sheets[DISTRICTS].lines}
    cities = {line.values["city"] for line in sheets[DISTRICTS].lines}
    projects = [line.values for line in sheets[PROJECTS].lines]
    streets = {(p["district"], p["street"], p["community"]) for p in projects if p["street"]}
    return {
        SCOPES[Role.PROJECT_MANAGER]: {p["code"] for p in projects},
        SCOPES[Role.COMPANY_HEAD]: {line.values["code"] for line in sheets[COMPANIES].lines},
        SCOPES[Role.DISTRICT_OFFICER]: districts,
        SCOPES[Role.CITY_OFFICER]: cities,
        SCOPES[Role.INSPECTOR]: cities | districts,
        SCOPES[Role.STREET_OFFICER]: {"/".join(place[:2]) for place in streets},
        SCOPES[Role.COMMUNITY_WORKER]: {"/".join(place) for place in streets if place[2]},
        SCOPES[Role.DEPARTMENT_OFFICER]: {f"{code}/{d}" for code in districts for d in Department},
    }


def _overlaps(people: Sheet) -> Iterator[Problem]:
    """Terms that end before they begin, and the same person, role and scope twice on one day."""
    terms: dict[tuple[str, ...], list[tuple[int, date, date]]] = {}
    for line in people.lines:
        since, until = as_date(line.values.get("from", "")), as_date(line.values.get("until", "")) or date.max
        if since is None:
            continue
        if until < since:
            reason = "should not be before the day in `from`"
            yield Problem(file=PEOPLE, line=line.number, column="until", reason=reason)
        key = (normal_phone(line.values.get("phone", "")), line.values.get("role", ""), line.values.get("scope", ""))
        for before, begins, ends in terms.get(key, ()) if all(key) else ():
            if since <= ends and begins <= until:
                reason = f"the same person, role and scope as in line {before}, for days that both cover"
                yield Problem(file=PEOPLE, line=line.number, column="", reason=reason)
                break
        terms.setdefault(key, []).append((line.number, since, until))


def _registry(sheets: Mapping[str, Sheet]) -> Registry:
    return Registry(
        districts=tuple(District(**line.values) for line in sheets[DISTRICTS].lines),
        companies=tuple(Company(**line.values) for line in sheets[COMPANIES].lines),
        projects=tuple(Project(**line.values) for line in sheets[PROJECTS].lines),
        appointments=tuple(_appointment(line) for line in sheets[PEOPLE].lines),
    )


def _appointment(line: Line) -> Appointment:
    return Appointment(
        role=Role(line.values["role"]),
        scope=line.values["scope"],
        name=line.values["name"],
        phone=normal_phone(line.values["phone"]),
        since=date.fromisoformat(line.values["from"]),
        until=as_date(line.values["until"]),
    )
