"""The first screens: greeting, menu, help, and the notice board."""

from collections.abc import Sequence
from datetime import datetime

from complaints.model.people import (  # fmt: skip
    HEADS,
    OFFICE_ROLES,
    REGISTRARS,
    Actor,
    Appointment,
    Company,
    District,
    Project,
    Role,
)
from views.framework import parts, ways_out
from views.framework.callbacks import menu
from views.framework.formats import moment
from views.framework.screen import Button, Key, Lines, Screen, laid, rows
from views.framework.translator import LANGUAGES, Translator, translator
from views.resident import privacy

MENU = ("report", "mine", "home", "help", "language")


def menu_label(t: Translator, which: str) -> str:
    return {
        "report": t.p("menu", "Report a problem"),
        "mine": t.p("menu", "My cases"),
        "home": t.p("menu", "My community"),
        "help": t.p("menu", "Help"),
        "language": t.p("menu", "中文/English"),
        "contact": t.p("menu", "Share my phone number"),
        "no_contact": t.p("menu", "Not now"),
        "find": t.p("menu", "I live here: find my community"),
    }[which]


def labels(which: str) -> frozenset[str]:
    """A key's label in every language: what a person may send, whichever keyboard is still open."""
    return frozenset(menu_label(translator(language), which) for language in LANGUAGES)


def keyboard(t: Translator) -> tuple[tuple[Key, ...], ...]:
    first, *rest = (Key(menu_label(t, which)) for which in MENU)
    return ((first,), tuple(rest[:2]), tuple(rest[2:]))


def both_ways(t: Translator, *, kept: bool = False) -> Screen:
    """Bare /start: property staff and officers by phone, residents by community. `kept`: something was said already."""
    out = Lines()(t("<b>Hello, this is Mashang: housing problems, answered in time.</b>"))
    out(t("What you said is kept: once you have joined we go on with it.") if kept else "")
    out(t("Residents: scan the code in your lift or at the gate, or look for your community here."))
    out(t("Property staff and officers: share the phone number that you are registered with."))
    keys = ((Key(menu_label(t, "contact"), "contact"),), (Key(menu_label(t, "find")),))
    return Screen(str(out), keyboard=keys)


def greeting(t: Translator, project: Project, processor: str = "", *, searched: bool = False) -> Screen:
    """The community by name, and the privacy notice in short; `searched`: it was chosen, and may be the wrong one."""
    out = Lines()(
        t("<b>Welcome to {community}: tell me what is wrong, and I keep the clock.</b>", community=project.name)
    )
    out(*privacy.lines(t, processor))
    return Screen(str(out), rows([privacy.agree(t)], [
        Button(t.p("button", "Read it all"), menu("privacy")),
        _other_district(t) if searched else None,
    ]))  # fmt: skip


def _other_district(t: Translator) -> Button:
    """「返回」 to the districts, from wherever somebody looks for their community."""
    return ways_out.back_to_menu(t, "districts", "0")


def ask_room(t: Translator, building: str, project: str) -> Screen:
    """「返回」 leads to the community's greeting, where one was chosen."""
    text = t("Please send your building and room in one message, for example: Building 3, 1201")
    if building:
        text = t(
            "You are in building {building}. Please send unit and room, for example: Unit 2, 1201", building=building
        )
    back = ways_out.back_to_menu(t, "project", project) if project else None
    return Screen(text, rows([back, ways_out.leave(t)]))


def ask_phone(t: Translator) -> Screen:
    keys = ((Key(menu_label(t, "contact"), "contact"),), (Key(menu_label(t, "no_contact")),))
    return Screen(t("May the handler call you? Share your phone number, or do without."), keyboard=keys)


def share_again(t: Translator) -> Screen:
    """A contact that nobody has just asked for: one more tap shows that it is meant."""
    keys = ((Key(menu_label(t, "contact"), "contact"),), (Key(menu_label(t, "find")),))
    return Screen(t("To be sure that it is you: please tap “Share my phone number” once more."), keyboard=keys)


def ready(t: Translator, project: Project, where: str) -> Screen:
    out = Lines()(t("<b>All set: {community} {where}</b>", community=project.name, where=where))
    out(t("Just write what is wrong, or send a photo or voice message. The clock runs from the moment you submit."))
    return Screen(str(out), keyboard=keyboard(t))


def home(t: Translator) -> Screen:
    return Screen(t("What can I do for you? Just write, or tap below."), keyboard=keyboard(t))


def unknown_code(t: Translator) -> Screen:
    out = t(
        "This code belongs to no community that I know. Please scan the code again, or look for your community here."
    )
    return Screen(out, keyboard=((Key(menu_label(t, "contact"), "contact"),), (Key(menu_label(t, "find")),)))


