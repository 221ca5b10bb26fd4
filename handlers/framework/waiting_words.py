"""Words and files that wait until somebody says where they belong: each burst is bound to one question."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from complaints.errors import QuestionsOpen
from complaints.model.people import File
from complaints.text.sanitizing import units
from complaints.usecases.statements import Said
from handlers.framework import heard_messages, questions
from handlers.framework.context import LONGEST, Context
from views.framework.screen import Screen

MOST_FILES = 30  # under one question; what comes then gets another one
MOST_QUESTIONS = 20  # that stand in one chat


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What one question is about: `first` is its first message, by which its buttons name it, `count` all of them."""

    first: int
    question: str = ""
    count: int = 1
    text: str = ""
    media: tuple[File, ...] = ()

    @property
    def said(self) -> Said:
        return Said(text=self.text, media=self.media)

    def grown(self, said: Said, count: int) -> "Waiting":
        text = "\n".join(part for part in (self.text, said.text) if part)
        return replace(self, count=self.count + count, text=text, media=(*self.media, *said.media))

    @property
    def fits(self) -> bool:
        return units(self.text) <= LONGEST and len(self.media) <= MOST_FILES


Question = Callable[[Waiting], Screen]


async def all_of(context: Context) -> list[Waiting]:
    """Everything that waits in this chat, the oldest first."""
    data = await context.state.get_data()
    kept: list[dict[str, Any]] = data.get("waiting") or []
    if loose := data.get("loose"):  # as earlier versions kept the last message, with no question of its own
        kept = [{"first": 0, **loose}, *kept]
    return [Waiting(**{**one, "media": tuple(File(**f) for f in one["media"])}) for one in kept]


async def keep(context: Context, waiting: Sequence[Waiting]) -> None:
    await context.state.update_data(waiting=[asdict(one) for one in waiting], loose=None)


async def add(context: Context, question: Question) -> None:
    """What was just said goes to the question that stands, or gets one of its own."""
    said, count = context.said(), len(context.parts)
    waiting = await all_of(context)
    await heard_messages.note(context)
    if waiting and await questions.stands(context, waiting[-1].question):
        grown = waiting[-1].grown(said, count)
        if grown.fits:
            context.show_anew(grown.question, question(grown))
            await keep(context, [*waiting[:-1], grown])
            return
    if len(waiting) >= MOST_QUESTIONS:
        raise QuestionsOpen
    fresh = Waiting(first=context.message.message_id, count=count, text=said.text, media=tuple(said.media))
    await keep(context, [*waiting, replace(fresh, question=context.say(question(fresh)))])


async def find(context: Context, first: int) -> Waiting | None:
    """What a question is about; buttons of earlier versions name none, and mean the newest."""
    waiting = await all_of(context)
    named = [one for one in waiting if one.first == first] if first else waiting
    return named[-1] if named else None


async def taken(context: Context, gone: Waiting) -> None:
    """They have found their place."""
    await drop(context, gone.first)


async def drop(context: Context, first: int) -> None:
    await keep(context, [one for one in await all_of(context) if one.first != first])
