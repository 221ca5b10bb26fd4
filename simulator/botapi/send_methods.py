"""The methods that put a new message into a chat."""

from collections.abc import Callable
from typing import Any

from telegram import Location, Message, MessageEntity, MessageId

from simulator.api_errors import bad
from simulator.botapi.formatting import parse_html, trimmed, units
from simulator.botapi.keyboards import any_markup
from simulator.botapi.params import Params, Upload
from simulator.botapi.topic_methods import thread_fields
from simulator.world.files import StoredFile, as_attachment
from simulator.world.messages import Room, quoted
from simulator.world.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
ALBUM = range(2, 11)
ALBUM_KINDS = ("photo", "video", "document")


def formatted(world: World, text: str, mode: str, entities: Any = None) -> tuple[str, list[MessageEntity]]:
    """Plain text and entities, from marked-up text or from the entities given along with it."""
    if mode.lower() == "html":
        return parse_html(text, world.users.get)
    if mode:
        raise bad("unsupported parse_mode")
    plain, _ = trimmed(text, [])
    return plain, list(MessageEntity.de_list(entities or [], None))


def text_fields(world: World, params: Params) -> dict[str, Any]:
    """The text of a message, checked."""
    text, entities = formatted(world, params.text("text"), params.text("parse_mode"), params.get("entities"))
    if not text:
        raise bad("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad("message is too long")
    return {"text": text, "entities": entities}


def caption_fields(world: World, params: Params) -> dict[str, Any]:
    """The caption of a message, checked; it may be empty."""
    text, entities = formatted(world, params.text("caption"), params.text("parse_mode"), params.get("caption_entities"))
    if units(text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return {"caption": text or None, "caption_entities": entities}


def deliver(world: World, room: Room, params: Params, fields: dict[str, Any]) -> Message:
    """Put the message into the chat, with the buttons and the reply asked for."""
    inline, keyboard = any_markup(params, room)
    reply, thread = _replied(room, params), thread_fields(room, params)
    shared = {**thread, **_protection(params), "reply_markup": inline, "reply_to_message": reply}
    post = world.put(room, world.bot, {**fields, **shared}, keyboard)
    return post.message


def send_message(world: World, params: Params) -> Message:
    fields = text_fields(world, params)
    return deliver(world, world.room(params.get("chat_id")), params, fields)


def send_file(kind: str) -> Callable[[World, Params], Message]:
    """sendPhoto and its like."""

    def send(world: World, params: Params) -> Message:
        fields = caption_fields(world, params)
        room = world.room(params.get("chat_id"))
        stored = _file(world, kind, params.get(kind), params)
        return deliver(world, room, params, {**as_attachment(stored, params.integer("duration")), **fields})

    return send


def send_location(world: World, params: Params) -> Message:
    room = world.room(params.get("chat_id"))
    try:
        latitude, longitude = float(params["latitude"]), float(params["longitude"])
    except (KeyError, TypeError, ValueError) as problem:
        raise bad("latitude is empty") from problem
    return deliver(world, room, params, {"location": Location(longitude, latitude)})


def send_media_group(world: World, params: Params) -> list[Message]:
    items = params.sequence("media", "input media")
    room = world.room(params.get("chat_id"))
    if len(items) not in ALBUM:
        raise bad("media group must include 2-10 items")
    ready = [_album_item(world, item, params) for item in items]
    if len({"document" in fields for fields in ready}) > 1:
        raise bad("document can't be mixed with other media types")
    reply, album = _replied(room, params), world.album()
    shared = {"media_group_id": album, "reply_to_message": reply, **thread_fields(room, params), **_protection(params)}
    return [world.put(room, world.bot, {**fields, **shared}).message for fields in ready]


def copy_message(world: World, params: Params) -> MessageId:
    room = world.room(params.get("chat_id"))
    source = world.room(params.get("from_chat_id")).posts.get(params.integer("message_id"))
    if source is None or source.deleted:
        raise bad("message to copy not found")
    if source.service or source.is_protected:
        raise bad("message can't be copied")
    dropped = ("from_user", "reply_markup", "reply_to_message", "media_group_id", "forward_origin")
    fields = {name: value for name, value in source.fields.items() if name not in dropped}
    if "caption" in params:
        fields |= caption_fields(world, params)
    return MessageId(deliver(world, room, params, fields).message_id)


def _album_item(world: World, item: Any, params: Params) -> dict[str, Any]:
    if not isinstance(item, dict) or item.get("type") not in ALBUM_KINDS:
        raise bad("can't parse InputMedia: type of media is invalid")
    fields = caption_fields(world, Params(item))
    stored = _file(world, item["type"], item.get("media"), params)
    return {**as_attachment(stored, Params(item).integer("duration")), **fields}


def _file(world: World, kind: str, given: Any, params: Params) -> StoredFile:
    if isinstance(given, str) and given.startswith("attach://"):
        given = params.get(given.removeprefix("attach://"))
    if isinstance(given, Upload):
        if not given.data:
            raise bad("file must be non-empty")
        return world.files.keep(kind, given.name, given.data)
    if not given:
        raise bad(f"there is no {kind} in the request")
    return world.files.again(kind, str(given))


def _protection(params: Params) -> dict[str, Any]:
    """Whoever reads the message can neither forward nor save it."""
    return {"has_protected_content": True} if params.flag("protect_content") else {}


def _replied(room: Room, params: Params) -> Message | None:
    asked = params.mapping("reply_parameters", "reply parameters")
    number = asked.get("message_id") or params.integer("reply_to_message_id")
    if not number:
        return None
    post = room.posts.get(int(number))
    if post is not None and not post.deleted:
        return quoted(post)
    if asked.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "sendMessage": send_message,
    "sendPhoto": send_file("photo"),
    "sendVoice": send_file("voice"),
    "sendVideo": send_file("video"),
    "sendDocument": send_file("document"),
    "sendLocation": send_location,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
}
