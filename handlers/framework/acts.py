"""What handlers of acts are put together from: ask for words, record what was said or tapped, register both."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State

from complaints.case_view import CaseView
from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.usecases.statements import Said
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Context
from storage.work import Work
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.screen import Screen
from views.framework.translator import Translator
from views.framework.ways_out import EARLIER

OnTap = Callable[[Context, CaseTapped], Awaitable[None]]
OnForm = Callable[[Context, FormTapped], Awaitable[None]]
OnWords = Callable[[Context], Awaitable[None]]
View = Callable[[Translator, CaseView], Screen]


class TapVerb(Protocol):
    """A verb that needs nothing but the case."""

    async def __call__(self, work: Work, actor: Actor, complaint_id: int, /) -> Complaint: ...


class WordsVerb(Protocol):
    """A verb that needs words or files as well."""

    async def __call__(self, work: Work, actor: Actor, complaint_id: int, said: Said, /) -> Complaint: ...


def always(complaint: Complaint) -> bool:
    return True


def asks_words(
    state: State, view: View, fits: Callable[[Complaint], bool] = always, *, any_round: bool = False
) -> OnTap:
    """A button that waits in this state for words, while the case `fits`; TooLate otherwise, or for an earlier round.

    The right to it has been judged before (`tap_authorization`).
    """

    async def ask(context: Context, tap: CaseTapped) -> None:
        complaint = await context.case(tap.case) if any_round else await context.tapped_case(tap)
        if not fits(complaint):
            raise TooLate(state=complaint.state)
        await context.asks(state, case=complaint.id)
        await context.say_case(complaint, view)

    return ask


def records_words(verb: WordsVerb, view: View) -> OnWords:
    """The words that were asked for: the verb records them, the dialogue is over, the view says what came of it."""

    async def heard(context: Context) -> None:
        about = await context.about()
        complaint = await verb(context.work, context.who, about["case"], context.said())
        await context.over()
        await context.say_case(complaint, view)

    return heard


def records_tap(verb: TapVerb, view: View, *, any_round: bool = False, in_place: bool = False) -> OnTap:
    """A button that needs no words: the verb records it, the view says what came of it, `in_place` of the question."""

    async def tapped(context: Context, tap: CaseTapped) -> None:
        if not any_round:
            await context.tapped_case(tap)
        complaint = await verb(context.work, context.who, tap.case)
        await (context.show_case if in_place else context.say_case)(complaint, view)

    return tapped


def on_buttons(router: Router, handlers: Mapping[str, OnTap]) -> None:
    """Handlers of buttons of a case, by what these carry."""
    for button, handler in handlers.items():
        router.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == button))


def on_earlier(router: Router, handlers: Mapping[State, OnForm]) -> None:
    """「返回」 to the question before, by the state in which the later one waits."""
    for state, handler in handlers.items():
        tapped = FormTapped.filter(F.step == EARLIER)
        router.callback_query.register(form_tap(handler), tapped, StateFilter(state))


def on_words(router: Router, handlers: Mapping[State, OnWords]) -> None:
    """Handlers of words, by the state in which the dialogue waits for them."""
    for state, handler in handlers.items():
        router.message.register(words(handler), StateFilter(state))
