"""Notices to the bureau's groups and officers; a group never reads a resident's words, name, phone or room."""

from datetime import datetime

from complaints.case_view import CaseView
from complaints.model.events import Event, Expired, Nudged, Signed
from complaints.model.party import Party
from complaints.model.people import anonymised
from complaints.model.roles import OF_COMPANY, Responsible
from views.company.contacts import street_buttons
from views.framework import alarm, office_buttons, parties, parts, terms, told
from views.framework.act_labels import happened
from views.framework.formats import moment, moment_from, span
from views.framework.notice_views import notice
from views.framework.parts import act_button
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Html, Translator

UNREMARKABLE = ("Nudged", "Recomputed", "PhoneShown")
LONGEST_COURSE = 20  # of the newest events


@notice("bureau.filed")
def filed(t: Translator, view: CaseView) -> Screen:
    """One quiet line (抄告); of danger its own clock, and the legal window last."""
    clock = view.case.clock("respond") or view.main_clock
    due = moment_from(t, clock.due, view.now) if clock else ""
    if view.case.danger:
        out = parts.head(t, view, t("Copy · dangerous"))(*alarm.lines(t, view))
        return Screen(str(out(t("Response due {due}", due=due) if due else "")))
    facts = {
        "mark": t("Copy"),
        "number": parts.number(view.case),
        "place": parts.place(view),
        "matter": t.of(view.matter.label),
    }
    if not due:
        return Screen(t("{mark} {number} {place} · {matter}", **facts), silent=True)
    return Screen(t("{mark} {number} {place} · {matter}, response due {due}", due=due, **facts), silent=True)


def expired_lines(t: Translator, view: CaseView, event: Expired) -> Lines:
    """What, where, who failed, by how much, clause, who handles it now, how often this quarter."""
    stage = view.pack.stage(event.stage)
    mark = t("Danger not confirmed") if stage.alarm else t("Overdue · {stage}", stage=t.of(stage.name))
    if view.case.danger and not stage.alarm:
        mark = t("Dangerous · {what}", what=mark)
    out = parts.head(t, view, mark)
    own = owed_by_reader(view, event.debtor, event.stage)
    out(own_step(t, view) if own else _blame(t, view, event))
    out(parts.overdue_by(t, view, event.due) if event.final else "")
    out(parts.expiry_clause(t, view, event))
    out(t("Now with: {handler}", handler=parts.handler(t, view, masked=False)) if view.case.is_open else "")
    out(_whom_to_call(t, view, event))
    if view.overdue_this_quarter and not own:
        out(
            t.n(
                "{count} case of this project overdue this quarter",
                "{count} cases of this project overdue this quarter",
                view.overdue_this_quarter,
            )
        )
    return out


def _whom_to_call(t: Translator, view: CaseView, event: Expired) -> str:
    """The number of whoever is late, as the registry has it: the project's for the company, the bureau's for itself."""
    late = parties.late(view, event)
    if late.role in OF_COMPANY and view.project.phone:
        return t("Project's work phone: {phone}", phone=view.project.phone)
    if late.role is Responsible.SECTION_HEAD and view.district.phone and view.recipient not in told.OF_BUREAU:
        return t("{district} housing bureau: {phone}", district=view.district.name, phone=view.district.phone)
    return ""


def owed_by_reader(view: CaseView, debtor: Party | None, stage: str) -> bool:
    """Whether the bureau reads of what it owes itself."""
    return parties.owing(view, debtor, stage).role is Responsible.SECTION_HEAD and view.recipient in told.OF_BUREAU


def own_step(t: Translator, view: CaseView) -> Html:
    """To the bureau, of what it is late with itself."""
    bureau = t("{district} housing bureau", district=view.district.name)
    return t("This step is the {bureau}'s own: please do it now; it is recorded as late.", bureau=bureau)


def _blame(t: Translator, view: CaseView, event: Expired) -> str:
    """Whoever owed it, and nobody where an outage of ours took the time."""
    if event.delayed and event.debtor is None:
        return t("Time ran out while our own system was down. It is counted against nobody.")
    debtor = parties.late(view, event)
    who = parties.called(t, view, debtor, named=event.person)
    if debtor.role in (Responsible.MANAGER, Responsible.COMPANY_HEAD):
        return t("{company} · {who} did not act", company=view.company.name, who=who)
    return t("{who} did not act", who=who)


@notice("bureau.expired_private")
def expired_private(t: Translator, view: CaseView) -> Screen:
    """The same to the section head, duty officer or street in private (62号 三(一))."""
    event = view.of(Expired)
    out = expired_lines(t, view, event)(t("You get this because you are first responsible for your district."))
    return Screen(str(out), office_buttons.act_buttons(t, view))


@notice("bureau.expired_street")
def expired_street(t: Translator, view: CaseView) -> Screen:
    """To the street office."""
    if view.case.danger:
        asked = t("Please help on site.")
    else:
        asked = t("Please urge the property service to contact the resident at once.")
    why = t("You get this as {role}.", role=terms.role(t, "street_officer"))
    out = expired_lines(t, view, view.of(Expired))(alarm.where(t, view), asked, why)
    return Screen(str(out), street_buttons(t, view))


@notice("bureau.expired_city")
def expired_city(t: Translator, view: CaseView) -> Screen:
    """To the city's group, which urges the district to take the case itself (62号 三(二))."""
    out = expired_lines(t, view, view.of(Expired))
    return Screen(
        str(out(t("Please urge the {district} bureau to take the case itself.", district=view.district.name)))
    )


