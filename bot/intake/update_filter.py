"""What of an update is stored: what the bot reads of it, its sender, and its album."""

import json
from collections.abc import Mapping
from typing import Any

from bot.intake.readable_updates import readable
from handlers.framework.tap_authorization import OF_THE_GROUP
from storage.messaging.arrival import Arrival

ALBUM_WAIT = 1.0  # seconds of real time in which the parts of an album find together
GROUPS = ("group", "supergroup")


def arrival(update: Mapping[str, Any], real: float) -> Arrival:
    """The update with its actor, and the album that it is part of; what others said in it isn't kept."""
    album = album_of(update)
    return Arrival(
        update_id=update["update_id"],
        sender_id=actor_of(update),
        raw=_raw(update),
        album=album,
        not_before=real + ALBUM_WAIT if album else 0.0,
        group=group_of(update),
    )


def _raw(update: Mapping[str, Any]) -> bytes:
    """What is stored of it; of one that is deeper than anything the messenger sends, only that it is a dead letter."""
    try:
        return json.dumps(storable(readable(update)), ensure_ascii=False).encode("utf-8", "ignore")
    except RecursionError:
        return b"null"


def storable(value: Any) -> Any:
    """Without NUL, which no text column takes; half characters fall out where the text becomes bytes."""
    match value:
        case str():
            return value.replace("\x00", "")
        case Mapping():
            return {str(storable(k)): storable(v) for k, v in value.items()}
        case list():
            return [storable(v) for v in value]
    return value


def is_for_bot(update: Mapping[str, Any], bot: int, username: str) -> bool:
    """Whether the update is meant for the bot. What a group's people say to each other isn't stored."""
    if "edited_message" in update and group_of(update):
        return False
    message = update.get("message")
    chat = message.get("chat") if isinstance(message, Mapping) else None
    if not isinstance(message, Mapping) or not isinstance(chat, Mapping) or chat.get("type") not in GROUPS:
        return True
    return any(name in message for name in OF_THE_GROUP) or _commands(message, username) or _answers(message, bot)


def _commands(message: Mapping[str, Any], username: str) -> bool:
    """A command to everybody, or to this bot by its name."""
    text = str(message.get("text") or "")
    name = (text.split(maxsplit=1) or [""])[0].partition("@")[2]
    return text.startswith("/") and name.lower() in ("", username.lower())


def _answers(message: Mapping[str, Any], bot: int) -> bool:
    """A reply to the bot; that a topic was made is no message to reply to, though all words in it seem to."""
    replied = message.get("reply_to_message")
    author = replied.get("from") if isinstance(replied, Mapping) else None
    return isinstance(author, Mapping) and author.get("id") == bot and "forum_topic_created" not in (replied or {})


def fits(number: object) -> bool:
    """Databases keep 64 bits; Telegram's numbers have fewer."""
    return isinstance(number, int) and not isinstance(number, bool) and -(2**63) <= number < 2**63


def album_of(update: Mapping[str, Any]) -> str:
    message = update.get("message")
    found = message.get("media_group_id") if isinstance(message, Mapping) else None
    return found[:64] if isinstance(found, str) and found.isascii() and found.isalnum() else ""


def private_chat(update: Mapping[str, Any]) -> int:
    """The private chat of a message, else 0."""
    chat = update["message"].get("chat")
    private = isinstance(chat, Mapping) and chat.get("type") == "private" and fits(chat.get("id"))
    return int(chat["id"]) if private else 0


def group_of(update: Mapping[str, Any]) -> int:
    """The group that somebody has written or tapped in, else 0."""
    for part in update.values():
        inside = part.get("message") if isinstance(part, Mapping) and "data" in part else part
        chat = inside.get("chat") if isinstance(inside, Mapping) else None
        if isinstance(chat, Mapping) and chat.get("type") in GROUPS and fits(chat.get("id")):
            return int(chat["id"])
    return 0


def actor_of(update: Mapping[str, Any]) -> int:
    """The sender's id, else the chat's, else 0: whose updates are handled in order."""
    for part in update.values():
        if not isinstance(part, Mapping):
            continue
        chat = part.get("chat")
        for who in (part.get("from"), chat):
            if isinstance(who, Mapping) and fits(who.get("id")):
                return int(who["id"])
    return 0
