"""「替业主登记」: a grid leader, community worker or officer files for somebody who can't."""

from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, StateFilter

from complaints.errors import NotYours, OutsideArea, PhoneUnclear
from complaints.model.complaint import Complaint
from complaints.model.people import REGISTRARS, Actor, Home, Person, Role
from complaints.text.address_parser import LONGEST_ROOM, where_is
from complaints.text.phone_numbers import is_whole, normal_phone
from complaints.text.sanitizing import one_line
from handlers.framework.aiogram_adapters import command, menu_tap, words
from handlers.framework.context import Context
from handlers.framework.filters import Where
from handlers.framework.states import Filing, Registering
from handlers.resident import drafts
from storage.repositories import ledger, people, places
from views.framework.callbacks import MenuTapped
from views.officer import file_on_behalf as views
from views.resident import filing as filing_views


async def start(context: Context, _: str = "") -> None:
    """Whose problem is it? The phone number first."""
    if not context.who.has(*REGISTRARS):
        raise NotYours
    draft = await drafts.load(context)
    if draft is not None and draft.is_begun:
        context.say(filing_views.draft_waiting(context.t, draft.text))
        return
    await drafts.keep(context, None)
    await context.asks(Registering.phone)
    context.show(views.ask_phone(context.t))


async def again(context: Context, tap: MenuTapped) -> None:
    """「返回」 to the number, or to the community."""
    asked = await _asked(context)
    if tap.arg == views.PHONE or "phone" not in asked:
        await start(context)
        return
    await context.asks(Registering.community, phone=asked["phone"])
    context.show(views.ask_community(context.t))


async def phone(context: Context) -> None:
    """Typed, or as the resident's contact card. Nothing that is stored with the number is shown."""
    card = context.message.contact
    typed = context.message.text or ""
    number = normal_phone(card.phone_number if card is not None else typed)
    if not number or (card is None and not is_whole(typed)):
        raise PhoneUnclear
    await context.asks(Registering.community, phone=number)
    own = _own(context)
    if len(own) == 1:
        await _where(context, own[0])
        return
    context.say(views.ask_community(context.t))


def _own(context: Context) -> tuple[str, ...]:
    """Communities that need not be asked for."""
    return context.who.scopes(Role.GRID_LEADER, Role.STEWARD)


async def community(context: Context) -> None:
    """Part of its name; only communities that the registrar's roles cover."""
    said = one_line(context.message.text or "")[:LONGEST_ROOM]
    found = [p for p in await places.search(context.work, said, limit=500) if said]
    mine = [p for p in found if await covers(context, p.code)]
    context.say(views.found(context.t, mine[:8]))


async def project(context: Context, tap: MenuTapped) -> None:
    await _where(context, tap.arg)


async def covers(context: Context, code: str) -> bool:
    """Whether one of the registrar's roles covers the community: nobody learns who lives elsewhere."""
    place = await places.place(context.work, code)
    covered = {a.scope for a in context.who.appointments if a.role in REGISTRARS}
    return place is not None and bool(covered & place.scopes)


async def _asked(context: Context) -> dict[str, Any]:
    """The phone, and the project once it is known; both go with the dialogue."""
    return (await context.state.get_data()).get("about") or {}


async def _where(context: Context, code: str) -> None:
    found, asked = await places.project(context.work, code), await _asked(context)
    if found is None or "phone" not in asked or not await covers(context, found.code):
        raise OutsideArea
    await context.asks(Registering.room, **{**asked, "project": found.code})
    context.show(views.ask_room(context.t, found, views.PHONE if len(_own(context)) == 1 else views.COMMUNITY))


async def room(context: Context) -> None:
    """Building and room. From here on it is the resident's own form; whom it is for stands in the draft alone."""
    asked = await _asked(context)
    if not await covers(context, asked.get("project", "")):
        raise NotYours
    building, where = where_is(one_line(context.message.text or "")[:LONGEST_ROOM], "")
    home = Home(project=asked["project"], building=building, room=where)
    found = await places.project(context.work, home.project)
    await context.over()
    await drafts.keep(context, drafts.FilingDraft(behalf=drafts.OnBehalfOf(phone=asked["phone"], home=home)))
    await context.state.set_state(Filing.words)
    context.say(views.for_whom(context.t, found.name if found else "—", home))
    context.say(filing_views.ask_words(context.t))


async def client(context: Context) -> Context:
    """The context as the resident's: household, home and phone are the resident's, the chat is the registrar's.

    A draft for somebody else is dropped once the registrar has no appointment there any more.
    """
    draft = await drafts.load(context)
    if draft is None or draft.behalf is None:
        return context
    if not await covers(context, draft.behalf.home.project):
        await drafts.keep(context, None)
        return context
    fresh = context.work.new_id()
    known = await people.by_phone(context.work, draft.behalf.phone)
    person = replace(known or Person(id=fresh, user=-fresh, phone=draft.behalf.phone), home=draft.behalf.home)
    return replace(context, person=person, who=Actor(person=person.id), registrar=context.person)


async def enter(context: Context) -> None:
    """Only now, with a case, somebody unknown gets an entry, which is theirs once they join by that number.

    It holds the number alone: where they live stands with the household, and a joined resident's own home is theirs.
    """
    if context.registrar is None:
        return
    if not context.person.has_joined:
        people.put(context.work, replace(context.person, home=None))
    about = {"person": context.person.id}
    await ledger.note(context.work, ledger.OUTSIDE, "RegistersFor", about, context.registrar.id, context.now)


async def registered(context: Context, complaint: Complaint) -> None:
    """The number, to be told by phone or on a slip."""
    if context.registrar is None:
        return
    context.say(views.registered(context.t, await context.case_view(complaint)))


def router() -> Router:
    made = Router(name="file_on_behalf")
    made.message.register(command(start), Command("register"))
    made.message.register(words(start), Where(F.text.in_(views.labels())))
    made.message.register(words(phone), StateFilter(Registering.phone), Where(F.text | F.contact))
    made.message.register(words(community), StateFilter(Registering.community), Where(F.text))
    made.message.register(words(room), StateFilter(Registering.room), Where(F.text))
    back = (F.to == "register_again") & F.arg.in_({views.PHONE, views.COMMUNITY})
    made.callback_query.register(menu_tap(again), MenuTapped.filter(back), StateFilter(Registering))
    made.callback_query.register(menu_tap(project), MenuTapped.filter(F.to == "register"), StateFilter(Registering))
    return made
