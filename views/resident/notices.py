"""Notices of a case to its households."""

from complaints.case_view import CaseView
from complaints.model.complaint import CaseOwner
from complaints.model.events import (
    Classified,
    DateAgreed,
    DateProposed,
    Disposition,
    Expired,
)
from complaints.model.party import Party
from complaints.model.roles import RecipientRole, Responsible
from views.framework import alarm, parties, parts, told
from views.framework.case_names import named
from views.framework.formats import moment_from
from views.framework.notice_views import notice
from views.framework.parts import act_button
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Html, Translator
from views.resident.card import follow_buttons
from views.resident.deadlines import after_lapse, next_step


@notice("resident.answered")
def answered(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("{handler} has answered", handler=told.actor(t, view))))
    out(parts.quote(view.event_words), parts.about(t, view))
    if (clock := view.case.clock("resolve_general", "running")) is not None:
        out(*parts.resolved_by(t, view, clock))
        out(t("You are told if sorting changes it.") if view.awaits_sorting(clock) else "")
    out(t("Reply to this message and it reaches the handler."))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.classified")
def classified(t: Translator, view: CaseView) -> Screen:
    """What the disposition means for the resident (62号 一(三))."""
    event = view.of(Classified)
    who = told.actor(t, view)
    said = (
        t("{handler} has answered", handler=who) if view.event_words else t("{handler} has looked at it", handler=who)
    )
    out = Lines()(parts.title(said))
    out(parts.quote(view.event_words), parts.about(t, view)).gap()
    out(*_what_follows(t, view, event))
    return Screen(str(out), follow_buttons(t, view))


def _what_follows(t: Translator, view: CaseView, event: Classified) -> list[str]:
    clock = view.case.clock("resolve_general", "running")
    match event.disposition:
        case Disposition.GENERAL if clock is not None:
            due = t("A general problem: to be resolved by {due}.", due=moment_from(t, clock.due, view.now))
            return [due, *parts.basis(t, view, clock)]
        case Disposition.MAJOR if (longer := view.case.clock("resolve_major", "running")) is not None:
            return [
                t("A major problem: to be resolved by {due}.", due=moment_from(t, longer.due, view.now)),
                *parts.basis(t, view, longer),
            ]
        case Disposition.MAJOR:
            return [t("It is complex: you will be asked to agree on a date."), parts.clause(t, view, "resolve_major")]
        case Disposition.BUREAU_DUTY:
            return [
                t("The property service holds this to be the housing bureau's duty."),
                t("The {district} housing bureau has been told and decides.", district=view.district.name)
                if told.bureau_was_told(view)
                else t("The {district} housing bureau decides.", district=view.district.name),
                *next_step(t, view),
            ]
        case Disposition.NEITHER:
            return [
                t(
                    "The property service holds this to be neither its own nor the housing bureau's, but: {department}",
                    department=t.of(view.department_label),
                ),
                *_way_there(t, view),
                t("The grid leader has been told.") if told.was_told(view, RecipientRole.GRID_LEADER) else "",
                t("The case is with the housing bureau now, and stays open until it is settled."),
                *next_step(t, view),
            ]
        case Disposition.OWN_PART:
            return _own_part(t, view)
        case _:
            return []


def _own_part(t: Translator, view: CaseView) -> list[str]:
    """The company's claim, and the paid repair that the document names (浦建委物管〔2023〕55号 三(三))."""
    line = view.pack.repair_line
    return [
        t("The property service holds this to be a part of your own home."),
        t("A paid repair can be ordered ({phone}); agree the price before anything is done.", phone=line)
        if line
        else t("A paid repair can be ordered; agree the price before anything is done."),
        t("If you don't agree, just reply to this message."),
        parts.cited(t, view.pack.demand("own_part")),
    ]


def _way_there(t: Translator, view: CaseView) -> list[Html]:
    """The department's number, and how to claim; without one, who connects."""
    bureau = view.district.phone or "12345"
    if view.office is None or not view.office.phone:
        return [t("The city hotline 12345 connects you; the housing bureau: {phone}", phone=bureau)]
    phone = parts.telephone(t, view.office.phone, view.office.hours)
    return [
        t("Its telephone: {phone}", phone=phone),
        t("How to claim: call there, say where it is and what you ask for, and name your case number {number}.",
          number=parts.number(view.case)),
        t("If nobody takes it up: hotline 12345, or the housing bureau: {phone}", phone=bureau),
    ]  # fmt: skip


@notice("resident.date_proposed")
def date_proposed(t: Translator, view: CaseView) -> Screen:
    event = view.of(DateProposed)
    out = Lines()(
        parts.title(
            t(
                "{handler} proposes to resolve it by {until}",
                handler=told.actor(t, view),
                until=moment_from(t, event.until, view.now),
            )
        )
    )
    out(t("because:"), parts.quote(view.event_words), parts.about(t, view))
    out(t("The date that you agree to is binding."), parts.clause(t, view, "resolve_major"))
    buttons = rows(
        [
            act_button(t, view, "agree"),
            act_button(t, view, "counter"),
            act_button(t, view, "refuse"),
        ]
    )
    return Screen(str(out), buttons)


