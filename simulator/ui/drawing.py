"""The visible world as plain values for JSON; words stay words, never markup."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from telegram import BotCommand, MessageEntity, User

from simulator.botapi.profile_methods import Profile
from simulator.people.groups import Group
from simulator.ui.controls import Player
from simulator.world.files import Files, StoredFile
from simulator.world.messages import Post, Room, inline_buttons, keyboard_buttons
from simulator.world.world import World

LANGUAGES = ("zh", "en")
SNIPPET = 80  # characters of a quoted message


def rooms_of(player: Player) -> list[Room]:
    """The chats on somebody's telephone, the present one last."""
    return player.who.rooms() if isinstance(player.who, Group) else [player.who.room]


def posts_after(world: World, players: Iterable[Player], number: int) -> list[dict[str, Any]]:
    """The messages that are new or changed since that much had happened, each chat's oldest first."""
    rooms = {room.chat_id: room for player in players for room in rooms_of(player)}
    fresh = (post for room in rooms.values() for post in room.posts.values() if post.news > number)
    return [_post(post, world.files) for post in sorted(fresh, key=lambda post: (post.at, post.message_id))]


def phones(world: World, players: Iterable[Player], profile: Profile) -> dict[str, Any]:
    """The state of each telephone by its owner's key, but for the messages."""
    return {player.key: _phone(world, player, profile) for player in players}


def toasts_after(world: World, number: int) -> list[dict[str, Any]]:
    """What was shown to somebody for a moment since then."""
    return [{"to": t.to.id, "text": t.text, "alert": t.alert} for t in world.toasts if t.number > number]


def commands(profile: Profile, chat: int, language: str) -> list[dict[str, str]]:
    """The bot's commands as a telephone in that language lists them in a chat: those of the narrowest scope."""
    own: dict[str, object] = {"type": "chat", "chat_id": chat}
    kind: dict[str, object] = {"type": "all_group_chats" if chat < 0 else "all_private_chats"}
    scopes = [json.dumps(scope, sort_keys=True) for scope in (own, kind, {"type": "default"})]
    found = (profile.commands.get((scope, code)) for scope in scopes for code in (language, ""))
    listed: list[BotCommand] = next((one for one in found if one), [])
    return [{"command": one.command, "description": one.description} for one in listed]


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _phone(world: World, player: Player, profile: Profile) -> dict[str, Any]:
    rooms = rooms_of(player)
    room = rooms[-1]
    return {
        "chats": [room.chat_id for room in rooms],
        "standing": "gone" if room.gone else room.bot,
        "keyboard": [[_key(b.label, b.request) for b in row] for row in keyboard_buttons(room.keyboard)],
        "typing": room.chat_id in world.typing,
        "commands": {language: commands(profile, room.chat_id, language) for language in LANGUAGES},
    }


def _key(label: str, request: str | None) -> dict[str, Any]:
    return {"label": label, "request": request or ""}


def _post(post: Post, files: Files) -> dict[str, Any]:
    if post.deleted:
        return {"chat": post.room.chat_id, "id": post.message_id, "deleted": True}
    sender: User = post.fields["from_user"]
    return {
        "chat": post.room.chat_id,
        "id": post.message_id,
        "at": milliseconds(post.at),
        "edited": milliseconds(post.edited_at) if post.edited_at else 0,
        "from": {"id": sender.id, "name": sender.full_name, "bot": post.from_bot},
        "topic": post.topic,
        "text": post.text,
        "entities": [_entity(e) for e in post.fields.get("entities") or post.fields.get("caption_entities") or ()],
        "buttons": [[{"label": b.label, "url": b.url or ""} for b in row] for row in inline_buttons(post)],
        "media": list(_media(post, files)),
        "album": post.fields.get("media_group_id") or "",
        "reply": _reply(post),
        "forwarded": post.fields.get("forward_origin") is not None,
        "protected": post.is_protected,
        "service": post.service,
    }


def _entity(entity: MessageEntity) -> dict[str, Any]:
    """Offset and length are in UTF-16 units, as in the browser."""
    return {"type": entity.type, "offset": entity.offset, "length": entity.length, "url": entity.url or ""}


def _reply(post: Post) -> dict[str, Any] | None:
    replied = post.fields.get("reply_to_message")
    if replied is None:
        return None
    name = replied.from_user.full_name if replied.from_user else ""
    return {"id": replied.message_id, "name": name, "text": (replied.text or replied.caption or "")[:SNIPPET]}


def _media(post: Post, files: Files) -> Iterator[dict[str, Any]]:
    fields = post.fields
    for kind in post.media:
        if kind == "location":
            place = fields["location"]
            yield {"kind": kind, "latitude": place.latitude, "longitude": place.longitude}
        elif kind == "contact":
            yield {"kind": kind, "name": fields["contact"].first_name, "phone": fields["contact"].phone_number}
        else:
            carried = fields[kind][-1] if kind == "photo" else fields[kind]
            stored = files.of(carried.file_id)
            yield _file(kind, stored, carried.to_dict().get("duration", 0))


def _file(kind: str, stored: StoredFile, seconds: int) -> dict[str, Any]:
    return {"kind": kind, "path": stored.path, "name": stored.name, "size": stored.size, "seconds": seconds}
