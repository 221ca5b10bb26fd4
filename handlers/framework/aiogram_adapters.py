"""Adapters between aiogram and our handlers, which take the context and what was tapped, not the event."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message, TelegramObject

from complaints.text.sanitizing import one_line
from handlers.framework.context import Context, Handled
from views.framework.callbacks import CaseTapped, FormTapped, MenuTapped

Done = Awaitable[None]
OnWords = Callable[[Message, Context], Done]
Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]  # what a middleware goes on to


def words(handler: Callable[[Context], Done]) -> OnWords:
    async def heard(message: Message, context: Context) -> None:
        await handler(context)

    return heard


def command(handler: Callable[[Context, str], Done]) -> Callable[[Message, Context, CommandObject], Done]:
    """The handler gets what stands behind the command, stripped."""

    async def heard(message: Message, context: Context, command: CommandObject) -> None:
        await handler(context, one_line(command.args or ""))

    return heard


def case_tap(handler: Callable[[Context, CaseTapped], Done]) -> Callable[[CallbackQuery, Context, CaseTapped], Done]:
    async def heard(query: CallbackQuery, context: Context, callback_data: CaseTapped) -> None:
        await handler(context, callback_data)

    return heard


def form_tap(handler: Callable[[Context, FormTapped], Done]) -> Callable[[CallbackQuery, Context, FormTapped], Done]:
    async def heard(query: CallbackQuery, context: Context, callback_data: FormTapped) -> None:
        await handler(context, callback_data)

    return heard


def menu_tap(handler: Callable[[Context, MenuTapped], Done]) -> Callable[[CallbackQuery, Context, MenuTapped], Done]:
    async def heard(query: CallbackQuery, context: Context, callback_data: MenuTapped) -> None:
        await handler(context, callback_data)

    return heard


async def completed(go_on: Next, event: TelegramObject, data: dict[str, Any], then: Callable[[], Done]) -> Any:
    """For a middleware: go on, and then `then`, also where a handler has said all; a refusal goes up without it."""
    try:
        done = await go_on(event, data)
    except Handled:
        await then()
        raise
    await then()
    return done
