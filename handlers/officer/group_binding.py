"""An officer binds a group: `/bind` in private, the code in the group, 「确认」 in private."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import ChatMemberAdministrator, ChatMemberUpdated, Message

from complaints.errors import BindRefused
from complaints.lifecycle.permissions import Standing, standings
from complaints.model.complaint import Complaint
from complaints.model.people import HEADS, Role
from complaints.notifications.notices import Priority
from complaints.policy.pack_schema import Reader
from complaints.usecases import assignment
from handlers.framework.aiogram_adapters import command, menu_tap
from handlers.framework.context import Talk
from storage.messaging import forum_topics, outbox, recipients
from storage.repositories import bindings, cases, destinations, ledger, people, places
from storage.repositories.bindings import Invitation
from views.framework.callbacks import MenuTapped
from views.framework.translator import translator
from views.officer import group_binding as views

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no letters that look like digits
BINDERS = (Role.SECTION_HEAD, Role.DISTRICT_OFFICER, Role.CITY_OFFICER)
CODE_LENGTH = 10  # 50 bits, good for an hour, and only for the officer who asked
LEAVE_AFTER = 15 * 60.0  # seconds of real time


async def in_private(talk: Talk, code: str) -> None:
    """`/bind`: the line to post."""
    scopes = talk.who.hat.scopes(*BINDERS)
    if not scopes:
        raise BindRefused(why="not_officer")
    number = talk.work.new_id()
    fresh = "".join(ALPHABET[number >> (5 * n) & 31] for n in range(CODE_LENGTH))
    bindings.offer(talk.work, fresh, talk.person.id, scopes[0])
    talk.say(views.bind_line(talk.t, fresh, await scope_name(talk, scopes[0])))


async def scope_name(talk: Talk, scope: str) -> str:
    """A district's name; a city's scope is its name."""
    found = await places.district(talk.work, scope)
    return found.name if found else scope


async def in_group(talk: Talk, code: str) -> None:
    """`/bind CODE`, posted by the officer who asked for it; 「确认」 is asked for in private."""
    if not code:
        raise BindRefused(why="in_private")
    invitation = await bindings.find(talk.work, bindings.digest(code))
    if invitation is None or talk.now - invitation.made_at > bindings.GOOD_FOR:
        raise BindRefused(why="unknown")
    if invitation.used:
        raise BindRefused(why="used")
    if invitation.person != talk.person.id:
        raise BindRefused(why="other_person")
    if talk.destination.scope:
        raise BindRefused(why="group_bound")
    bindings.seen(talk.work, invitation, talk.destination.id)
    private = await destinations.of_person(talk.work, talk.person.id)
    if private is not None:
        name = await scope_name(talk, invitation.scope)
        title = talk.destination.title
        aside = talk.in_chat(private)
        aside.say(views.confirm_bind(aside.t, title, name, invitation.digest[:24]))
    talk.say(views.code_seen(talk.t))


async def confirm(talk: Talk, tap: MenuTapped) -> None:
    """「确认」: the group becomes the working group of the officer's district or city, in place of any other."""
    invitation, group = await _waiting(talk, tap.arg)
    if group is None or invitation.scope not in talk.who.scopes(*BINDERS):
        raise BindRefused(why="unknown")
    if group.scope:
        raise BindRefused(why="group_bound")
    bindings.use(talk.work, invitation)
    before = await destinations.group_of(talk.work, invitation.scope)
    destinations.release(talk.work, invitation.scope, group.id)
    if before is not None and before.id != group.id:
        there = talk.in_chat(before)
        there.say(views.replaced(there.t))
        _leave_soon(there)
    destinations.put(talk.work, replace(group, scope=invitation.scope, reachable=True))
    outbox.stay(talk.work, group.id)
    note = {"scope": invitation.scope, "destination": group.id}
    await ledger.note(talk.work, ledger.OUTSIDE, "GroupBound", note, talk.person.id, talk.now)
    name = await scope_name(talk, invitation.scope)
    talk.show(views.bound_private(talk.t, group.title, name))
    there = talk.in_chat(group)
    there.say(views.bound(there.t, name))


async def cancel(talk: Talk, tap: MenuTapped) -> None:
    invitation, _ = await _waiting(talk, tap.arg)
    bindings.use(talk.work, invitation)
    talk.show(views.not_bound(talk.t))


async def _waiting(talk: Talk, token: str) -> tuple[Invitation, destinations.Destination | None]:
    """The officer's own offer that was posted, and the group it was posted in."""
    invitation = await bindings.newest(talk.work, talk.person.id, token)
    if invitation is None:
        raise BindRefused(why="unknown")
    if invitation.used:
        raise BindRefused(why="used")
    group = await destinations.by_id(talk.work, invitation.destination) if invitation.destination else None
    return invitation, group


# --- the bot in groups ------------------------------------------------------------------------------------------


