"""What is said of danger: whom to call, who must confirm until when, and who hears of it where nobody does."""

from complaints.case_view import CaseView
from complaints.model.clock import Clock
from complaints.model.people import District, Project
from complaints.model.roles import COMPANY_RECIPIENTS, OF_COMPANY, RecipientRole
from complaints.text.safety_advice import SafetyAdvice
from views.framework import parties, parts, told
from views.framework.formats import moment_from
from views.framework.translator import Html, Translator

R = RecipientRole
NOT_NAMED = (R.HOUSEHOLDS, R.HOUSEHOLD, R.DEBTOR)  # who wait, and who is named as the one that must confirm


def numbers(t: Translator, project: Project | None, district: District | None) -> list[Html | str]:
    """Whom to call, which comes before everything else."""
    found = [
        t("<b>Please call first:</b>"),
        t("Fire, people trapped, gas: 119"),
        t("Police: 110"),
        t("Ambulance: 120"),
        *parts.rescue(t, district),
        t("Property service of {project} (lift rescue): {phone}", project=project.name, phone=project.phone)
        if project and project.phone
        else "",
        t("{district} housing bureau: {phone}", district=district.name, phone=district.phone)
        if district and district.phone
        else "",
    ]
    return [line for line in found if line]


def numbers_here(t: Translator, view: CaseView) -> list[Html | str]:
    return numbers(t, view.project, view.district)


def advice(t: Translator, which: SafetyAdvice) -> str:
    """What to do until somebody comes."""
    return {
        SafetyAdvice.LEAVE: t("Please get to safety first."),
        SafetyAdvice.STAY: t("Whoever is trapped: stay where you are, and don't force the doors."),
        SafetyAdvice.CALL_OUT: t("Whoever can't get out: call 119 at once, and say exactly where you are."),
        SafetyAdvice.EITHER: t(
            "Get to safety first if you can leave; if you are trapped in a lift, stay where you are and don't force "
            "the doors."
        ),
    }[which]


def lines(t: Translator, view: CaseView, *, to_resident: bool = False) -> list[str]:
    """The danger's own clock, before every other deadline; that somebody has confirmed it, once somebody has."""
    clock = view.alarm
    if clock is not None:
        return [_awaited(t, view, clock, to_resident=to_resident)]
    return [t("Danger: somebody has confirmed and is on the way.")] if view.alarm_confirmed else []


def _awaited(t: Translator, view: CaseView, clock: Clock, *, to_resident: bool) -> str:
    due = moment_from(t, clock.due, view.now)
    if not clock.is_running:
        return t("Danger: nobody has confirmed by {due}.", due=due)
    who = _who(t, view, clock, to_resident=to_resident)
    others, ours = told_next(t, view, clock), view.stage(clock).clause.ours
    if not others:
        return (
            t("Danger: {who} must confirm by {due} that somebody is on the way (our own rule).", who=who, due=due)
            if ours
            else t("Danger: {who} must confirm by {due} that somebody is on the way.", who=who, due=due)
        )
    if ours:
        return t(
            "Danger: {who} must confirm by {due} that somebody is on the way (our own rule); if nobody does, {others} "
            "are told at once.",
            who=who, due=due, others=others,
        )  # fmt: skip
    return t(
        "Danger: {who} must confirm by {due} that somebody is on the way; if nobody does, {others} are told at once.",
        who=who, due=due, others=others,
    )  # fmt: skip


def _who(t: Translator, view: CaseView, clock: Clock, *, to_resident: bool) -> str:
    if clock.debtor.role in OF_COMPANY:
        return t("the property service")
    return parties.called(t, view, clock.debtor, to_resident=to_resident)


def told_next(t: Translator, view: CaseView, clock: Clock) -> Html:
    """Who is told when its time is up, as the pack says and as far as they can be told."""
    nowhere = () if view.case.place.street else (R.STREET,)
    nobody = (*NOT_NAMED, *nowhere, *view.out_of_reach)
    return told.roles(t, view, (one for one in view.stage(clock).last_expiry.tell if one not in nobody))


def headed(t: Translator, view: CaseView, what: str) -> list[str]:
    """The first lines of a card: how the case stands; of danger what it is, and its own clock, before that."""
    if not view.case.danger:
        return [parts.title(what)]
    return [parts.title(t("Dangerous · {what}", what=t.of(view.matter.label))), *lines(t, view), what]


def where(t: Translator, view: CaseView, *, room: bool = True) -> str:
    """Where to go, for whoever goes there or sends others; a group reads no `room`."""
    if not view.case.danger:
        return ""
    found = (view.case.place.street, view.project.address, parts.place(view, room=room))
    return t("Where: {where}", where=" ".join(part for part in found if part))


def said_later(t: Translator, view: CaseView) -> list[str]:
    """The words by which danger was said of a case that was open already."""
    words = view.said(view.case.danger_words)
    return [t("Danger was said later:"), parts.quote(words)] if words else []


def over(t: Translator, view: CaseView) -> str:
    """Of a dangerous case, in a notice that asks for something else: that its alarm has ended."""
    return t("The danger: end of the alarm") if view.case.danger else ""


def make_sure(t: Translator, view: CaseView, *, of_company: bool = False) -> str:
    """After a withdrawal nobody waits for anything in the bot any more, but the danger may still be there."""
    if of_company:
        return t("It was dangerous: please make sure on site that nobody is in danger any more.")
    if told.was_told(view, *COMPANY_RECIPIENTS):
        return t("It was dangerous: the property service has been asked to make sure on site.")
    return t("It was dangerous: please make sure that nobody is in danger any more.")
