"""The empty registry as a workbook, with notes, drop-downs and a sample line."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from complaints.model.people import OfficeKind, Role
from complaints.registry_schema import (
    COLUMNS,
    COMPANIES,
    DISTRICTS,
    OFFICES,
    PEOPLE,
    PROJECTS,
    REMARK,
    SCOPES,
    SHEETS,
    Column,
    Value,
)
from views.framework import terms
from views.framework.translator import Translator

NOTES = "notes"
LAST = 30_000  # the last line that has drop-downs
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@dataclass(frozen=True)
class Pen:
    """The workbook that is being written, and its formats."""

    book: Any
    head: Any
    text: Any  # telephone numbers keep their first 0
    day: Any
    sample: Any


def template(t: Translator, packs: Sequence[str], departments: Mapping[str, str]) -> bytes:
    """The .xlsx; `departments` are labels by id."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    text = {"num_format": "@"}
    pen = Pen(
        book,
        head=book.add_format({**text, "bold": True, "bg_color": "#DDEBF7"}),
        text=book.add_format(text),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        sample=book.add_format({**text, "italic": True, "font_color": "#808080"}),
    )
    _notes(t, pen, departments)
    for name in SHEETS:
        _sheet(t, pen, name, packs)
    book.close()
    return out.getvalue()


def _notes(t: Translator, pen: Pen, departments: Mapping[str, str]) -> None:
    """How it is filled in, and the words that the drop-downs offer."""
    page = pen.book.add_worksheet(NOTES)
    page.set_column(0, 0, 24, pen.text)
    page.set_column(1, 2, 44, pen.text)
    roles = [(role.value, terms.role(t, role.value), scope_note(t, role)) for role in Role]
    row = _block(pen, page, 0, [(line,) for line in _how_to(t)])
    row = _block(pen, page, row, roles, "roles")
    _block(pen, page, row, list(departments.items()), "departments")


def _block(pen: Pen, page: Any, begins: int, lines: Sequence[tuple[str, ...]], name: str = "") -> int:
    """Write the lines; their first column is what the drop-downs find by the name. Returns where the next may begin."""
    for row, values in enumerate(lines, begins):
        for column, value in enumerate(values):
            page.write_string(row, column, value)
    if name:
        pen.book.define_name(name, f"={NOTES}!$A${begins + 1}:$A${begins + len(lines)}")
    return begins + len(lines) + 1


def _how_to(t: Translator) -> list[str]:
    return [
        t("Fill in the other sheets, one entry a line. This page is never loaded."),
        t("A line whose first cell begins with # is never loaded: the grey sample lines are such."),
        t("Hold the pointer over a heading to see what belongs there."),
        t("No formulas, no merged cells, no hidden sheets. Leave the headings as they are."),
        t("Loading it again is an update: whoever is missing then has no rights any more from that second."),
    ]


def _sheet(t: Translator, pen: Pen, name: str, packs: Sequence[str]) -> None:
    page = pen.book.add_worksheet(name)
    page.freeze_panes(1, 0)
    sample = _sample(t, packs)[name]
    for position, column in enumerate(COLUMNS[name]):
        page.set_column(position, position, 22, pen.day if column.value is Value.DAY else pen.text)
        page.write_string(0, position, column.name, pen.head)
        page.write_comment(0, position, _note(t, name, column), {"x_scale": 2, "y_scale": 1.2})
        page.write_string(1, position, (REMARK if position == 0 else "") + sample[position], pen.sample)
        if (choice := _choice(t, column, packs)) is not None:
            page.data_validation(2, position, LAST, position, choice)


def _choice(t: Translator, column: Column, packs: Sequence[str]) -> dict[str, Any] | None:
    """What the drop-down of a column offers; where other words fit too, it only proposes."""
    offered: dict[Value, Any] = {
        Value.ROLE: "=roles",
        Value.PACK: list(packs),
        Value.YES_NO: [t.p("registry", "yes"), t.p("registry", "no")],
        Value.OFFICE_KIND: [kind.value for kind in OfficeKind],
        Value.OFFICE_NAME: "=departments",
        Value.DISTRICT: f"={DISTRICTS}!$A$3:$A${LAST}",
        Value.COMPANY: f"={COMPANIES}!$A$3:$A${LAST}",
    }
    if column.value not in offered:
        return None
    strict = column.value in (Value.ROLE, Value.YES_NO, Value.OFFICE_KIND)
    return {"validate": "list", "source": offered[column.value], "show_error": strict, "ignore_blank": True}


