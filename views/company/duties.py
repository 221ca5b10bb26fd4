"""Screens about appointments: in which one somebody acts, who stands in, who is on call at night."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from complaints.model.people import Appointment
from complaints.time.on_call import OnCallShift
from views.framework import terms
from views.framework.callbacks import menu
from views.framework.formats import CIVIL, day, moment
from views.framework.pages import page_of
from views.framework.screen import Button, Lines, Screen, laid, rows
from views.framework.translator import Html, Translator
from views.framework.ways_out import back_to_menu, cancel, leave

RESIDENT, ALL = "resident", "all"
NO_DUTY = (RESIDENT, ALL)
Named = tuple[Appointment, str, str]


def _day(t: Translator, on: date, zone: ZoneInfo = CIVIL) -> str:
    return day(t, datetime.combine(on, time(12), zone))


def _days(t: Translator, since: date, until: date) -> Html:
    if since == until:
        return t("on {day}", day=_day(t, since))
    return t("from {since} until {until}", since=_day(t, since), until=_day(t, until))


def _begins(t: Translator, at: datetime) -> str:
    """As `moment`, but midnight begins a day."""
    return f"{day(t, at)} {at.astimezone(CIVIL):%H:%M}"


def _duty(t: Translator, held: Appointment, scope: str) -> str:
    return f"{scope} {terms.role(t, held.role.value)}"


def duties(t: Translator, named: Sequence[Named], acting: str, page: int = 0, *, at_home: bool) -> Screen:
    """`named`: each appointment, its scope in words, and its mark on a button."""
    out = Lines()(t("In which duty do you speak? Lists and figures are about that one; your rights stay as they are."))
    taps = [Button(_ticked(_duty(t, a, scope), a.key == acting), menu("role", mark)) for a, scope, mark in named]
    resident = Button(_ticked(t.p("button", "As a resident"), acting == RESIDENT), menu("role", RESIDENT))
    everything = Button(_ticked(t.p("button", "In all of them"), acting in ("", ALL)), menu("role", ALL))
    return Screen(
        str(out), laid([*page_of(t, taps, page, "roles"), resident if at_home else None, everything], leave(t))
    )


def _ticked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def chosen(t: Translator, held: Appointment | None, scope: str, acting: str) -> Screen:
    if held is not None:
        return Screen(t("From now on you speak as {duty}.", duty=_duty(t, held, scope)))
    if acting == RESIDENT:
        return Screen(t("From now on what you write begins a case of your own, as a resident."))
    return Screen(t("From now on your lists show all of your duties."))


def away(
    t: Translator, planned: Sequence[tuple[str, date, date]], found: Sequence[Appointment], page: int = 0
) -> Screen:
    out = Lines()(t("<b>While you are away</b>"))
    for name, since, until in dict.fromkeys(planned):
        out(t("{name} stands in {days}.", name=name, days=_days(t, since, until)))
    out(t("Who shall get your cases meanwhile, and may act on them?") if found else _nobody(t))
    taps = [Button(_person(t, a), menu("deputy", str(a.person))) for a in found]
    here = Button(t.p("button", "I am back"), menu("back")) if planned else None
    return Screen(str(out), laid([*page_of(t, taps, page, "away"), here], cancel(t)))


def _nobody(t: Translator) -> str:
    return t("Nobody beside you has joined yet. They join by sharing their phone number with me.")


def _person(t: Translator, held: Appointment) -> str:
    return f"{held.name}（{terms.role(t, held.role.value)}）"


def away_until(t: Translator, name: str, days: Sequence[date]) -> Screen:
    text = t("Until when shall {name} stand in? Tap the last day, or write like: 11-20 to 11-25", name=name)
    taps = [Button(_day(t, on), menu("away_until", on.isoformat())) for on in days]
    return Screen(text, rows(taps[:2], taps[2:], [back_to_menu(t, "away"), cancel(t)]))


def deputy_named(t: Translator, name: str, since: date, until: date) -> Screen:
    out = Lines()(t("<b>{name} stands in for you {days}.</b>", name=name, days=_days(t, since, until)))
    out(t("New cases go there. You can still act yourself, and end it at any time: /away"))
    return Screen(str(out))


def you_stand_in(t: Translator, name: str, since: date, until: date) -> Screen:
    out = Lines()(t("<b>You stand in for {name} {days}.</b>", name=name, days=_days(t, since, until)))
    out(t("Their cases come to you meanwhile, and the clock runs for you: /todo"))
    return Screen(str(out))


def back(t: Translator) -> Screen:
    return Screen(t("Welcome back. Your cases come to you again."))


def stands_in_no_more(t: Translator, name: str) -> Screen:
    return Screen(t("{name} is back; you don't stand in any more.", name=name))


def which_project(t: Translator, projects: Sequence[tuple[str, str]], page: int = 0) -> Screen:
    taps = [Button(name, menu("rota", code)) for code, name in projects]
    return Screen(t("Whose rota?"), laid(page_of(t, taps, page, "duty"), cancel(t)))


def rota(
    t: Translator,
    project: str,
    named: Sequence[tuple[str, OnCallShift]],
    found: Sequence[Appointment],
    page: int = 0,
    *,
    several: bool = False,
) -> Screen:
    """`several`: the project was chosen among others."""
    out = Lines()(t("<b>Who answers at {community} outside working time</b>", community=project))
    for name, watch in named[:7]:
        out(t("{name}: {since} – {until}", name=name, since=_begins(t, watch.since), until=moment(t, watch.until)))
    out("" if named else t("Nobody is named: the duty persons of the registry are told."))
    out(t("Whom shall I add?") if found else _nobody(t))
    taps = [Button(_person(t, a), menu("watcher", str(a.person))) for a in found]
    clear = Button(t.p("button", "Clear the rota"), menu("relieve")) if named else None
    return Screen(
        str(out),
        laid([*page_of(t, taps, page, "rota_page"), clear], back_to_menu(t, "duty") if several else None, cancel(t)),
    )


def watch_when(t: Translator, name: str) -> Screen:
    text = t("When does {name} answer? Tap, or write like: 11-20 18:00 to 11-21 09:00", name=name)
    tonight = Button(t.p("button", "Tonight"), menu("watch", "tonight"))
    return Screen(
        text,
        rows([tonight, Button(t.p("button", "7 days"), menu("watch", "week"))], [back_to_menu(t, "rota"), cancel(t)]),
    )


def posted(t: Translator, name: str, since: datetime, until: datetime, nights: int) -> Screen:
    text = t("{name} answers from {since} until {until}.", name=name, since=_begins(t, since), until=moment(t, until))
    return Screen(str(Lines()(text, _each_night(t, nights))))


def you_watch(t: Translator, project: str, since: datetime, until: datetime, nights: int) -> Screen:
    begins, ends = _begins(t, since), moment(t, until)
    out = Lines()(t("<b>You answer for {community} from {since} until {until}.</b>", community=project, since=begins,
                    until=ends))  # fmt: skip
    out(_each_night(t, nights))
    out(t("Dangers and new cases come to you as well; you may act on them."))
    return Screen(str(out))


def _each_night(t: Translator, nights: int) -> str:
    return t("Each night from 18:00 to 09:00.") if nights > 1 else ""


def relieved(t: Translator) -> Screen:
    return Screen(t("The rota is empty. The duty persons of the registry are told."))
