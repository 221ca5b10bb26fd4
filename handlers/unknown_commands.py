"""What begins with "/" and is no command: it is words of nothing, and whatever was asked stays asked."""

from collections.abc import Iterable

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.framework.context import Context
from handlers.officer import case_search
from views import refusals

SLASHES = ("/", "／")


def named(routers: Iterable[Router]) -> frozenset[str]:
    """Every command that one of these routers, or of those inside them, has a handler for."""
    found: set[str] = set()
    for router in routers:
        filters = (f.callback for handler in router.message.handlers for f in handler.filters or ())
        found.update(str(name) for one in filters if isinstance(one, Command) for name in one.commands)
        found |= named(router.sub_routers)
    return frozenset(found)


def command_in(message: Message) -> str:
    """What stands behind the slash; the slash alone where nothing does, and empty where no slash begins the words."""
    text = (message.text or message.caption or "").strip()
    if not text.startswith(SLASHES):
        return ""
    return text.split()[0].lstrip("/／").partition("@")[0] or text[0]


async def unknown(message: Message, context: Context) -> None:
    """Staff get a case by its number, whatever command stands before it."""
    text = message.text or ""
    if context.who.is_staff and case_search.number_in(text):
        await case_search.find(context, text)
    else:
        context.say(refusals.unknown_command(context.t, command_in(message)))


def router(known: frozenset[str]) -> Router:
    """Comes before whatever takes words."""

    async def is_unknown(message: Message) -> bool:
        asked = command_in(message)
        text = (message.text or message.caption or "").strip()
        return bool(asked) and (asked not in known or not text.startswith("/"))

    made = Router(name="unknown commands")
    made.message.register(unknown, is_unknown)
    return made
