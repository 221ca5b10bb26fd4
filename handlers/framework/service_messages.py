"""Messages by which nobody says anything: that something was pinned, a timer set, a theme changed."""

from typing import Any

from aiogram.types import Message, TelegramObject

from handlers.framework.aiogram_adapters import Next

OTHER = "other_kind"  # noted down with a message of a kind that nobody here can use
SAID = ("text", "caption", "photo", "voice", "video", "video_note", "document", "audio", "location", "contact")


async def passed_over(go_on: Next, message: TelegramObject, data: dict[str, Any]) -> Any:
    """aiogram's outer middleware for what people say in private."""
    if isinstance(message, Message) and not says_something(message):
        return None
    return await go_on(message, data)


def says_something(message: Message) -> bool:
    other = (message.model_extra or {}).get(OTHER, False)
    return bool(other) or any(getattr(message, name) is not None for name in SAID)
