"""How does aiogram call a handler of ours? It hands over the event first; ours take the talk, and what was chosen."""

from collections.abc import Awaitable, Callable

from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from complaints.text.sanitizing import one_line
from handlers.framework.context import Talk
from views.framework.callbacks import CaseTapped, FormTapped, MenuTapped

Done = Awaitable[None]
OnWords = Callable[[Message, Talk], Done]


def words(handler: Callable[[Talk], Done]) -> OnWords:
    async def heard(message: Message, talk: Talk) -> None:
        await handler(talk)

    return heard


def command(handler: Callable[[Talk, str], Done]) -> Callable[[Message, Talk, CommandObject], Done]:
    """The handler gets what stands behind the command, stripped."""

    async def heard(message: Message, talk: Talk, command: CommandObject) -> None:
        await handler(talk, one_line(command.args or ""))

    return heard


def case_tap(handler: Callable[[Talk, CaseTapped], Done]) -> Callable[[CallbackQuery, Talk, CaseTapped], Done]:
    async def heard(query: CallbackQuery, talk: Talk, callback_data: CaseTapped) -> None:
        await handler(talk, callback_data)

    return heard


def form_tap(handler: Callable[[Talk, FormTapped], Done]) -> Callable[[CallbackQuery, Talk, FormTapped], Done]:
    async def heard(query: CallbackQuery, talk: Talk, callback_data: FormTapped) -> None:
        await handler(talk, callback_data)

    return heard


def menu_tap(handler: Callable[[Talk, MenuTapped], Done]) -> Callable[[CallbackQuery, Talk, MenuTapped], Done]:
    async def heard(query: CallbackQuery, talk: Talk, callback_data: MenuTapped) -> None:
        await handler(talk, callback_data)

    return heard
