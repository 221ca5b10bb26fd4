"""The request for somebody's own telephone number: a contact counts only as its answer, fresh and not passed on."""

from datetime import datetime, timedelta
from typing import Any

from aiogram.types import Message, TelegramObject

from handlers.framework.aiogram_adapters import Next
from handlers.framework.context import Context
from handlers.framework.tap_authorization import is_forwarded

GOOD_FOR = timedelta(minutes=30)  # between the request and the contact, by the messenger's time
ASKED = "contact_asked"


async def remembered(go_on: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
    """aiogram's outer middleware: when a key that shares the number was last shown is kept with the dialogue."""
    done = await go_on(event, data)
    context: Context = data["context"]
    if context.asked_contact:
        at = context.message.date if context.parts else context.now  # by the messenger's clock, whatever ours shows
        await context.state.update_data({ASKED: at.isoformat()})
    return done


def is_passed_on(message: Message) -> bool:
    """Whether somebody else may have written it, or the same person long ago: a forward keeps whose contact it was."""
    return is_forwarded(message) or message.via_bot is not None


async def answered(context: Context) -> bool:
    """Whether this contact answers a request of the last minutes; each request is answered once."""
    asked = (await context.state.get_data()).get(ASKED)
    if not asked or abs(context.message.date - datetime.fromisoformat(asked)) > GOOD_FOR:
        return False
    await context.state.update_data({ASKED: None})
    return True
