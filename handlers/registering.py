"""「替业主登记」: a grid leader, community worker or officer files for somebody who can't."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command, StateFilter

from complaints.complaint import Complaint
from complaints.errors import NotYours, PhoneUnclear, UnknownCode
from complaints.homes import LONGEST_ROOM, where_is
from complaints.people import REGISTRARS, Actor, Home, Person, Role
from complaints.phones import normal_phone
from handlers import drafts
from handlers.hearing import command, menu_tap, words
from handlers.states import Filing, Registering
from handlers.talk import Talk, clean
from storage import ledger, people, places
from views import filing as filing_views
from views import registering as views
from views.callbacks import MenuTapped


async def start(talk: Talk, _: str = "") -> None:
    """Whose problem is it? The phone number first."""
    if not talk.who.has(*REGISTRARS):
        raise NotYours
    await talk.over()
    await drafts.keep(talk, None)
    await talk.state.set_state(Registering.phone)
    talk.say(views.ask_phone(talk.t))


async def phone(talk: Talk) -> None:
    number = normal_phone(talk.message.text or "")
    if not number:
        raise PhoneUnclear
    known = await people.by_phone(talk.work, number)
    await talk.state.update_data(behalf={"phone": number, "person": known.id if known else None})
    if known is not None and known.home is not None and await covers(talk, known.home.project):
        await _words(talk, known)
        return
    own = talk.who.scopes(Role.GRID_LEADER)
    if len(own) == 1:
        await _where(talk, own[0])
        return
    await talk.state.set_state(Registering.community)
    talk.say(views.ask_community(talk.t))


async def community(talk: Talk) -> None:
    """Part of its name; only communities that the registrar's roles cover."""
    said = clean(talk.message.text or "")[:LONGEST_ROOM]
    found = [p for p in await places.search(talk.work, said, limit=50) if said]
    mine = [p for p in found if await covers(talk, p.code)]
    talk.say(views.found(talk.t, mine[:8]))


async def project(talk: Talk, tap: MenuTapped) -> None:
    await _where(talk, tap.arg)


async def covers(talk: Talk, code: str) -> bool:
    """Whether one of the registrar's roles covers the community: nobody learns who lives elsewhere."""
    place = await places.place(talk.work, code)
    covered = {a.scope for a in talk.who.appointments if a.role in REGISTRARS}
    return place is not None and bool(covered & place.scopes)


async def _where(talk: Talk, code: str) -> None:
    found = await places.project(talk.work, code)
    behalf = (await talk.state.get_data()).get("behalf")
    if found is None or not behalf or not await covers(talk, found.code):
        raise UnknownCode
    await talk.state.update_data(behalf={**behalf, "project": found.code})
    await talk.state.set_state(Registering.room)
    talk.say(views.ask_room(talk.t, found))


async def room(talk: Talk) -> None:
    """Building and room; somebody new gets an entry of their own, which is theirs once they join by that number."""
    behalf = (await talk.state.get_data())["behalf"]
    building, where = where_is(clean(talk.message.text or "")[:LONGEST_ROOM], "")
    home = Home(project=behalf["project"], building=building, room=where)
    known = await people.by_id(talk.work, behalf["person"])
    fresh = talk.work.new_id()
    person = replace(known, home=home) if known else Person(id=fresh, user=-fresh, phone=behalf["phone"], home=home)
    people.put(talk.work, person)
    await talk.state.update_data(behalf={**behalf, "person": person.id})
    await _words(talk, person)


async def _words(talk: Talk, person: Person) -> None:
    """From here on it is the same form as the resident's own; whom it is for stands in the draft."""
    await ledger.note(talk.work, ledger.OUTSIDE, "RegistersFor", {"person": person.id}, talk.person.id, talk.now)
    await talk.state.update_data(behalf=None)
    await drafts.keep(talk, drafts.Sketch(behalf=person.id))
    await talk.state.set_state(Filing.words)
    project = await places.project(talk.work, person.home.project) if person.home else None
    talk.say(views.for_whom(talk.t, project.name if project else "—", person))
    talk.say(filing_views.ask_words(talk.t))


async def client(talk: Talk) -> Talk:
    """The talk as the one for whom is filed: the household, home and phone are theirs, the chat is the registrar's."""
    sketch = await drafts.load(talk)
    if sketch is None or sketch.behalf is None or not talk.who.has(*REGISTRARS):
        return talk
    person = await people.by_id(talk.work, sketch.behalf)
    return replace(talk, person=person, who=Actor(person=person.id), registrar=talk.person) if person else talk


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
