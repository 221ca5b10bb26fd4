"""Members of a chat, as Telegram describes them."""

from datetime import UTC, datetime

from telegram import (
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    User,
)

from simulator.world.messages import Membership, Room

FOR_EVER = datetime.fromtimestamp(0, UTC)


RIGHTS = frozenset({"can_delete_messages", "can_invite_users", "can_pin_messages", "can_manage_topics"})


def as_bot(user: User, standing: Membership, rights: frozenset[str] = RIGHTS) -> ChatMember:
    """The bot's membership; `rights` are those of an administrator."""
    match standing:
        case "member":
            return ChatMemberMember(user)
        case "administrator":
            return administrator(user, rights)
        case "kicked":
            return ChatMemberBanned(user, FOR_EVER)
        case _:
            return ChatMemberLeft(user)


def as_person(user: User, room: Room) -> ChatMember:
    """A person's membership; who was first in a group owns it."""
    if user.id not in room.members:
        return ChatMemberLeft(user)
    return ChatMemberOwner(user, False) if user.id == next(iter(room.members)) else ChatMemberMember(user)


def administrator(user: User, rights: frozenset[str] = RIGHTS) -> ChatMemberAdministrator:
    """An administrator with these rights; unless others are named, with those one gives a bot."""
    return ChatMemberAdministrator(
        user,
        can_be_edited=False,
        is_anonymous=False,
        can_manage_chat=True,
        can_delete_messages="can_delete_messages" in rights,
        can_manage_video_chats=False,
        can_restrict_members=False,
        can_promote_members=False,
        can_change_info=False,
        can_invite_users="can_invite_users" in rights,
        can_post_stories=False,
        can_edit_stories=False,
        can_delete_stories=False,
        can_pin_messages="can_pin_messages" in rights,
        can_manage_topics="can_manage_topics" in rights,
        # younger than python-telegram-bot 22.8, required by aiogram 3.31
        api_kwargs={"can_send_welcome_messages": False},
    )
