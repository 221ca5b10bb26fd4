"""Links that let somebody in once: taken up by those of the registry, made for and taken up by a resident's family."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import CommandStart

from complaints.errors import NotYours
from complaints.model.people import Appointment, same_employer
from handlers.framework.acts import on_buttons
from handlers.framework.aiogram_adapters import command
from handlers.framework.context import Context
from handlers.officer.unreachable_staff import invitable
from handlers.resident.sign_up import welcome_staff
from storage.queries import case_views, scope_names
from storage.repositories import cases, followers, invitations, ledger, people, role_claims
from storage.repositories.invitations import Invitation, InvitationKind
from views.framework.callbacks import CaseTapped
from views.framework.translator import translator
from views.officer import invitations as views
from views.resident import card as household_views

# --- making them --------------------------------------------------------------------------------------------------


async def link_for_family(context: Context, tap: CaseTapped) -> None:
    """「请家人一起看」."""
    complaint = await context.tapped_case(tap)
    code = invitations.offer_link(context.work, InvitationKind.FAMILY, context.person.id, complaint=complaint.id)
    await ledger.note(
        context.work, ledger.OUTSIDE, "FamilyInvited", {"complaint": complaint.id}, context.person.id, context.now
    )
    context.say(views.family_link(context.t, context.link(f"i_{code}")), about=complaint.id)


# --- using them ---------------------------------------------------------------------------------------------------


async def redeem(context: Context, code: str) -> None:
    """`/start i_<code>`. A wrong code is counted; after five within an hour no code is looked at."""
    code = code.removeprefix("i_")
    if await invitations.locked_out(context.work, context.person.id):
        context.say(views.too_many(context.t))
        return
    link = await invitations.of_link(context.work, code)
    if link is None:
        invitations.stumbled(context.work, context.person.id)
        await ledger.note(context.work, ledger.OUTSIDE, "LinkRefused", {}, context.person.id, context.now)
        context.say(views.no_such_link(context.t))
    elif link.person == context.person.id:
        context.say(views.own_link(context.t))
    elif link.kind is InvitationKind.STAFF:
        await _join_staff(context, link)
    else:
        await _follow(context, link)


async def _join_staff(context: Context, link: Invitation) -> None:
    """The invited appointment and those of the same company or office, while the maker of the link may still invite."""
    named = await _still_open(context, link)
    if named is None:
        context.say(views.no_such_link(context.t))
        return
    fits = partial(_goes_with, named)
    held = await role_claims.claim_roles(context.work, context.person, named.phone, fits)
    invitations.use(context.work, link, context.person.id)
    note = {"roles": [a.key for a in held], "by": link.person}
    await ledger.note(context.work, ledger.OUTSIDE, "StaffJoined", note, context.person.id, context.now)
    await context.over()
    await welcome_staff(context, held)
    await _tell_maker(context, link, named)


async def _tell_maker(context: Context, link: Invitation, named: Appointment) -> None:
    """Whoever made the link reads who has used it: it may have come into other hands."""
    maker = await people.by_id(context.work, link.person)
    t = translator(maker.language if maker else "zh")
    where = await scope_names.scope_name(context.work, named, t)
    by = context.person.name
    await context.tell(link.person, lambda t: views.link_was_used(t, named, where, by))


async def _still_open(context: Context, link: Invitation) -> Appointment | None:
    inviter = await people.by_id(context.work, link.person)
    who = await people.actor(context.work, inviter) if inviter else None
    try:
        found = await invitable(context.work, who, link.appointment) if who and link.appointment is not None else None
    except NotYours:
        return None
    return found.appointment if found else None


def _goes_with(named: Appointment, held: Appointment) -> bool:
    return held.key == named.key or same_employer(held, named)


async def _follow(context: Context, link: Invitation) -> None:
    """Somebody of the family sees the case as the household does, and has no button that changes it."""
    complaint = await context.work.complaint(link.complaint) if link.complaint is not None else None
    household = await cases.household_of(context.work, complaint.id, link.person) if complaint else None
    if complaint is None or household is None or household.follows:
        context.say(views.no_such_link(context.t))
        return
    if await context.household(complaint.id) is not None:
        context.say(views.follows_already(context.t))
        return
    invitations.use(context.work, link, context.person.id)
    follower = followers.add(context.work, household, context.person.id)
    note = {"complaint": complaint.id, "complainant": household.id}
    await ledger.note(context.work, ledger.OUTSIDE, "FamilyJoined", note, context.person.id, context.now)
    context.say(views.following(context.t))
    case_view = await case_views.load(context.work, complaint, reader=context.who, household=follower)
    context.say(household_views.card(context.t, case_view), about=complaint.id, kind="resident.card")


async def unfollow(context: Context, tap: CaseTapped) -> None:
    """「不再看这件事」."""
    await context.case(tap.case)
    followers.leave(context.work, tap.case, context.person.id)
    context.show(views.unfollowed(context.t))


def router() -> Router:
    made = Router(name="invitations")
    made.message.register(command(redeem), CommandStart(deep_link=True, magic=F.args.startswith("i_")))
    on_buttons(made, {"invite": link_for_family, "unfollow": unfollow})
    return made