@notice("resident.date_agreed")
def date_agreed(t: Translator, view: CaseView) -> Screen:
    event = view.of(DateAgreed)
    out = Lines()(parts.title(t("Agreed: resolved by {until}", until=moment_from(t, event.until, view.now))))
    out(parts.about(t, view), parts.clause(t, view, "resolve_major"))
    out(t("If it isn't done by then, the company's head and the bureau are told at once."))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.progressed")
def progressed(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("News about your case, from {handler}", handler=told.actor(t, view))))
    out(parts.quote(view.event_words), parts.about(t, view))
    return Screen(str(out(t("Reply to this message and it reaches the handler."))), follow_buttons(t, view))


@notice("resident.contacted")
def contacted(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("{handler} writes to you", handler=told.actor(t, view))))
    out(parts.quote(view.event_words), parts.about(t, view))
    out(t("Reply to this message and it reaches the handler. Neither side sees the other's account."))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.visited")
def visited(t: Translator, view: CaseView) -> Screen:
    out = Lines()(
        parts.title(t("{handler} has been there and looked", handler=told.actor(t, view))), parts.about(t, view)
    )
    out(parts.quote(view.event_words))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.matter_corrected")
def matter_corrected(t: Translator, view: CaseView) -> Screen:
    """Whoever disagrees says so in reply."""
    title = t("{handler} says that it is about: {matter}", handler=told.actor(t, view), matter=t.of(view.matter.label))
    out = Lines()(parts.title(title), parts.about(t, view))
    out(t("If that is wrong, reply to this message."))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.acknowledged")
def acknowledged(t: Translator, view: CaseView) -> Screen:
    out = Lines()(
        parts.title(t("{handler} knows and is on the way", handler=told.actor(t, view))), parts.about(t, view)
    )
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.expired")
def expired(t: Translator, view: CaseView) -> Screen:
    """What has lapsed, who is held to what comes next, and until when."""
    event = view.of(Expired)
    if view.pack.stage(event.stage).alarm:
        return _unconfirmed(t, view)
    stage = t.of(view.pack.stage(event.stage).name)
    title = parts.title(t("Overdue: {stage} was due {due}", stage=stage, due=moment_from(t, event.due, view.now)))
    clause = parts.expiry_clause(t, view, event) or t("No document gives this length: it is the pack's own.")
    out = Lines()(title, clause, named(t, view))
    if event.to_company and view.case.handler is CaseOwner.COMPANY:  # what waited for the morning may have gone on
        out(t("The head of {company} now handles your case.", company=view.company.name))
    lapsed = None if event.to_company else view.case.clock_of(event.clock)
    out(*(line for line in after_lapse(t, view, lapsed) if line != clause))
    late = parties.late(view, event)
    out(told.offices_line(t, view, late), _bureaus_number(t, view, late), _delayed(t, event))
    return Screen(str(out), follow_buttons(t, view))


def _bureaus_number(t: Translator, view: CaseView, late: Party) -> str:
    """Whom to call where the bureau itself is late, if the registry has its number."""
    if late.role not in (Responsible.SECTION_HEAD, Responsible.BUREAU_AND_COMPANY) or not view.district.phone:
        return ""
    phone = parts.telephone(t, view.district.phone, view.district.hours)
    return t("{district} housing bureau: {phone}", district=view.district.name, phone=phone)


def _unconfirmed(t: Translator, view: CaseView) -> Screen:
    """Nobody has said in time that they are coming: whom to call, first of all."""
    out = Lines()(parts.title(t("Nobody has confirmed yet that they are coming")), *alarm.numbers_here(t, view))
    out.gap()(named(t, view), told.offices_line(t, view))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.danger_raised")
def danger_raised(t: Translator, view: CaseView) -> Screen:
    """Somebody of the case says that there is danger: the other households read it too."""
    out = Lines()(parts.title(t("Danger in your case: everybody concerned is being told")))
    out(*alarm.numbers_here(t, view)).gap()
    out(parts.about(t, view), *alarm.lines(t, view, to_resident=True))
    return Screen(str(out), follow_buttons(t, view, danger=True))


@notice("resident.danger_denied")
def danger_denied(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("No danger after all: it was a misunderstanding")), parts.about(t, view))
    return Screen(str(out), follow_buttons(t, view, danger=True))


def _delayed(t: Translator, event: Expired) -> str:
    return t("This notice is late because our own system was down.") if event.delayed else ""


@notice("resident.taken_over")
def taken_over(t: Translator, view: CaseView) -> Screen:
    out = Lines()(
        parts.title(t("{handler} now handles your case", handler=parts.handler(t, view))), parts.about(t, view)
    )
    return Screen(str(out(*next_step(t, view))), follow_buttons(t, view))
