"""An officer binds a group: `/bind` in private, the code in the group, 「确认」 in private."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import ChatMemberAdministrator, ChatMemberUpdated, Message

from complaints.errors import BindRefused
from complaints.lifecycle.permissions import Relation, relations
from complaints.model.complaint import Complaint
from complaints.model.people import HEADS, Role
from complaints.notifications.notices import Priority
from complaints.policy.pack_schema import RecipientRole
from complaints.usecases.company import assignment
from handlers.framework.aiogram_adapters import command, menu_tap
from handlers.framework.context import Context
from handlers.framework.filters import Where
from storage.messaging import forum_topics, outbox, recipients
from storage.repositories import cases, destinations, invitations, ledger, people, places
from storage.repositories.invitations import BEGINNING, Invitation
from views.framework.callbacks import MenuTapped
from views.framework.translator import translator
from views.officer import group_binding as views

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no characters that look like digits
BINDERS = (Role.SECTION_HEAD, Role.DISTRICT_OFFICER, Role.CITY_OFFICER)
CODE_LENGTH = 10  # 50 bits, good for an hour, and only for the officer who asked
LEAVE_AFTER = 15 * 60.0  # seconds of real time


async def in_private(context: Context, code: str) -> None:
    """`/bind`: the line to post."""
    scopes = context.who.acting_as.scopes(*BINDERS)
    if not scopes:
        raise BindRefused(why="not_officer")
    number = context.work.new_id()
    fresh = "".join(ALPHABET[number >> (5 * n) & 31] for n in range(CODE_LENGTH))
    invitations.offer_to_group(context.work, fresh, context.person.id, scopes[0])
    context.say(views.bind_line(context.t, fresh, await scope_name(context, scopes[0])))


async def scope_name(context: Context, scope: str) -> str:
    """A district's name; a city's scope is its name."""
    found = await places.district(context.work, scope)
    return found.name if found else scope


async def in_group(context: Context, code: str) -> None:
    """`/bind CODE`, posted by the officer who asked for it; 「确认」 is asked for in private."""
    if not code:
        raise BindRefused(why="in_private")
    invitation = await invitations.of_group_code(context.work, code)
    if invitation is None:
        raise BindRefused(why="unknown")
    if invitation.used or invitation.destination not in (None, context.destination.id):
        raise BindRefused(why="used")  # what is confirmed in private names the group in which it was posted first
    if invitation.person != context.person.id:
        raise BindRefused(why="other_person")
    if context.destination.scope:
        raise BindRefused(why="group_bound")
    invitations.posted(context.work, invitation, context.destination.id)
    private = await destinations.of_person(context.work, context.person.id)
    if private is not None:
        name = await scope_name(context, invitation.scope)
        title = context.destination.title
        aside = context.in_chat(private)
        aside.say(views.confirm_bind(aside.t, title, name, invitation.digest[:BEGINNING]))
    context.say(views.code_seen(context.t))


async def confirm(context: Context, tap: MenuTapped) -> None:
    """「确认」: the group becomes the working group of the officer's district or city, in place of any other."""
    invitation, group = await _waiting(context, tap.arg)
    if group is None or invitation.scope not in context.who.scopes(*BINDERS):
        raise BindRefused(why="unknown")
    if group.scope:
        raise BindRefused(why="group_bound")
    invitations.use(context.work, invitation)
    before = await destinations.group_of(context.work, invitation.scope)
    destinations.release(context.work, invitation.scope, group.id)
    if before is not None and before.id != group.id:
        there = context.in_chat(before)
        there.say(views.replaced(there.t))
        _leave_soon(there)
    destinations.put(context.work, replace(group, scope=invitation.scope, reachable=True))
    outbox.stay(context.work, group.id)
    note = {"scope": invitation.scope, "destination": group.id}
    await ledger.note(context.work, ledger.OUTSIDE, "GroupBound", note, context.person.id, context.now)
    name = await scope_name(context, invitation.scope)
    context.show(views.bound_private(context.t, group.title, name))
    there = context.in_chat(group)
    there.say(views.bound(there.t, name))


async def cancel(context: Context, tap: MenuTapped) -> None:
    invitation, _ = await _waiting(context, tap.arg)
    invitations.use(context.work, invitation)
    context.show(views.not_bound(context.t))


async def _waiting(context: Context, token: str) -> tuple[Invitation, destinations.Destination | None]:
    """The officer's own offer that was posted, and the group it was posted in."""
    invitation = await invitations.of_button(context.work, context.person.id, token)
    if invitation is None or invitation.is_over(context.now):
        raise BindRefused(why="unknown")
    if invitation.used:
        raise BindRefused(why="used")
    group = await destinations.by_id(context.work, invitation.destination) if invitation.destination else None
    return invitation, group


# --- the bot in groups ------------------------------------------------------------------------------------------


