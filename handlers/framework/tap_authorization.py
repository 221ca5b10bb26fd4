"""Authorization of taps, and of words in groups, before any handler runs."""

from typing import Any

from aiogram.types import CallbackQuery, InaccessibleMessage, Message, TelegramObject

from complaints.errors import Forwarded, NotFound, NotOwnAccount
from complaints.lifecycle.acts import RIGHT_OF
from complaints.lifecycle.permissions import RIGHTS, require
from handlers.framework.aiogram_adapters import Next
from handlers.framework.context import Context
from views.framework.callbacks import CaseTapped

OF_THE_GROUP = ("migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title", "forum_topic_created")


async def judged(go_on: Next, query: TelegramObject, data: dict[str, Any]) -> Any:
    """aiogram's outer middleware for presses."""
    context: Context = data["context"]
    if not isinstance(query, CallbackQuery):
        return await go_on(query, data)
    if is_forwarded(query.message):
        raise Forwarded
    tap = pressed(query)
    verb = RIGHT_OF.get(tap.verb, tap.verb) if tap else ""
    if tap is not None and verb in RIGHTS:
        complaint = await context.work.complaint(tap.case)
        if complaint is None or not (context.private or context.destination.scope in complaint.place.scopes):
            raise NotFound
        require(verb, context.who, complaint, await context.household(complaint.id))
    return await go_on(query, data)


async def as_oneself(go_on: Next, message: TelegramObject, data: dict[str, Any]) -> Any:
    """aiogram's outer middleware for words in groups: none are taken from anonymous admins, channels or bots.

    What becomes of the group itself is true whoever did it.
    """
    if isinstance(message, Message) and is_anonymous_sender(message) and message.content_type not in OF_THE_GROUP:
        if (message.text or "").startswith("/"):
            raise NotOwnAccount
        return None
    return await go_on(message, data)


def is_anonymous_sender(message: Message) -> bool:
    return message.sender_chat is not None or (message.from_user is not None and message.from_user.is_bot)


def is_forwarded(message: Message | InaccessibleMessage | None) -> bool:
    """Whether the message was forwarded: its buttons were made for somebody else."""
    return isinstance(message, Message) and message.forward_origin is not None


def pressed(query: CallbackQuery) -> CaseTapped | None:
    """The button of a case that was pressed, as far as the data can be read at all."""
    try:
        return CaseTapped.unpack(query.data or "")
    except (TypeError, ValueError):
        return None
