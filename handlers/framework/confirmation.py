"""Dates in words are shown back in one line: they bind by 「发」, and count from the moment of the first words.

A date that was tapped stood on its button in full, and binds at once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State

from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from complaints.model.people import File
from complaints.text.date_parser import says_more
from complaints.usecases.company.date_agreement import require_possible
from complaints.usecases.statements import NOTHING, Said
from handlers.framework import date_input
from handlers.framework.aiogram_adapters import form_tap, words
from handlers.framework.context import CaseScreen, Context
from storage.queries import pending_confirmations
from views.framework.callbacks import NUMBER, FormTapped
from views.framework.screen import Screen

About = dict[str, Any]
Question = Callable[[Context, Complaint, About], Awaitable[Screen]]
Sends = Callable[[Context, About, Said], Awaitable[Said]]
Binds = Callable[[Context, About, datetime, Said], Awaitable[None]]
SEND = FormTapped.filter((F.step == "bind") & F.arg.regexp(NUMBER))
CHANGE = FormTapped.filter(F.step == "rebind")


def said_in(kept: About) -> Said:
    """Words and files as a dialogue keeps them."""
    return Said(text=kept.get("text", ""), media=tuple(File(**f) for f in kept.get("files") or ()))


def kept(said: Said) -> About:
    """Words and files as a dialogue keeps them."""
    return {"text": said.text, "files": [asdict(f) for f in said.media]}


async def with_date(context: Context, about: About, said: Said, before: Said = NOTHING) -> Said:
    """What goes out with a date: what was said `before` it, and the words beside it that say more than the date."""
    hours = date_input.hours(context, await context.case(about["case"]))
    more = said.text if said.text and says_more(said.text, context.now, hours) else ""
    return Said(text="\n".join(part for part in (before.text, more) if part), media=(*before.media, *said.media))


def begun(context: Context, complaint: Complaint, about: About) -> About:
    """From when what is said here counts; a danger's clocks wait for nobody."""
    return {"since": pending_confirmations.begun(counts_from(context, about)), "held": not complaint.danger}


def counts_from(context: Context, about: About) -> datetime:
    """The moment of the first words, if the confirmation comes soon enough; this one otherwise."""
    first = pending_confirmations.since(about)
    return first if first is not None and context.now - first < pending_confirmations.HELD else context.now


def _asked(about: About) -> About:
    """What the dialogue knew before the words that wait."""
    pending = about.get("pending") or {}
    unsent = about.get("unsent", "")
    without = {k: v for k, v in about.items() if k != "pending"}
    return {**without, "unsent": "" if pending and unsent == pending["text"] else unsent}


@dataclass(frozen=True)
class DatedWords:
    """A question by when: `view` shows back what was read and what goes out with it, `binds` records both."""

    state: State
    question: Question
    binds: Binds
    view: CaseScreen[...]
    sends: Sends = with_date
    possible: Callable[[datetime, datetime], None] = require_possible

    async def heard(self, context: Context) -> None:
        """A date in words, which may stand among others."""
        about = await context.about()
        complaint = await context.case(about["case"])
        until, said = date_input.in_words(context, complaint), context.said()
        self.possible(until, context.now)
        pending = {"until": int(until.timestamp()), **kept(said)}
        unsent = _asked(about).get("unsent") or said.text
        about = {**about, **begun(context, complaint, about), "unsent": unsent, "pending": pending}
        await context.state.update_data(about=about)
        sent = await self.sends(context, about, said)
        await context.say_case(complaint, self.view, until, sent.text, len(sent.media))

    async def sent(self, context: Context, tap: FormTapped) -> None:
        """「发」."""
        about = await context.about(tap.case)
        pending = about.get("pending")
        if pending is None or str(pending["until"]) != tap.arg:
            raise TooLate(state=(await context.case(about["case"])).state)
        await self._bind(context, about, datetime.fromtimestamp(pending["until"], UTC), said_in(pending))

    async def tapped(self, context: Context, tap: FormTapped) -> None:
        """A date on a button."""
        await self._bind(context, await context.about(tap.case), date_input.tapped(tap), NOTHING)

    async def _bind(self, context: Context, about: About, until: datetime, said: Said) -> None:
        self.possible(until, context.now)
        with context.counted_from(counts_from(context, about)):
            await self.binds(context, about, until, await self.sends(context, about, said))

    async def change(self, context: Context, tap: FormTapped) -> None:
        """「改」: another date, and nothing has been sent."""
        about = await context.about(tap.case)
        complaint = await context.case(about["case"])
        asked = _asked(about)
        await context.state.update_data(about=asked)
        context.show(await self.question(context, complaint, asked))

    def register(self, router: Router) -> None:
        here = StateFilter(self.state)
        router.message.register(words(self.heard), here)
        router.callback_query.register(form_tap(self.tapped), date_input.TAPPED, here)
        router.callback_query.register(form_tap(self.sent), SEND, here)
        router.callback_query.register(form_tap(self.change), CHANGE, here)