def _sample(t: Translator, packs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """A line that nobody takes for a real one, for each sheet."""
    phone, hours, no = "000-00000000", "09:00-18:00", t.p("registry", "no")
    district, city = t.p("registry", "Sample district"), t.p("registry", "Sample city")
    street, community = t.p("registry", "Sample street"), t.p("registry", "Sample quarter")
    pack = packs[0] if packs else ""
    project = t.p("registry", "Sample gardens")
    return {
        DISTRICTS: ("D01", district, city, pack, phone, hours, phone, phone),
        COMPANIES: ("C01", t.p("registry", "Sample property service"), phone, hours),
        PROJECTS: ("P01", project, "C01", "D01", street, community, "", phone, hours, "1200", no, no),
        PEOPLE: (t.p("registry", "Sample person"), "10000000000", Role.PROJECT_MANAGER.value, "P01", "2026-01-01", ""),
        OFFICES: ("D01", OfficeKind.STREET.value, street, phone, hours),
    }


# --- what belongs where -------------------------------------------------------------------------------------------


def _note(t: Translator, sheet: str, column: Column) -> str:
    must = t("Optional. {note}", note=_belongs(t, sheet, column)) if column.empty else _belongs(t, sheet, column)
    return str(must)


def _belongs(t: Translator, sheet: str, column: Column) -> str:
    special = {
        "code": t("Letters, digits, - and _ only, at most 32; never changes, and stands in the QR codes."),
        "city": t("The city's name, written the same in every line."),
        "lift_rescue": t("The number to call for somebody trapped in a lift."),
        "gas_rescue": t("The gas supplier's number for leaks."),
        "hours": t("When somebody answers there, for example 09:00-18:00."),
        "street": t("The street office that the project belongs to."),
        "community": t("The residents' community (社区) that the project belongs to."),
        "households": t("How many households live there, a whole number."),
        "high_rise": t("Whether it has high-rise buildings (高层): yes or no."),
        "direct_power": t("Whether the power company supplies each household itself (直供电): yes or no."),
        "from": t("The first day in office, like 2026-01-31."),
        "until": t("The last day in office, like 2026-12-31; empty while it goes on."),
    }
    by_value = {
        Value.PACK: t("The rules that the district follows."),
        Value.DISTRICT: t("The district's code from the sheet “districts”."),
        Value.COMPANY: t("The company's code from the sheet “companies”."),
        Value.OFFICE_PHONE: t("An office's telephone number, which residents may read."),
        Value.OWN_PHONE: t("The person's own number, with which they join; residents never see it."),
        Value.ROLE: t("One of the roles on the page “notes”."),
        Value.SCOPE: t("For whom: what belongs here for each role stands on the page “notes”."),
        Value.OFFICE_KIND: t("street, community, department, or section (of the housing bureau)."),
        Value.OFFICE_NAME: t("The street, STREET/COMMUNITY, a department's id from “notes”, or the section's name."),
        Value.WORDS: t("As people call it, on one line."),
    }
    if sheet != OFFICES and column.name in special:
        return special[column.name]
    return special["hours"] if column.name == "hours" else by_value[column.value]


def scope_note(t: Translator, role: Role) -> str:
    """What stands in the column `scope` for a role."""
    words = {
        SCOPES[Role.PROJECT_MANAGER]: t("the project's code"),
        SCOPES[Role.COMPANY_HEAD]: t("the company's code"),
        SCOPES[Role.DISTRICT_OFFICER]: t("the district's code"),
        SCOPES[Role.CITY_OFFICER]: t("the city's name"),
        SCOPES[Role.INSPECTOR]: t("the city's name, or the district's code"),
        SCOPES[Role.STREET_OFFICER]: t("DISTRICT/STREET, for example D01/Sample street"),
        SCOPES[Role.COMMUNITY_WORKER]: t("DISTRICT/STREET/COMMUNITY"),
        SCOPES[Role.DEPARTMENT_OFFICER]: t("DISTRICT/DEPARTMENT, the department by its id below"),
    }
    return words[SCOPES[role]]
