"""The methods that edit, delete and pin messages, and answer taps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from telegram import Message, TelegramObject

from simulator.api_errors import bad
from simulator.botapi.formatting import units
from simulator.botapi.keyboards import inline_markup
from simulator.botapi.params import Params
from simulator.botapi.send_methods import caption_fields, text_fields
from simulator.world.messages import Post, quoted
from simulator.world.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
LONGEST_TOAST = 200
DELETABLE = timedelta(hours=48)


def edit_text(world: World, params: Params) -> Message:
    fields = text_fields(world, params)
    post = _editable(world, params)
    if "text" not in post.fields:
        raise bad("there is no text in the message to edit")
    return _edit(world, post, {**fields, "reply_markup": inline_markup(params)})


def edit_caption(world: World, params: Params) -> Message:
    fields = caption_fields(world, params)
    post = _editable(world, params)
    if not set(post.media) & {"photo", "voice", "video", "document"}:
        raise bad("there is no caption in the message to edit")
    return _edit(world, post, {**fields, "reply_markup": inline_markup(params)})


def edit_markup(world: World, params: Params) -> Message:
    return _edit(world, _editable(world, params), {"reply_markup": inline_markup(params)})


def delete_message(world: World, params: Params) -> bool:
    post = _existing(world, params, "message to delete not found")
    if not post.from_bot and post.room.kind != "private" and post.room.bot != "administrator":
        raise bad("message can't be deleted")
    if world.now() - post.at > DELETABLE:
        raise bad("message can't be deleted for everyone")
    world.remove(post)
    return True


def pin_message(world: World, params: Params) -> bool:
    post = _existing(world, params, "message to pin not found")
    if post.room.kind != "private" and post.room.bot != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    world.put(post.room, world.bot, {"pinned_message": quoted(post)})
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    text = params.text("text")
    if units(text) > LONGEST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    world.answer(params.text("callback_query_id"), text, alert=params.flag("show_alert"))
    return True


def _existing(world: World, params: Params, missing: str) -> Post:
    if not params.integer("message_id"):
        raise bad("message identifier is not specified")
    room = world.room(params.get("chat_id"))
    post = room.posts.get(params.integer("message_id"))
    if post is None or post.deleted:
        raise bad(missing)
    return post


def _editable(world: World, params: Params) -> Post:
    """The bot's own message; Telegram lets no message be edited that came with a reply keyboard."""
    post = _existing(world, params, "message to edit not found")
    if not post.from_bot or post.keyboard is not None or post.service:
        raise bad("message can't be edited")
    return post


def _edit(world: World, post: Post, fields: dict[str, Any]) -> Message:
    if all(_plain(post.fields.get(name)) == _plain(value) for name, value in fields.items()):
        raise bad(NOT_MODIFIED)
    world.revise(post, fields)
    return post.message


def _plain(value: Any) -> Any:
    """A value that can be compared in all its parts: python-telegram-bot's entities ignore their links."""
    if isinstance(value, TelegramObject):
        return value.to_dict()
    return [_plain(item) for item in value] if value and isinstance(value, list) else value or None


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "pinChatMessage": pin_message,
    "answerCallbackQuery": answer_callback_query,
}
