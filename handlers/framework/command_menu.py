"""The commands that the messenger lists in somebody's own chat: those of their roles, kept up after every message."""

from hashlib import sha256
from typing import Any

from aiogram.types import TelegramObject

from complaints.model.people import Actor
from handlers.framework.aiogram_adapters import Next
from handlers.framework.context import Context
from storage.repositories import people
from views import commands
from views.framework.translator import translator

KIND = "commands"


async def kept_up(go_on: Next, message: TelegramObject, data: dict[str, Any]) -> Any:
    """aiogram's outer middleware: whoever has got other roles, or another language, gets another list."""
    done = await go_on(message, data)
    context: Context = data["context"]
    person = await people.by_id(context.work, context.person.id) or context.person
    who = await people.actor(context.work, person)
    listed = _listed(who, person.language, at_home=person.home is not None)
    shown: str = (await context.state.get_data()).get("commands") or ""
    wanted = sha256(repr(listed).encode()).hexdigest()[:16] if listed else ""
    if shown != wanted:
        await context.state.update_data(commands=wanted)
        context.promise(KIND, method=KIND, facts={"listed": listed})
    return done


def _listed(who: Actor, language: str, *, at_home: bool) -> commands.Listed:
    """Nothing for residents, who read what is listed for everybody."""
    return commands.of_staff(translator(language), who, at_home=at_home) if who.is_staff else []
