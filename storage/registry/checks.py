"""Checks of a registry: every value, reference and duplicate of its sheets, all problems at once."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from complaints.model.people import OfficeKind, Role
from complaints.policy.catalogue import Department
from complaints.registry_schema import COLUMNS, COMPANIES, DISTRICTS, NO, OFFICES, PEOPLE, PROJECTS, SCOPES, YES, Value
from complaints.text.phone_numbers import is_whole, lacks_zero, normal_phone
from complaints.text.sanitizing import clean
from storage.registry.sheets import Line, Problem, Sheet, as_date

Check = Callable[[str], str]  # says what a value should be, or nothing
Book = Mapping[str, Sheet]  # by the names of SHEETS
LONGEST = 200  # characters
MOST_HOUSEHOLDS = 1_000_000


def problems(book: Book) -> list[Problem]:
    """All of them, in the order of the sheets and lines."""
    return [p for name, sheet in book.items() for p in sorted(_of(name, sheet, book), key=lambda p: p.line)]


def _of(name: str, sheet: Sheet, book: Book) -> Iterator[Problem]:
    yield from sheet.problems
    yield from _values(name, sheet)
    if name in (PROJECTS, OFFICES):
        yield from _unknown(sheet, "district", book[DISTRICTS], "district")
    if name == PROJECTS:
        yield from _unknown(sheet, "company", book[COMPANIES], "company")
    if name == PEOPLE:
        yield from _scopes(sheet, book)
        yield from _overlaps(sheet)
    elif name == OFFICES:
        yield from _named_twice(sheet)
        yield from _names_of_offices(sheet)
    else:
        yield from _duplicates(sheet)


def packs_not_here(book: Book, packs: Collection[str]) -> Iterator[Problem]:
    """Worth knowing, and no fault: the pack may come later."""
    there = ", ".join(sorted(packs))
    districts = book[DISTRICTS]
    for line in districts.lines:
        pack = line.values.get("pack")
        if pack and pack not in packs:
            reason = f"no such policy pack is here ({there}): nobody can file a complaint in this district"
            yield Problem(file=districts.file, line=line.number, column="pack", reason=reason)


def zeros_lost(book: Book) -> Iterator[Problem]:
    """Worth knowing: residents are shown these numbers as they stand."""
    for name, sheet in book.items():
        offices = [column.name for column in COLUMNS[name] if column.value is Value.OFFICE_PHONE]
        for line in sheet.lines:
            for column in offices:
                if lacks_zero(line.values.get(column, "")):
                    reason = "the 0 before the area code seems lost"
                    yield Problem(file=sheet.file, line=line.number, column=column, reason=reason)


# --- one value ----------------------------------------------------------------------------------------------------


def _words(value: str) -> str:
    if len(value) > LONGEST:
        return f"should have {LONGEST} characters at most"
    seen = value.isprintable() and clean(value) == value
    return "" if seen else "should be on one line, without tabs, control characters or marks that nobody sees"


def _code(value: str) -> str:
    return "" if re.fullmatch(r"[A-Za-z0-9_-]{1,32}", value) else "should be 1 to 32 of A-Z a-z 0-9 _ -"


def _office_phone(value: str) -> str:
    fine = re.fullmatch(r"[0-9+][0-9 ()+/、,转-]{2,39}", value, re.ASCII)
    return "" if fine else "not a telephone number"


def _own_phone(value: str) -> str:
    if not normal_phone(value):
        return "not a telephone number"
    return "" if is_whole(value) else "lacks digits or has too many: a mobile has 11, others need 0 and the area code"


def _role(value: str) -> str:
    return "" if value in set(Role) else f"should be one of {', '.join(Role)}"


def _day(value: str) -> str:
    return "" if as_date(value) else "should be a date like 2026-01-31, the year first"


def _count(value: str) -> str:
    fine = re.fullmatch(r"\d{1,7}", value, re.ASCII) and int(value) <= MOST_HOUSEHOLDS
    return "" if fine else f"should be a whole number up to {MOST_HOUSEHOLDS}"


def _yes_no(value: str) -> str:
    return "" if value.lower() in YES | NO else "should be yes or no (是, 否)"


def _office_kind(value: str) -> str:
    return "" if value in set(OfficeKind) else f"should be one of {', '.join(OfficeKind)}"


CHECKS: Mapping[Value, Check] = {
    Value.CODE: _code,
    Value.OFFICE_PHONE: _office_phone,
    Value.OWN_PHONE: _own_phone,
    Value.ROLE: _role,
    Value.DAY: _day,
    Value.COUNT: _count,
    Value.YES_NO: _yes_no,
    Value.OFFICE_KIND: _office_kind,
}


def _values(name: str, sheet: Sheet) -> Iterator[Problem]:
    columns = {column.name: column for column in COLUMNS[name]}
    for line in sheet.lines:
        for column, value in line.values.items():
            expected = columns[column]
            check = CHECKS.get(expected.value, _words)
            if reason := check(value) if value else "" if expected.empty else "is missing":
                yield Problem(file=sheet.file, line=line.number, column=column, reason=reason)


# --- one sheet and its neighbours ---------------------------------------------------------------------------------


def _unknown(sheet: Sheet, column: str, other: Sheet, what: str) -> Iterator[Problem]:
    if "code" not in other.columns:
        return
    known = {line.values.get("code") for line in other.lines}
    for line in sheet.lines:
        value = line.values.get(column)
        if value and value not in known:
            reason = f"should be the code of a {what} in {other.file}"
            yield Problem(file=sheet.file, line=line.number, column=column, reason=reason)


def _duplicates(sheet: Sheet) -> Iterator[Problem]:
    """Codes travel in links, where upper and lower case are the same."""
    first: dict[str, int] = {}
    for line in sheet.lines:
        code = line.values.get("code", "").lower()
        if code and (before := first.setdefault(code, line.number)) != line.number:
            reason = f"this code stands in line {before} too"
            yield Problem(file=sheet.file, line=line.number, column="code", reason=reason)


def _named_twice(offices: Sheet) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for line in offices.lines:
        key = tuple(line.values.get(column, "") for column in ("district", "kind", "name"))
        if all(key) and (before := first.setdefault(key, line.number)) != line.number:
            reason = f"this office stands in line {before} too"
            yield Problem(file=offices.file, line=line.number, column="name", reason=reason)


def _names_of_offices(offices: Sheet) -> Iterator[Problem]:
    for line in offices.lines:
        name = line.values.get("name", "")
        reason = _named_wrongly(line.values.get("kind", ""), name) if name and not _words(name) else ""
        if reason:
            yield Problem(file=offices.file, line=line.number, column="name", reason=reason)


def _named_wrongly(kind: str, name: str) -> str:
    if kind == OfficeKind.DEPARTMENT and name not in set(Department):
        return f"should be one of {', '.join(Department)}"
    if kind == OfficeKind.COMMUNITY and not re.fullmatch(r"[^/]+/[^/]+", name):
        return "should be STREET/COMMUNITY"
    return ""


def _scopes(people: Sheet, book: Book) -> Iterator[Problem]:
    if not all(book[name].whole for name in (DISTRICTS, COMPANIES, PROJECTS)):
        return
    known = _known_scopes(book)
    for line in people.lines:
        role, scope = line.values.get("role", ""), line.values.get("scope", "")
        if scope and role and not _role(role) and scope not in known[SCOPES[Role(role)]]:
            reason = f"should be {SCOPES[Role(role)]}"
            yield Problem(file=people.file, line=line.number, column="scope", reason=reason)


def _known_scopes(book: Book) -> Mapping[str, set[str]]:
    """By the words of SCOPES, every scope that a role of this kind may have."""
    districts = _all(book[DISTRICTS], "code")
    cities = _all(book[DISTRICTS], "city")
    places = [[p.values.get(c, "") for c in ("district", "street", "community")] for p in book[PROJECTS].lines]
    streets = [place for place in places if place[1]]
    return {
        SCOPES[Role.PROJECT_MANAGER]: _all(book[PROJECTS], "code"),
        SCOPES[Role.COMPANY_HEAD]: _all(book[COMPANIES], "code"),
        SCOPES[Role.DISTRICT_OFFICER]: districts,
        SCOPES[Role.CITY_OFFICER]: cities,
        SCOPES[Role.INSPECTOR]: cities | districts,
        SCOPES[Role.STREET_OFFICER]: {"/".join(place[:2]) for place in streets},
        SCOPES[Role.COMMUNITY_WORKER]: {"/".join(place) for place in streets if place[2]},
        SCOPES[Role.DEPARTMENT_OFFICER]: {f"{code}/{d}" for code in districts for d in Department},
    }


def _all(sheet: Sheet, column: str) -> set[str]:
    return {line.values.get(column, "") for line in sheet.lines}


def _overlaps(people: Sheet) -> Iterator[Problem]:
    """Terms that end before they begin, and the same person, role and scope twice on one day."""
    terms: dict[tuple[str, ...], list[tuple[int, date, date]]] = {}
    for line in people.lines:
        since, until = as_date(line.values.get("from", "")), as_date(line.values.get("until", "")) or date.max
        if since is None:
            continue
        if until < since:
            reason = "should not be before the day in `from`"
            yield Problem(file=people.file, line=line.number, column="until", reason=reason)
        key = _term(line)
        for before, begins, ends in terms.get(key, ()) if all(key) else ():
            if since <= ends and begins <= until:
                reason = f"the same person, role and scope as in line {before}, for days that both cover"
                yield Problem(file=people.file, line=line.number, column="", reason=reason)
                break
        terms.setdefault(key, []).append((line.number, since, until))


def _term(line: Line) -> tuple[str, ...]:
    return normal_phone(line.values.get("phone", "")), line.values.get("role", ""), line.values.get("scope", "")
