"""Links that let somebody in once: taken up by those of the registry, made for and taken up by a resident's family."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import CommandStart

from complaints.errors import NotYours
from complaints.model.people import Appointment, work_together
from handlers.framework.aiogram_adapters import case_tap, command
from handlers.framework.context import Talk
from handlers.officer.unreachable_staff import invitable
from handlers.resident.sign_up import welcome_staff
from storage.queries import case_view
from storage.repositories import cases, followers, invitations, ledger, people
from storage.repositories.invitations import Link
from views.framework.callbacks import CaseTapped
from views.officer import invitations as views
from views.resident import card as household_views

# --- making them --------------------------------------------------------------------------------------------------


async def link_for_family(talk: Talk, tap: CaseTapped) -> None:
    """「请家人一起看」."""
    complaint = await talk.tapped_case(tap)
    code = invitations.offer(talk.work, "family", talk.person.id, complaint=complaint.id)
    await ledger.note(talk.work, ledger.OUTSIDE, "FamilyInvited", {"complaint": complaint.id}, talk.person.id, talk.now)
    talk.say(views.family_link(talk.t, talk.link(f"i_{code}")), about=complaint.id)


# --- using them ---------------------------------------------------------------------------------------------------


async def redeem(talk: Talk, code: str) -> None:
    """`/start i_<code>`. A wrong code is counted; after five within an hour no code is looked at."""
    code = code.removeprefix("i_")
    if await invitations.locked_out(talk.work, talk.person.id):
        talk.say(views.too_many(talk.t))
        return
    link = await invitations.find(talk.work, code)
    if link is None:
        invitations.stumbled(talk.work, talk.person.id)
        await ledger.note(talk.work, ledger.OUTSIDE, "LinkRefused", {}, talk.person.id, talk.now)
        talk.say(views.no_such_link(talk.t))
    elif link.person == talk.person.id:
        talk.say(views.own_link(talk.t))
    elif link.kind == "staff":
        await _join_staff(talk, link)
    else:
        await _follow(talk, link)


async def _join_staff(talk: Talk, link: Link) -> None:
    """The invited duty and those of the same company or office, while whoever made the link may still do so."""
    named = await _still_open(talk, link)
    if named is None:
        talk.say(views.no_such_link(talk.t))
        return
    fits = partial(_goes_with, named)
    held = await people.claim_roles(talk.work, talk.person, named.phone, fits)
    invitations.use(talk.work, link, talk.person.id)
    note = {"roles": [a.key for a in held], "by": link.person}
    await ledger.note(talk.work, ledger.OUTSIDE, "StaffJoined", note, talk.person.id, talk.now)
    await talk.over()
    await welcome_staff(talk, held)


async def _still_open(talk: Talk, link: Link) -> Appointment | None:
    inviter = await people.by_id(talk.work, link.person)
    who = await people.actor(talk.work, inviter) if inviter else None
    try:
        found = await invitable(talk.work, who, link.role or 0) if who else None
    except NotYours:
        return None
    return found.appointment if found else None


def _goes_with(named: Appointment, held: Appointment) -> bool:
    return held.key == named.key or work_together(held, named)


async def _follow(talk: Talk, link: Link) -> None:
    """Somebody of the family sees the case as the household does, and has no button that changes it."""
    complaint = await talk.work.complaint(link.complaint or 0)
    household = await cases.household_of(talk.work, link.complaint or 0, link.person)
    if complaint is None or household is None or household.follows:
        talk.say(views.no_such_link(talk.t))
        return
    if await talk.household(complaint.id) is not None:
        talk.say(views.follows_already(talk.t))
        return
    invitations.use(talk.work, link, talk.person.id)
    follower = followers.add(talk.work, household, talk.person.id)
    note = {"complaint": complaint.id, "complainant": household.id}
    await ledger.note(talk.work, ledger.OUTSIDE, "FamilyJoined", note, talk.person.id, talk.now)
    talk.say(views.following(talk.t))
    dossier = await case_view.dossier(talk.work, complaint, reader=talk.who, household=follower)
    talk.say(household_views.card(talk.t, dossier), about=complaint.id, kind="resident.card")


async def unfollow(talk: Talk, tap: CaseTapped) -> None:
    """「不再看这件事」."""
    await talk.case(tap.case)
    followers.leave(talk.work, tap.case, talk.person.id)
    talk.show(views.unfollowed(talk.t))


def router() -> Router:
    made = Router(name="inviting")
    made.message.register(command(redeem), CommandStart(deep_link=True, magic=F.args.startswith("i_")))
    for verb, tapped in {"invite": link_for_family, "unfollow": unfollow}.items():
        made.callback_query.register(case_tap(tapped), CaseTapped.filter(F.verb == verb))
    return made
