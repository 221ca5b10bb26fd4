"""「替业主登记」: a grid leader, community worker or officer files for somebody who can't."""

from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, StateFilter

from complaints.errors import NotYours, OutsideArea, PhoneUnclear
from complaints.model.complaint import Complaint
from complaints.model.people import REGISTRARS, Actor, Home, Person, Role
from complaints.text.address_parser import LONGEST_ROOM, where_is
from complaints.text.phone_numbers import normal_phone
from complaints.text.sanitizing import one_line
from handlers.framework.aiogram_adapters import command, menu_tap, words
from handlers.framework.context import Talk
from handlers.framework.states import Filing, Registering
from handlers.resident import drafts
from storage.repositories import ledger, people, places
from views.framework.callbacks import MenuTapped
from views.officer import file_on_behalf as views
from views.resident import filing as filing_views


async def start(talk: Talk, _: str = "") -> None:
    """Whose problem is it? The phone number first."""
    if not talk.who.has(*REGISTRARS):
        raise NotYours
    await drafts.keep(talk, None)
    await talk.asks(Registering.phone)
    talk.say(views.ask_phone(talk.t))


async def phone(talk: Talk) -> None:
    """Nothing that is stored with the number is looked up: whoever files says where the resident lives."""
    number = normal_phone(talk.message.text or "")
    if not number:
        raise PhoneUnclear
    await talk.asks(Registering.community, phone=number)
    own = talk.who.scopes(Role.GRID_LEADER, Role.STEWARD)
    if len(own) == 1:
        await _where(talk, own[0])
        return
    talk.say(views.ask_community(talk.t))


async def community(talk: Talk) -> None:
    """Part of its name; only communities that the registrar's roles cover."""
    said = one_line(talk.message.text or "")[:LONGEST_ROOM]
    found = [p for p in await places.search(talk.work, said, limit=500) if said]
    mine = [p for p in found if await covers(talk, p.code)]
    talk.say(views.found(talk.t, mine[:8]))


async def project(talk: Talk, tap: MenuTapped) -> None:
    await _where(talk, tap.arg)


async def covers(talk: Talk, code: str) -> bool:
    """Whether one of the registrar's roles covers the community: nobody learns who lives elsewhere."""
    place = await places.place(talk.work, code)
    covered = {a.scope for a in talk.who.appointments if a.role in REGISTRARS}
    return place is not None and bool(covered & place.scopes)


async def _asked(talk: Talk) -> dict[str, Any]:
    """The phone, and the project once it is known; both go with the dialogue."""
    return (await talk.state.get_data()).get("about") or {}


async def _where(talk: Talk, code: str) -> None:
    found, asked = await places.project(talk.work, code), await _asked(talk)
    if found is None or "phone" not in asked or not await covers(talk, found.code):
        raise OutsideArea
    await talk.asks(Registering.room, **{**asked, "project": found.code})
    talk.say(views.ask_room(talk.t, found))


async def room(talk: Talk) -> None:
    """Building and room. From here on it is the resident's own form; whom it is for stands in the draft alone."""
    asked = await _asked(talk)
    if not await covers(talk, asked.get("project", "")):
        raise NotYours
    building, where = where_is(one_line(talk.message.text or "")[:LONGEST_ROOM], "")
    home = Home(project=asked["project"], building=building, room=where)
    found = await places.project(talk.work, home.project)
    await talk.over()
    await drafts.keep(talk, drafts.Sketch(behalf=drafts.Client(phone=asked["phone"], home=home)))
    await talk.state.set_state(Filing.words)
    talk.say(views.for_whom(talk.t, found.name if found else "—", home))
    talk.say(filing_views.ask_words(talk.t))


async def client(talk: Talk) -> Talk:
    """The talk as the one for whom is filed: the household, home and phone are theirs, the chat is the registrar's.

    A draft for somebody else is nobody's once the registrar has no duty there any more.
    """
    sketch = await drafts.load(talk)
    if sketch is None or sketch.behalf is None:
        return talk
    if not await covers(talk, sketch.behalf.home.project):
        await drafts.keep(talk, None)
        return talk
    fresh = talk.work.new_id()
    known = await people.by_phone(talk.work, sketch.behalf.phone)
    person = replace(known or Person(id=fresh, user=-fresh, phone=sketch.behalf.phone), home=sketch.behalf.home)
    return replace(talk, person=person, who=Actor(person=person.id), registrar=talk.person)


async def enter(talk: Talk) -> None:
    """Only now, with a case, somebody unknown gets an entry, which is theirs once they join by that number.

    It holds the number alone: where they live stands with the household, and a joined resident's own home is theirs.
    """
    if talk.registrar is None:
        return
    if talk.person.user < 0:
        people.put(talk.work, replace(talk.person, home=None))
    about = {"person": talk.person.id}
    await ledger.note(talk.work, ledger.OUTSIDE, "RegistersFor", about, talk.registrar.id, talk.now)


async def registered(talk: Talk, complaint: Complaint) -> None:
    """The number, to be told by phone or on a slip."""
    if talk.registrar is None:
        return
    talk.say(views.registered(talk.t, complaint.number, await talk.dossier(complaint)), about=0)


def router() -> Router:
    made = Router(name="registering")
    made.message.register(command(start), Command("register"))
    made.message.register(words(start), F.text.in_(views.labels()))
    made.message.register(words(phone), StateFilter(Registering.phone), F.text)
    made.message.register(words(community), StateFilter(Registering.community), F.text)
    made.message.register(words(room), StateFilter(Registering.room), F.text)
    made.callback_query.register(menu_tap(project), MenuTapped.filter(F.to == "register"), StateFilter(Registering))
    return made