async def membership_changed(update: ChatMemberUpdated, context: Context) -> None:
    """The bot was added, made admin, or removed; a person blocked or unblocked it."""
    here = update.new_chat_member.status in ("member", "administrator", "creator", "restricted")
    if context.private:
        destinations.put(context.work, replace(context.destination, reachable=here))
        if not here and context.destination.reachable:
            await _lost(context)
        return
    destinations.mark(context.work, context.destination.id, reachable=here)
    if here:
        await _in_group(context, update)
    elif context.destination.scope:
        await _group_lost(context)


async def _in_group(context: Context, update: ChatMemberUpdated) -> None:
    """What the group reads when the bot was added, or was given other rights."""
    before, now = update.old_chat_member, update.new_chat_member
    forum_topics.ask_again(context.work, context.destination.id)
    if before.status in ("left", "kicked"):
        await _came(context)
    if isinstance(now, ChatMemberAdministrator) and not isinstance(before, ChatMemberAdministrator):
        context.say(
            views.sees_everything(context.t, bound=bool(context.destination.scope), topics_only=_topics_only(now))
        )


async def _came(context: Context) -> None:
    if context.destination.scope:
        context.say(views.bound(context.t, await scope_name(context, context.destination.scope)))
    else:
        context.say(views.how_to_bind(context.t))
        _leave_soon(context)


def _topics_only(rights: ChatMemberAdministrator) -> bool:
    """Whether it may do nothing but manage topics; 「管理群组」 comes with every right."""
    given = {name for name, value in rights if name.startswith("can_") and value is True}
    return given - {"can_be_edited", "can_manage_chat"} == {"can_manage_topics"}


def _leave_soon(context: Context) -> None:
    """The bot leaves the group, unless somebody binds it; an earlier leaving is off, this one counts anew."""
    outbox.stay(context.work, context.destination.id)
    outbox.put(
        context.work,
        f"leave:{context.destination.id}:{context.update_id}",
        method="leave",
        kind="leave",
        destination=context.destination.id,
        priority=int(Priority.REPORT),
        not_before=context.work.real + LEAVE_AFTER,
    )


async def _lost(context: Context) -> None:
    """A handler has blocked the bot: the next in line is notified at once."""
    projects = context.who.scopes(Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)
    companies = context.who.scopes(*HEADS)
    found = [
        *await cases.within(context.work, "project", projects),
        *await cases.within(context.work, "company", companies),
    ]
    for complaint in {c.id: c for c in found}.values():
        if Relation.HANDLER in relations(context.who, complaint) and not await recipients_left(context, complaint):
            await assignment.lose(context.work, complaint.id, context.person.id)


async def _group_lost(context: Context) -> None:
    """The bot was taken out of a bound group: the officers of its district or city are notified in private."""
    scope = context.destination.scope
    for role in BINDERS:
        for officer in await people.holders(context.work, role, scope):
            private = await destinations.of_person(context.work, officer.person) if officer.person else None
            if private is not None and private.reachable:
                reader = await people.by_id(context.work, officer.person)
                t = translator(reader.language if reader else "zh")
                context.say(
                    views.group_lost(t, context.destination.title, await scope_name(context, scope)), to=private
                )


async def recipients_left(context: Context, complaint: Complaint) -> bool:
    """Whether the case's handler can still be reached, without a stand-in."""
    left = await recipients.recipients(context.work, RecipientRole.HANDLER, complaint)
    return any(recipient.instead_of is None for recipient in left)


async def migrated(message: Message, context: Context) -> None:
    """A group became a supergroup, as either of the two chats tells: the destination follows."""
    here = message.chat.id
    old, new = message.migrate_from_chat_id or here, message.migrate_to_chat_id or here
    await destinations.move(context.work, old, new)


async def topic_made(message: Message, context: Context) -> None:
    """Somebody has made a topic: one that is called like a street becomes the street's."""
    made, district = message.forum_topic_created, context.destination.scope
    if made is None or not district or not message.message_thread_id:
        return
    if await forum_topics.lacks(context.work, context.destination.id, district, made.name):
        forum_topics.keep(context.work, context.destination.id, made.name, message.message_thread_id)


async def _is_unbound(message: Message, context: Context) -> bool:
    return not context.destination.scope


async def say_how(message: Message, context: Context) -> None:
    """Any command in a group that nobody has bound gets the way to bind it, and nothing else."""
    context.say(views.how_to_bind(context.t))
    if not await outbox.leaves(context.work, context.destination.id):  # it was there before its update came
        _leave_soon(context)


def private_router() -> Router:
    made = Router(name="binding")
    made.message.register(command(in_private), Command("bind"))
    made.callback_query.register(menu_tap(confirm), MenuTapped.filter(F.to == "bind"))
    made.callback_query.register(menu_tap(cancel), MenuTapped.filter(F.to == "unbind"))
    return made


def group_router() -> Router:
    made = Router(name="groups")
    made.message.register(command(in_group), Command("bind"))
    made.message.register(migrated, Where(F.migrate_to_chat_id | F.migrate_from_chat_id))
    made.message.register(topic_made, Where(F.forum_topic_created))
    made.message.register(say_how, Where(F.text.startswith("/")), _is_unbound)
    return made
