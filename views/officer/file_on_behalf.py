"""Screens for somebody who files for a resident who can't."""

from collections.abc import Sequence

from complaints.case_view import CaseView
from complaints.model.people import Home, Project
from views.framework import alarm, parts
from views.framework.callbacks import menu
from views.framework.formats import moment_from
from views.framework.screen import Button, Key, Lines, Screen, laid, rows
from views.framework.translator import LANGUAGES, Translator, translator
from views.framework.ways_out import back_to_menu, cancel


def label(t: Translator) -> str:
    return t.p("menu", "File for a resident")


def labels() -> frozenset[str]:
    """The key's label in every language."""
    return frozenset(label(translator(language)) for language in LANGUAGES)


def keyboard(t: Translator) -> tuple[tuple[Key, ...], ...]:
    return ((Key(label(t)),),)


PHONE, COMMUNITY = "phone", "community"  # the questions to which 「返回」 leads


def _ways_out(t: Translator, before: str) -> list[Button]:
    return [back_to_menu(t, "register_again", before), cancel(t)]


def ask_phone(t: Translator) -> Screen:
    return Screen(t("Whose problem is it? Please send the resident's phone number."), rows([cancel(t)]))


def ask_community(t: Translator) -> Screen:
    return Screen(t("In which community? Please send part of its name."), rows(_ways_out(t, PHONE)))


def found(t: Translator, projects: Sequence[Project]) -> Screen:
    if not projects:
        return Screen(t("I found no community of your area with these words."), rows(_ways_out(t, PHONE)))
    taps = [Button(p.name, menu("register", p.code)) for p in projects]
    return Screen(t("Which community?"), laid(taps, *_ways_out(t, COMMUNITY)))


def ask_room(t: Translator, project: Project, before: str = PHONE) -> Screen:
    """`before`: what was asked before it."""
    text = t("{community}: please send the resident's building and room in one message.", community=project.name)
    return Screen(text, rows(_ways_out(t, before)))


def for_whom(t: Translator, community: str, home: Home) -> Screen:
    where = " ".join(p for p in (community, home.building, home.room) if p)
    return Screen(t("You are filing for {where}.", where=where))


def registered(t: Translator, view: CaseView) -> Screen:
    """To be told by phone or on a slip."""
    out = Lines()(t("Registered. Number {number}", number=parts.number(view.case)), parts.about(t, view))
    out(*alarm.lines(t, view))
    if (clock := view.case.clock("respond")) is not None:
        out(t("They must respond by {due}", due=moment_from(t, clock.due, view.now)), *parts.basis(t, view, clock))
    return Screen(str(out(t("Please tell the resident the number. Joining with that phone, they see everything."))))
