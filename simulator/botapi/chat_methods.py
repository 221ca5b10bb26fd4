"""The methods about chats: their members, files, and the bot's place in them."""

from collections.abc import Callable
from typing import Any

from telegram import AcceptedGiftTypes, ChatFullInfo, ChatMember, ChatMemberUpdated, File, User

from simulator.api_errors import bad
from simulator.botapi.params import Params
from simulator.world.members import RIGHTS, as_bot, as_person
from simulator.world.messages import Membership, Room
from simulator.world.world import World

ACTIONS = {f"{verb}_{what}" for verb in ("record", "upload") for what in ("voice", "video", "video_note")} | {
    "typing",
    "upload_photo",
    "upload_document",
    "choose_sticker",
    "find_location",
}


def set_standing(
    world: World, room: Room, standing: Membership, by: int | User, rights: frozenset[str] = RIGHTS
) -> None:
    """Change the bot's membership (and an administrator's rights), and let it know."""
    rights = rights if standing == "administrator" else frozenset()
    old, new = as_bot(world.bot, room.bot, room.rights), as_bot(world.bot, standing, rights)
    room.bot, room.rights = standing, rights
    world.news.add()
    who = by if isinstance(by, User) else world.users[by]
    changed = ChatMemberUpdated(room.chat, who, world.now(), old, new)
    world.updates.add("my_chat_member", changed)


def get_chat(world: World, params: Params) -> ChatFullInfo:
    room = world.known(params.get("chat_id"))
    person = room.person
    if person is None:
        room = world.room(room.chat_id)
    return ChatFullInfo(
        room.chat_id,
        room.kind,
        accent_color_id=0,
        max_reaction_count=11,
        accepted_gift_types=AcceptedGiftTypes(True, True, True, True, True),
        title=None if person else room.name,
        is_forum=room.forum or None,
        first_name=person.first_name if person else None,
        username=person.username if person else None,
    )


def get_chat_member(world: World, params: Params) -> ChatMember:
    room = world.room(params.get("chat_id"))
    user = world.users.get(params.integer("user_id"))
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return as_bot(user, room.bot, room.rights) if user is world.bot else as_person(user, room)


def get_chat_administrators(world: World, params: Params) -> list[ChatMember]:
    room = world.room(params.get("chat_id"))
    if room.kind == "private":
        raise bad("there are no administrators in the private chat")
    owner = [as_person(user, room) for user in list(room.members.values())[:1]]
    return [*owner, as_bot(world.bot, room.bot, room.rights)] if room.bot == "administrator" else owner


def leave_chat(world: World, params: Params) -> bool:
    room = world.room(params.get("chat_id"))
    if room.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    set_standing(world, room, "left", by=world.bot.id)
    world.put(room, world.bot, {"left_chat_member": world.bot})
    return True


def send_chat_action(world: World, params: Params) -> bool:
    if params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.types(world.room(params.get("chat_id")))
    return True


def get_file(world: World, params: Params) -> File:
    return world.files.described(params.text("file_id"))


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
}
