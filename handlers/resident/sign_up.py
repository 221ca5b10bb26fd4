"""People come to the bot: residents by a community's code, staff by the phone number in the registry."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import CommandStart, StateFilter

from complaints.errors import NotOwnContact, UnknownCode, WordsTooLong
from complaints.model.people import Appointment, Home, Project, Role
from complaints.policy.pack import Pack
from complaints.text.address_parser import LONGEST_ROOM, where_is
from complaints.text.phone_numbers import normal_phone
from complaints.text.sanitizing import one_line
from handlers.framework.aiogram_adapters import command, menu_tap, words
from handlers.framework.context import Talk
from handlers.framework.states import Joining
from handlers.resident import drafts, filing
from storage.repositories import homes, ledger, people, places
from views import welcome as views
from views.framework.callbacks import NUMBER, MenuTapped
from views.framework.pack_terms import promise


async def start(talk: Talk, payload: str) -> None:
    """`/start p_<project>` or `p_<project>_<building>` from a code; bare it offers both ways in."""
    if payload.startswith("p_"):
        await greet(talk, payload.removeprefix("p_"))
        return
    if payload:
        talk.say(views.unknown_code(talk.t))
        return
    await talk.over()
    if talk.who.is_staff:
        await welcome_staff(talk, talk.who.appointments)
    elif talk.person.home is not None and talk.person.consented_at is not None:
        talk.say(views.home(talk.t))
        await _offer_draft(talk)
    else:
        talk.say(views.both_ways(talk.t))


async def _offer_draft(talk: Talk) -> None:
    sketch = await drafts.load(talk)
    if sketch and (sketch.text or sketch.media):
        await filing.start(talk)


async def greet(talk: Talk, code: str) -> None:
    """The community by name, and the privacy notice."""
    project, building = await _from_code(talk, code)
    if project is None:
        talk.say(views.unknown_code(talk.t))
        return
    await talk.state.update_data(joining={"project": project.code, "building": building})
    talk.show(views.greeting(talk.t, project))


async def _from_code(talk: Talk, code: str) -> tuple[Project | None, str]:
    """A code may hold underscores itself: the whole is tried first, then what stands before the last one."""
    if (project := await places.project(talk.work, code)) is not None:
        return project, ""
    head, _, building = code.rpartition("_")
    return await places.project(talk.work, head), building


async def consent(talk: Talk, tap: MenuTapped) -> None:
    """「同意并继续」."""
    chosen = (await talk.state.get_data()).get("joining")
    if not chosen:
        talk.say(views.both_ways(talk.t))
        return
    people.put(talk.work, replace(talk.person, consented_at=talk.person.consented_at or talk.now))
    await ledger.note(talk.work, ledger.OUTSIDE, "Consented", {"project": chosen["project"]}, talk.person.id, talk.now)
    await talk.state.set_state(Joining.room)
    talk.say(views.ask_room(talk.t, chosen["building"]))


async def room(talk: Talk) -> None:
    """Building and room in one message."""
    text = one_line(talk.message.text or "")
    if len(text) > LONGEST_ROOM:
        raise WordsTooLong(limit=LONGEST_ROOM)
    chosen = (await talk.state.get_data()).get("joining")
    if not chosen or not text:
        talk.say(views.ask_room(talk.t, ""))
        return
    building, where = where_is(text, chosen["building"])
    home = Home(project=chosen["project"], building=building, room=where)
    if talk.person.home is not None:
        homes.keep(talk.work, talk.person.id, talk.person.home)
    homes.keep(talk.work, talk.person.id, home)
    people.put(talk.work, replace(talk.person, home=home))
    await talk.state.set_state(Joining.phone)
    talk.say(views.ask_phone(talk.t))


async def contact(talk: Talk) -> None:
    """「分享手机号」: only the sender's own contact is taken, and the registry is asked."""
    shared = talk.message.contact
    if shared is None or shared.user_id != talk.person.user:
        raise NotOwnContact
    phone = normal_phone(shared.phone_number)
    person = await people.by_user(talk.work, talk.person.user) or talk.person
    people.put(talk.work, replace(person, phone=phone))
    people.adopt(talk.work, person, phone)
    appointments = await people.claim_roles(talk.work, person, phone, verified=True)
    in_form = await talk.state.get_state() == Joining.phone.state
    if appointments and not in_form:
        note = {"roles": [f"{a.role}@{a.scope}" for a in appointments]}
        await ledger.note(talk.work, ledger.OUTSIDE, "StaffJoined", note, person.id, talk.now)
        await talk.over()
        await welcome_staff(talk, appointments)
    elif person.home is not None:
        await enter(talk, person.home)
    else:
        talk.say(views.unknown_phone(talk.t))


