"""People come to the bot: residents by a community's code, staff by the phone number in the registry."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import CommandStart, StateFilter

from complaints.errors import NotOwnContact, UnknownCode, WordsTooLong
from complaints.model.people import Appointment, Home, Person, Project
from complaints.policy.pack import Pack
from complaints.text.address_parser import LONGEST_ROOM, where_is
from complaints.text.phone_numbers import normal_phone
from complaints.text.sanitizing import one_line
from handlers.framework import contact_request
from handlers.framework.aiogram_adapters import command, menu_tap, words
from handlers.framework.context import Context
from handlers.framework.filters import Where
from handlers.framework.states import Joining
from handlers.resident import drafts, filing
from storage.queries import scope_names
from storage.repositories import displacements, homes, ledger, people, places, role_claims
from views import welcome as views
from views.framework.callbacks import NUMBER, MenuTapped
from views.framework.pack_terms import promise
from views.staff_welcome import staff_welcome


async def start(context: Context, payload: str) -> None:
    """`/start p_<project>` or `p_<project>_<building>` from a code; bare it offers both ways in."""
    if payload.startswith("p_"):
        await greet(context, payload.removeprefix("p_"))
        return
    if payload:
        context.say(views.unknown_code(context.t))
        return
    await context.over()
    if context.who.is_staff:
        await welcome_staff(context, context.who.appointments)
    elif context.person.home is not None and context.person.consented_at is not None:
        context.say(views.home(context.t))
        await _offer_draft(context)
    else:
        context.say(views.both_ways(context.t))


async def _offer_draft(context: Context) -> None:
    draft = await drafts.load(context)
    if draft and (draft.text or draft.media):
        await filing.start(context)


async def greet(context: Context, code: str, *, searched: bool = False) -> None:
    """The community by name, and the privacy notice."""
    project, building = await _from_code(context, code)
    if project is None:
        context.say(views.unknown_code(context.t))
        return
    await context.state.update_data(joining={"project": project.code, "building": building})
    context.show(views.greeting(context.t, project, context.work.rules.processor, searched=searched))


async def _from_code(context: Context, code: str) -> tuple[Project | None, str]:
    """A code may hold underscores itself: the whole is tried first, then what stands before the last one."""
    if (project := await places.project(context.work, code)) is not None:
        return project, ""
    head, _, building = code.rpartition("_")
    return await places.project(context.work, head), building


async def consent(context: Context, tap: MenuTapped) -> None:
    """「同意并继续」."""
    chosen = (await context.state.get_data()).get("joining")
    if not chosen:
        context.say(views.both_ways(context.t))
        return
    people.put(context.work, replace(context.person, consented_at=context.person.consented_at or context.now))
    await ledger.note(
        context.work, ledger.OUTSIDE, "Consented", {"project": chosen["project"]}, context.person.id, context.now
    )
    await context.state.set_state(Joining.room)
    context.say(views.ask_room(context.t, chosen["building"], chosen["project"]))


async def room(context: Context) -> None:
    """Building and room in one message."""
    text = one_line(context.message.text or "")
    if len(text) > LONGEST_ROOM:
        raise WordsTooLong(limit=LONGEST_ROOM)
    chosen = (await context.state.get_data()).get("joining")
    if not chosen or not text:
        context.say(views.ask_room(context.t, "", chosen["project"] if chosen else ""))
        return
    building, where = where_is(text, chosen["building"])
    home = Home(project=chosen["project"], building=building, room=where)
    if context.person.home is not None:
        homes.keep(context.work, context.person.id, context.person.home)
    homes.keep(context.work, context.person.id, home)
    people.put(context.work, replace(context.person, home=home))
    await context.state.set_state(Joining.phone)
    context.say(views.ask_phone(context.t))


async def contact(context: Context) -> None:
    """「分享手机号」: the sender's own contact, sent just after it was asked for; then the registry is asked."""
    shared = context.message.contact
    if shared is None or shared.user_id != context.person.user or contact_request.is_passed_on(context.message):
        raise NotOwnContact
    in_form = await context.state.get_state() == Joining.phone.state
    if not await contact_request.answered(context):
        context.say(views.ask_phone(context.t) if in_form else views.share_again(context.t))
        return
    phone = normal_phone(shared.phone_number)
    person = await people.by_user(context.work, context.person.user) or context.person
    people.put(context.work, replace(person, phone=phone))
    await people.adopt(context.work, person, phone)
    appointments = await _take_up(context, person, phone)
    if appointments and not in_form:
        await context.over()
        await welcome_staff(context, appointments)
    elif person.home is not None:
        await enter(context, person.home)
    else:
        context.say(views.unknown_phone(context.t))