def choose_district(t: Translator, districts: Sequence[District], page: int = 0, size: int = 10) -> Screen:
    """A page of them; after the last comes the first again."""
    here = districts[page * size : page * size + size]
    taps = [Button(d.name, menu("district", d.code)) for d in here]
    following = page + 1 if districts[(page + 1) * size :] else 0
    more = Button(t.p("button", "More"), menu("districts", str(following))) if len(districts) > size else None
    return Screen(t("In which district do you live?"), laid([*taps, more], ways_out.leave(t)))


def ask_community(t: Translator, district: District) -> Screen:
    text = t("{district}: please send part of your community's name.", district=district.name)
    return Screen(text, rows([_other_district(t), ways_out.leave(t)]))


def found(t: Translator, projects: Sequence[Project]) -> Screen:
    out = [_other_district(t), ways_out.leave(t)]
    if not projects:
        return Screen(t("I found no community with these words. Please send another part of its name."), rows(out))
    return Screen(t("Which one is yours?"), laid([Button(p.name, menu("project", p.code)) for p in projects], *out))


def unknown_phone(t: Translator) -> Screen:
    out = Lines()(t("This number isn't in the registry, so I can't tell what you are responsible for."))
    out(t("Staff: ask your company or the district housing bureau to enter it, then share it again."))
    out(t("Residents: look for your community."))
    return Screen(str(out), keyboard=((Key(menu_label(t, "find")),),))


def help_(t: Translator, who: Actor) -> Screen:
    out = Lines()(t("<b>Help</b>"))
    if not who.is_staff:
        out(
            t("Write what is wrong, or send a photo, voice message or location: /report"),
            t("Your cases: /mine · Your community's notice board: /home"),
            t("Reply to any message of a case and the handler reads it."),
            t("Your data: /privacy"),
        )
    else:
        out(*_staff_help(t, who))
    last = t("Leave any dialogue: /cancel · Language: /language")
    return Screen(str(out(last)), keyboard=None if who.is_staff else keyboard(t))


def _staff_help(t: Translator, who: Actor) -> list[str]:
    """What somebody can do in each role."""
    handles = who.is_company or who.is_officer or who.has(*OFFICE_ROLES)
    return [
        t("Reply to a case's message in words: the resident reads it.") if handles else "",
        t("Open cases: /todo · Somebody stands in for you: /away") if handles else "",
        t("Your projects: /company") if who.has(*HEADS) else "",
        t("Who answers at night: /duty") if who.is_company else "",
        t("Who can't be reached, and links for them: /unreachable") if who.is_officer or who.has(*HEADS) else "",
        t("Numbers: /today, /overdue, /project NAME") if who.is_officer or who.has(Role.INSPECTOR) else "",
        t("One case, open or closed: /find NUMBER") if handles or who.has(Role.INSPECTOR) else "",
        t("Numbers of your community: /today") if who.has(Role.OWNERS_COMMITTEE) else "",
        t("Bind a group: /bind") if who.is_officer else "",
        t("File for a resident: /register") if who.has(*REGISTRARS) else "",
        t("Several duties: /role") if len(who.appointments) > 1 else "",
    ]


def language_changed(t: Translator, *, staff: bool = False) -> Screen:
    return Screen(t("From now on I speak English."), keyboard=() if staff else keyboard(t))


def board(
    t: Translator,
    project: Project,
    company: Company,
    district: District,
    manager: Appointment | None,
    promise: str,
    figures: dict[str, int],
) -> Screen:
    """The notice board (公示牌) of 62号 附件1: three telephone levels, the promise, this month's figures."""
    out = Lines()(t("<b>{community}: problems solved at once</b>", community=project.name))
    out(t("Project manager: {name}", name=manager.name if manager else "—"))
    out(t("Project: {phone}", phone=parts.telephone(t, project.phone, project.hours)))
    out(t("{company}: {phone}", company=company.name, phone=parts.telephone(t, company.phone, company.hours)))
    bureau = parts.telephone(t, district.phone, district.hours)
    out(t("{district} housing bureau: {phone}", district=district.name, phone=bureau), *parts.rescue(t, district))
    out(t("Promised: {promise}", promise=promise) if promise else "").gap()
    out(
        t(
            "This month: {filed} filed, {resolved} resolved, {overdue} overdue; open now: {open}",
            filed=figures["filed"],
            resolved=figures["resolved"],
            overdue=figures["overdue"],
            open=figures["open"],
        )
    )
    return Screen(str(out))


def dead_letter(t: Translator, at: datetime) -> Screen:
    """To the sender of an update that became a dead letter."""
    when = moment(t, at)
    return Screen(
        t("Sorry, your message of {when} could not be handled. Please send it once more in other words.", when=when)
    )