@notice("bureau.nudge")
def nudge(t: Translator, view: CaseView) -> Screen:
    event = view.of(Nudged)
    stage = view.pack.stage(event.stage)
    out = parts.head(t, view, t("Reminder: {stage}", stage=t.of(stage.name)))
    out(t("Due {due}, {left} left", due=moment_from(t, event.due, view.now), left=span(t, event.due - view.now)))
    return Screen(str(out), rows([act_button(t, view, "details")]))


@notice("bureau.withdrawn")
def withdrawn(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, t("Withdrawn by the resident"))
    out(alarm.make_sure(t, view) if view.case.danger else "")
    return Screen(str(out), silent=not view.case.danger)


@notice("bureau.reopened")
def reopened(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, t("Reopened: the resident is dissatisfied"))
    out(t("Now with: {handler}", handler=parts.handler(t, view, masked=False)))
    return Screen(str(out), office_buttons.act_buttons(t, view))


@notice("bureau.unreachable")
def unreachable(t: Translator, view: CaseView) -> Screen:
    """A notice for the company found nobody who can be reached: who it is, and why, as registry and chats have it."""
    mark, reached = told.out_of_reach(t, view)
    out = parts.head(t, view, mark)(view.company.name, *reached)
    out(t("Please let them know another way, and have them join."))
    if (clock := view.main_clock) is not None:
        out(str(parts.deadline(t, view, clock)))
    out(t("Project's work phone: {phone}", phone=view.project.phone) if view.project.phone else "")
    return Screen(str(out), office_buttons.act_buttons(t, view))


@notice("bureau.signed")
def signed(t: Translator, view: CaseView) -> Screen:
    event = view.of(Signed)
    out = parts.head(
        t, view, t("Order {order} signed for by {name}", order=event.order, name=view.names.get(event.by, "—"))
    )
    return Screen(str(out), silent=True)


@notice("bureau.reported_done")
def reported_done(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, t("The company has reported on the order"))
    return Screen(str(out), rows([act_button(t, view, "details")]))


@notice("bureau.done_words")
def done_words(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, t("The company has reported on the order"))(parts.quote(view.event_words))
    return Screen(str(out), rows([act_button(t, view, "details")]))


@notice("bureau.act")
def act(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, parts.acted(t, view))


@notice("bureau.review_asked")
def review_asked(t: Translator, view: CaseView) -> Screen:
    """「申请复核」: the bureau decides."""
    out = parts.head(t, view, t("The company asks for a review of the rating"))(parts.quote(view.event_words))
    taps = rows(
        [
            act_button(t, view, "review_yes"),
            act_button(t, view, "review_no"),
        ]
    )
    return Screen(str(out), taps)


def details(t: Translator, view: CaseView, *, acts: bool = True) -> Screen:
    """「详情」, in private: what was said, how it stands, and its course; with buttons for whoever `acts`."""
    c = view.case
    out = parts.head(t, view, terms.state(t, c))
    out(parts.quote(view.said(c.words)), parts.files(t, view.words.get(c.words)), *parts.spoken(t, view))
    if c.is_open:
        out(
            t(
                "{company} · now with: {handler}",
                company=view.company.name,
                handler=parts.handler(t, view, masked=False),
            )
        )
    else:
        out(view.company.name)
    if c.disposition is not None:
        out(t("Sorted as: {disposition}", disposition=terms.disposition(t, view.pack, c.disposition)))
    if view.said(c.last_words) and c.last_words != c.words:
        out(told.last_words(t, view), parts.quote(view.said(c.last_words)))
    if (clock := view.main_clock) is not None:
        out(str(parts.deadline(t, view, clock)))
    if c.order is not None:
        signers = parts.joined(t(", "), (anonymised(view.names.get(p, "")) for p in c.order.signed)) or "—"
        out(t("Order {order}, signed by: {names}", order=c.order.number, names=signers))
    out(*ended(t, view), _course(t, view))
    return Screen(str(out), office_buttons.act_buttons(t, view) if c.is_open and acts else ())


def ended(t: Translator, view: CaseView) -> list[str]:
    """When it was closed, and how the households have rated it."""
    c = view.case
    levels = parts.joined(t(", "), (terms.level(t, level) for _, level in c.ratings))
    return [
        t("Ended {at}", at=moment(t, c.closed_at, dated=True)) if c.closed_at is not None else "",
        t("Rated: {levels}", levels=levels) if levels else "",
    ]


def _course(t: Translator, view: CaseView) -> str:
    """What has happened, newest last: when, what, by whom."""
    shown = [step for step in view.history if step[1].name not in UNREMARKABLE]
    steps = [_step(t, view, at, event, actor) for at, event, actor in shown[-LONGEST_COURSE:]]
    return f"<blockquote expandable>{parts.joined(chr(10), steps)}</blockquote>" if steps else ""


def _step(t: Translator, view: CaseView, at: datetime, event: Event, actor: int | None) -> Html:
    what = happened(t, event.name)
    if event.household is not None:
        who = terms.role(t, "resident")
    else:
        who = told.signed(t, view, actor, masked=False) if actor in view.signers else ""
    return (
        t("{at} {what} · {who}", at=moment_from(t, at, view.now), what=what, who=who)
        if who
        else t("{at} {what}", at=moment_from(t, at, view.now), what=what)
    )


def only_officers(t: Translator) -> str:
    """A toast for whoever may not press here."""
    return t("Only officers of this district's housing bureau can do that. The press is on record.")


def in_private(t: Translator) -> str:
    return t("I have written to you in private.")


@notice("bureau.erased")
def erased(t: Translator, view: CaseView) -> Screen:
    """A group reads that nobody of a case is left, and nothing else."""
    out = Lines()(parts.title(t("The residents of this case have had their personal data deleted")))
    out(t("Number {number}", number=parts.number(view.case)), parts.about(t, view))
    return Screen(str(out(t("The case stays open; its handler brings it to its end."))))
