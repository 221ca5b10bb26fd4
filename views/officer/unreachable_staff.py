"""Lists of staff whom the bot can't reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from views.framework import parts
from views.framework.callbacks import menu
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Html, Translator


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Somebody in charge, by full name; `phone` is the office's."""

    id: int
    name: str
    role: str
    where: str
    phone: str
    blocked: bool
    open: int


def unreachable(
    t: Translator, area: str, count: int, entries: Sequence[Entry], page: int, size: int, *, invites: bool
) -> Screen:
    """Two lines each, the most open cases first, paged; with `invites` a link for each who never joined."""
    if not count:
        return Screen(t("In {area} everybody in charge can be reached.", area=area))
    out = Lines()(t("<b>{area}: {count} in charge can't be reached here</b>", area=area, count=count))
    for entry in entries:
        who = parts.person(t, entry.role, entry.name)
        out(t("{who} · {where}", who=who, where=entry.where), _how(t, entry))
    out(t("Their cases go to the next in line at once. They join by sharing their number here, or by a link."))
    earlier = Button(t.p("button", "Earlier"), menu("unreachable", str(page - 1))) if page else None
    more = Button(t.p("button", "More"), menu("unreachable", str(page + 1))) if (page + 1) * size < count else None
    strangers = [entry for entry in entries if invites and not entry.blocked]
    links = [Button(t("Link for {name}", name=entry.name)[:60], menu("invite", str(entry.id))) for entry in strangers]
    return Screen(str(out), rows(links[:2], links[2:], [earlier, more]))


def joined_meanwhile(t: Translator) -> Screen:
    return Screen(t("This person has joined meanwhile, or isn't in the registry any more. /invite shows who is left."))


def _how(t: Translator, entry: Entry) -> Html:
    why = t("has blocked the bot") if entry.blocked else t("never joined")
    waiting = t.n("{count} open case", "{count} open cases", entry.open)
    phone = t("office {phone}", phone=entry.phone) if entry.phone else t("no office number")
    return t("{why} · {waiting} · {phone}", why=why, waiting=waiting, phone=phone)