async def no_contact(talk: Talk) -> None:
    """「暂不分享」."""
    person = await people.by_user(talk.work, talk.person.user) or talk.person
    if person.home is None:
        talk.say(views.both_ways(talk.t))
        return
    await enter(talk, person.home)


async def enter(talk: Talk, home: Home) -> None:
    """Joined: home, and whatever had been written before."""
    await talk.over()
    project = await places.project(talk.work, home.project)
    if project is None:
        raise UnknownCode
    talk.say(views.ready(talk.t, project, f"{home.building} {home.room}".strip()))
    sketch = await drafts.load(talk)
    if sketch and (sketch.text or sketch.media):
        talk.person = replace(talk.person, home=home)
        await filing.propose(talk, sketch)


async def welcome_staff(talk: Talk, appointments: tuple[Appointment, ...]) -> None:
    named = [(a, await scope_name(talk, a)) for a in appointments]
    pack = await _pack(talk, appointments)
    held_to = promise(talk.t, pack) if pack else ""
    talk.say(views.staff_welcome(talk.t, named, held_to, to_head=pack is not None and pack.hands_over))


async def _pack(talk: Talk, appointments: tuple[Appointment, ...]) -> Pack | None:
    """The pack of the first community in these people's hands."""
    for held in appointments:
        mine = [found] if (found := await places.project(talk.work, held.scope)) else []
        for community in mine or await places.projects_of(talk.work, (held.scope,)):
            above = await places.district(talk.work, community.district)
            pack = talk.work.rules.packs.get(above.pack) if above else None
            if pack is not None:
                return pack
    return None


async def scope_name(talk: Talk, appointment: Appointment) -> str:
    """The scope in words: a community's, company's or district's name."""
    scope = appointment.scope
    match appointment.role:
        case (
            Role.PROJECT_MANAGER
            | Role.DEPUTY_MANAGER
            | Role.DUTY_PERSON
            | Role.GRID_LEADER
            | Role.STEWARD
            | Role.OWNERS_COMMITTEE
        ):
            found = await places.project(talk.work, scope)
        case Role.COMPANY_HEAD | Role.HEAD_DELEGATE:
            return getattr(await places.company(talk.work, scope), "name", scope)
        case _:
            head, _, rest = scope.partition("/")
            above = await places.district(talk.work, head)
            return " ".join(p for p in ((above.name if above else head), rest.replace("/", " ")) if p)
    return found.name if found else scope


# --- without a code ---------------------------------------------------------------------------------------------


async def find(talk: Talk) -> None:
    await talk.state.set_state(Joining.community)
    await talk.state.update_data(joining=None, district=None)
    talk.say(views.choose_district(talk.t, await places.districts(talk.work)))


async def more_districts(talk: Talk, tap: MenuTapped) -> None:
    talk.show(views.choose_district(talk.t, await places.districts(talk.work), int(tap.arg)))


async def district(talk: Talk, tap: MenuTapped) -> None:
    found = await places.district(talk.work, tap.arg)
    if found is None:
        raise UnknownCode
    await talk.state.set_state(Joining.community)
    await talk.state.update_data(district=found.code)
    talk.show(views.ask_community(talk.t, found))


async def community(talk: Talk) -> None:
    """Part of the community's name."""
    chosen = (await talk.state.get_data()).get("district")
    words = one_line(talk.message.text or "")[:LONGEST_ROOM]
    talk.say(views.found(talk.t, await places.search(talk.work, words, chosen) if words else []))


async def project(talk: Talk, tap: MenuTapped) -> None:
    await talk.state.set_state(None)
    await greet(talk, tap.arg)


def router() -> Router:
    made = Router(name="joining")
    made.message.register(command(start), CommandStart())
    made.message.register(words(contact), F.contact)
    made.message.register(words(no_contact), F.text.in_(views.labels("no_contact")))
    made.message.register(words(find), F.text.in_(views.labels("find")))
    made.message.register(words(room), StateFilter(Joining.room), F.text)
    made.message.register(words(community), StateFilter(Joining.community), F.text)
    for to, handler in {
        "consent": consent,
        "district": district,
        "project": project,
    }.items():
        made.callback_query.register(menu_tap(handler), MenuTapped.filter(F.to == to))
    page = (F.to == "districts") & F.arg.regexp(NUMBER)
    made.callback_query.register(menu_tap(more_districts), MenuTapped.filter(page))
    return made
