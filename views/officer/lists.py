"""Lists and figures: open cases, overdue cases, numbers."""

from collections.abc import Iterator, Sequence

from complaints.model.complaint import Complaint
from complaints.overdue_page import OverduePage
from views.framework import case_names, terms
from views.framework.callbacks import case as case_data
from views.framework.callbacks import menu
from views.framework.screen import Button, Lines, Screen, laid, rows
from views.framework.translator import Translator

ALL = "all"  # the first page as a message of its own
PER_LIST = 8  # cases of which a list shows a line and a button


def mine(t: Translator, cases: list[tuple[Complaint, str]]) -> Screen:
    """「我的问题」: each case one line and one button; newest first, eight at most."""
    if not cases:
        return Screen(t("You have no cases yet. Just write what is wrong, or send a photo."))
    out = Lines()(t.n("You have {count} case:", "You have {count} cases:", len(cases)))
    here = cases[:PER_LIST]
    for (c, _), name in zip(here, case_names.lines(t, here), strict=True):
        out(t("{case}: {state}", case=name, state=terms.state(t, c)))
    return Screen(str(out), laid(tap_case(c, label) for c, label in case_names.labelled(t, here)))


def tap_case(c: Complaint, label: str) -> Button:
    return Button(label, case_data("card", c.id, c.round))


def todo(t: Translator, cases: list[tuple[Complaint, str]], page: int, size: int, dues: list[str]) -> Screen:
    """/todo: open cases by time left, paged."""
    if not cases:
        return Screen(t("Nothing to do: no case is waiting for you."))
    pages = (len(cases) + size - 1) // size
    at = slice(page * size, page * size + size)
    here = cases[at]
    out = Lines()(
        t.n("{count} open case, the most urgent first:", "{count} open cases, the most urgent first:", len(cases))
    )
    taps = []
    names = case_names.lines(t, here), case_names.labels(t, here)
    for (c, _), due, name, label in zip(here, dues[at], *names, strict=True):
        out(t("{case}: due {due}", case=name, due=due) if due else t("{case}: no deadline", case=name))
        taps.append(Button(label, case_data("work", c.id, c.round)))
    back = Button(t.p("button", "Earlier"), _page(page - 1)) if page else None
    more = Button(t.p("button", "More"), _page(page + 1)) if page + 1 < pages else None
    return Screen(str(out), laid(taps, back, more))


def _page(page: int) -> str:

    return menu("todo", str(page))


def today(t: Translator, name: str, figures: dict[str, int], streets: Sequence[tuple[str, int]]) -> Screen:
    out = Lines()(t("<b>{name} today</b>", name=name))
    out(
        t("Filed: {count}", count=figures["filed"]),
        t("Answered in time: {count}", count=figures["in_time"]),
        t("Overdue: {count}", count=figures["overdue"]),
        t("Open: {count}", count=figures["open"]),
    )
    out(*(t("· {street}: {count} open", street=street, count=count) for street, count in streets[:6]))
    return Screen(str(out))


def digest(t: Translator, name: str, figures: dict[str, int], late: OverduePage) -> Screen:
    """08:30 on working days: since yesterday, and what waits for somebody to act, the longest overdue first."""
    out = Lines()(t("<b>{name}: good morning</b>", name=name))
    out(
        t(
            "Since yesterday: {filed} filed, {resolved} resolved; open now: {open}",
            filed=figures["filed"],
            resolved=figures["resolved"],
            open=figures["open"],
        )
    )
    out(_overdue(t, late))
    every = None if late.is_last else Button(t.p("button", "All overdue"), menu("overdue", ALL))
    return Screen(str(out), laid(_details(t, late), every))


def overdue(t: Translator, page: OverduePage) -> Screen:
    """/overdue: a page of the list, the longest overdue first."""
    back = Button(t.p("button", "Earlier"), menu("overdue", str(page.number - 1))) if page.number else None
    more = None if page.is_last else Button(t.p("button", "More"), menu("overdue", str(page.number + 1)))
    return Screen(_overdue(t, page), laid(_details(t, page), back, more))


def _overdue(t: Translator, page: OverduePage) -> str:
    if not page.cases:
        return t("No open case is overdue.")
    out = Lines()(t.n("{count} open case is overdue:", "{count} open cases are overdue:", page.count))
    if page.count > len(page.cases):
        here = {"first": page.first, "last": page.first + len(page.cases) - 1, "count": page.count}
        out = Lines()(t("{first}–{last} of {count} overdue cases, the longest overdue first:", **here))
    for one in page.cases:
        facts = {"number": case_names.end_of_number(one.case), "place": one.project, "matter": t.of(one.matter)}
        out(t("{number} {place} · {matter}", **facts))
    return str(out)


def _details(t: Translator, page: OverduePage) -> Iterator[Button]:
    for one in page.cases:
        yield tap_details(one.case, case_names.numbered(one.case, t.of(one.matter)))


def tap_details(c: Complaint, label: str) -> Button:
    return Button(label, tap_case(c, label).data.replace(":card:", ":details:", 1))


def project(
    t: Translator, name: str, company: str, figures: dict[str, int], cases: Sequence[tuple[Complaint, str]]
) -> Screen:
    """The figures, and in private the cases, open ones first, to be read one by one; closed ones are marked."""
    out = Lines()(t("<b>{name}</b> ({company})", name=name, company=company))
    out(
        t("Open: {count}", count=figures["open"]),
        t("Overdue: {count}", count=figures["overdue"]),
        t("Rated: {count}", count=figures["rated"]),
    )
    return Screen(str(out), laid(_marked(t, cases[:PER_LIST])))


def _marked(t: Translator, cases: Sequence[tuple[Complaint, str]]) -> Iterator[Button]:
    for c, label in case_names.labelled(t, cases):
        yield tap_details(c, label if c.is_open else f"{label} · {terms.state(t, c)}")


def find_what(t: Translator) -> Screen:
    return Screen(t("Which case? Please send its number or the end of it, for example: /find 0101"))


def found(t: Translator, number: str, cases: Sequence[tuple[Complaint, str]]) -> Screen:
    """Several cases whose numbers end so, or none."""
    if not cases:
        return Screen(t("I find no case with the number {number} that is yours to read.", number=number))
    out = Lines()(t.n("{count} case with the number {number}:", "{count} cases with the number {number}:", len(cases),
                      number=number))  # fmt: skip
    for c, matter in cases:
        facts = {"number": c.number, "matter": matter, "state": terms.state(t, c)}
        out(t("{number} {matter}: {state}", **facts))
    return Screen(str(out), laid(Button(case_names.numbered(c, m), menu("find", c.number)) for c, m in cases))


def which_project(t: Translator) -> Screen:
    return Screen(t("Please name a community of your area, for example: /project Garden"))


def company(t: Translator, projects: Sequence[tuple[str, dict[str, int]]], *, only_overdue: bool) -> Screen:
    """/company: projects with open, overdue and rated counts."""
    shown = [(n, f) for n, f in projects if f["overdue"] or not only_overdue]
    out = Lines()(t("<b>Your projects</b>"))
    for name, f in shown[:PER_LIST]:
        out(
            t(
                "{name}: {open} open, {overdue} overdue, {rated} rated",
                name=name,
                open=f["open"],
                overdue=f["overdue"],
                rated=f["rated"],
            )
        )
    out(t("No project has an overdue case.") if not shown else "")
    other = Button(t.p("button", "All projects"), menu("company", "all")) if only_overdue else None
    late = None if only_overdue else Button(t.p("button", "Overdue only"), menu("company", "late"))
    return Screen(str(out), rows([late, other]))
