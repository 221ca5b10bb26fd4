"""Words of danger while a case is open: they reach it at once, whatever else they could have been meant for."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import Message

from complaints.model.complaint import Complaint
from complaints.usecases.statements import Said
from handlers.framework.aiogram_adapters import words
from handlers.framework.context import Context
from handlers.framework.states import Erasing, Following, Joining
from handlers.resident import tracking
from storage.repositories import cases

# Dialogues that would take the words for something else: a date, a room, a telephone number, a yes.
OF_OTHER_THINGS = (*Joining.__all_states__, *Erasing.__all_states__, Following.counter)


async def taken(context: Context, said: Said) -> bool:
    """Whether they were words of danger, and are with a case now."""
    about = await _about(context, said.text)
    if about is None:
        return False
    await tracking.add(context, about.id, said)
    return True


async def _about(context: Context, text: str) -> Complaint | None:
    """The open case that words of danger are likeliest about, else the newest; None for other words."""
    if context.person.home is None or not context.work.rules.raises_alarm(text):
        return None
    mine = await cases.of_person(context.work, context.person.id, alive=True)
    likely = context.work.rules.catalogue.suggest(text)
    return next((case for matter in likely for case in mine if case.matter == matter.id), next(iter(mine), None))


async def are_in(message: Message, context: Context) -> bool:
    """aiogram's filter: somebody with an open case writes of danger."""
    return await _about(context, message.text or message.caption or "") is not None


async def add(context: Context) -> None:
    """The dialogue stays as it is."""
    await taken(context, context.said())


def router() -> Router:
    made = Router(name="danger_words")
    made.message.register(words(add), StateFilter(*OF_OTHER_THINGS), are_in)
    return made