async def _take_up(context: Context, person: Person, phone: str) -> tuple[Appointment, ...]:
    """The duties of this number, also from an account that held them before: it is displaced, and told so."""
    for held in await role_claims.held_by_others(context.work, person, phone):
        displacements.add(context.work, held, displacements.CLAIMED)
    appointments = await role_claims.claim_roles(context.work, person, phone, verified=True)
    if appointments:
        note = {"roles": [a.key for a in appointments]}
        await ledger.note(context.work, ledger.OUTSIDE, "StaffJoined", note, person.id, context.now)
    return appointments


async def no_contact(context: Context) -> None:
    """「暂不分享」."""
    person = await people.by_user(context.work, context.person.user) or context.person
    if person.home is None:
        context.say(views.both_ways(context.t))
        return
    await enter(context, person.home)


async def enter(context: Context, home: Home) -> None:
    """Joined: home, and whatever had been written before."""
    await context.over()
    project = await places.project(context.work, home.project)
    if project is None:
        raise UnknownCode
    context.say(views.ready(context.t, project, f"{home.building} {home.room}".strip()))
    draft = await drafts.load(context)
    if draft and (draft.text or draft.media):
        context.person = replace(context.person, home=home)
        await filing.propose(context, draft)


async def welcome_staff(context: Context, appointments: tuple[Appointment, ...]) -> None:
    named = [(a, await scope_name(context, a)) for a in appointments]
    pack = await _pack(context, appointments)
    held_to = promise(context.t, pack) if pack else ""
    context.say(staff_welcome(context.t, named, held_to, to_head=pack is not None and pack.hands_over))


async def _pack(context: Context, appointments: tuple[Appointment, ...]) -> Pack | None:
    """The pack of the first community in these people's hands."""
    for held in appointments:
        mine = [found] if (found := await places.project(context.work, held.scope)) else []
        for community in mine or await places.projects_of(context.work, (held.scope,)):
            above = await places.district(context.work, community.district)
            pack = context.work.rules.packs.get(above.pack) if above else None
            if pack is not None:
                return pack
    return None


async def scope_name(context: Context, appointment: Appointment) -> str:
    return await scope_names.scope_name(context.work, appointment, context.t)


# --- without a code ---------------------------------------------------------------------------------------------


async def find(context: Context) -> None:
    await context.state.set_state(Joining.community)
    await context.state.update_data(joining=None, district=None)
    context.say(views.choose_district(context.t, await places.districts(context.work)))


async def more_districts(context: Context, tap: MenuTapped) -> None:
    context.show(views.choose_district(context.t, await places.districts(context.work), int(tap.arg)))


async def district(context: Context, tap: MenuTapped) -> None:
    found = await places.district(context.work, tap.arg)
    if found is None:
        raise UnknownCode
    await context.state.set_state(Joining.community)
    await context.state.update_data(district=found.code)
    context.show(views.ask_community(context.t, found))


async def community(context: Context) -> None:
    """Part of the community's name; a resident's words that name none, but clearly a problem, are heard as such."""
    chosen = (await context.state.get_data()).get("district")
    words = one_line(context.message.text or "")[:LONGEST_ROOM]
    found = await places.search(context.work, words, chosen) if words else []
    if not found and context.person.home is not None and context.work.rules.catalogue.more(words):
        raise SkipHandler
    context.say(views.found(context.t, found))


async def project(context: Context, tap: MenuTapped) -> None:
    await context.state.set_state(None)
    await greet(context, tap.arg, searched=True)


def router() -> Router:
    made = Router(name="sign_up")
    made.message.register(command(start), CommandStart())
    made.message.register(words(contact), Where(F.contact))
    made.message.register(words(no_contact), Where(F.text.in_(views.labels("no_contact"))))
    made.message.register(words(find), Where(F.text.in_(views.labels("find"))))
    made.message.register(words(room), StateFilter(Joining.room), Where(F.text))
    made.message.register(words(community), StateFilter(Joining.community), Where(F.text))
    for to, handler in {
        "consent": consent,
        "district": district,
        "project": project,
    }.items():
        made.callback_query.register(menu_tap(handler), MenuTapped.filter(F.to == to))
    page = (F.to == "districts") & F.arg.regexp(NUMBER)
    made.callback_query.register(menu_tap(more_districts), MenuTapped.filter(page))
    return made