async def standing_changed(update: ChatMemberUpdated, talk: Talk) -> None:
    """The bot was added, made admin, or removed; a person blocked or unblocked it."""
    here = update.new_chat_member.status in ("member", "administrator", "creator", "restricted")
    if talk.private:
        destinations.put(talk.work, replace(talk.destination, reachable=here))
        if not here and talk.destination.reachable:
            await _lost(talk)
        return
    destinations.mark(talk.work, talk.destination.id, reachable=here)
    if here:
        await _in_group(talk, update)
    elif talk.destination.scope:
        await _group_lost(talk)


async def _in_group(talk: Talk, update: ChatMemberUpdated) -> None:
    """What the group is told when the bot has come, or has been given other rights."""
    before, now = update.old_chat_member, update.new_chat_member
    forum_topics.ask_again(talk.work, talk.destination.id)
    if before.status in ("left", "kicked"):
        await _came(talk)
    if isinstance(now, ChatMemberAdministrator) and not isinstance(before, ChatMemberAdministrator):
        talk.say(views.sees_everything(talk.t, bound=bool(talk.destination.scope), topics_only=_topics_only(now)))


async def _came(talk: Talk) -> None:
    if talk.destination.scope:
        talk.say(views.bound(talk.t, await scope_name(talk, talk.destination.scope)))
    else:
        talk.say(views.how_to_bind(talk.t))
        _leave_soon(talk)


def _topics_only(rights: ChatMemberAdministrator) -> bool:
    """Whether it may do nothing but manage topics; 「管理群组」 comes with every right."""
    given = {name for name, value in rights if name.startswith("can_") and value is True}
    return given - {"can_be_edited", "can_manage_chat"} == {"can_manage_topics"}


def _leave_soon(talk: Talk) -> None:
    """The bot leaves the group, unless somebody binds it; an earlier leaving is off, this one counts anew."""
    outbox.stay(talk.work, talk.destination.id)
    outbox.put(
        talk.work,
        f"leave:{talk.destination.id}:{talk.update_id}",
        method="leave",
        kind="leave",
        destination=talk.destination.id,
        priority=int(Priority.REPORT),
        not_before=talk.work.real + LEAVE_AFTER,
    )


async def _lost(talk: Talk) -> None:
    """Somebody who handles cases has blocked the bot: whoever is next in line is told at once."""
    projects = talk.who.scopes(Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)
    companies = talk.who.scopes(*HEADS)
    found = [*await cases.within(talk.work, "project", projects), *await cases.within(talk.work, "company", companies)]
    for complaint in {c.id: c for c in found}.values():
        if Standing.HANDLER in standings(talk.who, complaint) and not await recipients_left(talk, complaint):
            await assignment.lose(talk.work, complaint.id, talk.person.id)


async def _group_lost(talk: Talk) -> None:
    """The bot was taken out of a bound group: the officers of its district or city hear of it in private."""
    scope = talk.destination.scope
    for role in BINDERS:
        for officer in await people.holders(talk.work, role, scope):
            private = await destinations.of_person(talk.work, officer.person) if officer.person else None
            if private is not None and private.reachable:
                reader = await people.by_id(talk.work, officer.person)
                t = translator(reader.language if reader else "zh")
                talk.say(views.group_lost(t, talk.destination.title, await scope_name(talk, scope)), to=private)


async def recipients_left(talk: Talk, complaint: Complaint) -> bool:
    """Whether the case's handler can still be reached, without a stand-in."""
    left = await recipients.recipients(talk.work, Reader.HANDLER, complaint)
    return any(recipient.instead_of is None for recipient in left)


async def migrated(message: Message, talk: Talk) -> None:
    """A group became a supergroup, as either of the two chats tells: the destination follows."""
    here = message.chat.id
    old, new = message.migrate_from_chat_id or here, message.migrate_to_chat_id or here
    await destinations.move(talk.work, old, new)


async def topic_made(message: Message, talk: Talk) -> None:
    """Somebody has made a topic: one that is called like a street becomes the street's."""
    made, district = message.forum_topic_created, talk.destination.scope
    if made is None or not district or not message.message_thread_id:
        return
    if await forum_topics.lacks(talk.work, talk.destination.id, district, made.name):
        forum_topics.keep(talk.work, talk.destination.id, made.name, message.message_thread_id)


async def _is_unbound(message: Message, talk: Talk) -> bool:
    return not talk.destination.scope


async def say_how(message: Message, talk: Talk) -> None:
    """Any command in a group that nobody has bound gets the way to bind it, and nothing else."""
    talk.say(views.how_to_bind(talk.t))
    if not await outbox.leaves(talk.work, talk.destination.id):  # it was there before we heard of it
        _leave_soon(talk)


def private_router() -> Router:
    made = Router(name="binding")
    made.message.register(command(in_private), Command("bind"))
    made.callback_query.register(menu_tap(confirm), MenuTapped.filter(F.to == "bind"))
    made.callback_query.register(menu_tap(cancel), MenuTapped.filter(F.to == "unbind"))
    return made


def group_router() -> Router:
    made = Router(name="groups")
    made.message.register(command(in_group), Command("bind"))
    made.message.register(migrated, F.migrate_to_chat_id | F.migrate_from_chat_id)
    made.message.register(topic_made, F.forum_topic_created)
    made.message.register(say_how, F.text.startswith("/"), _is_unbound)
    return made
