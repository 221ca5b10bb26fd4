"""Both sides agree on a date, by tap or in words."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.model.complaint import Complaint
from complaints.model.events import Side
from complaints.usecases import date_agreement
from complaints.usecases.answers import Said
from handlers.framework import date_input
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Talk
from handlers.framework.prompts import asks_words
from handlers.framework.states import Answering, Following
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped, FormTapped


async def ask_date(talk: Talk, complaint: Complaint, reason: str) -> None:
    """By when? The reason is known already."""
    await talk.asks(Answering.date, case=complaint.id, reason=reason)
    talk.say(
        prompts.date(talk.t, await talk.dossier(complaint), date_input.presets(talk, complaint)), about=complaint.id
    )


async def why_more_time(talk: Talk) -> None:
    """「申请延期」, or another date in answer to the resident's."""
    about = await talk.about()
    await ask_date(talk, await talk.case(about["case"]), talk.said().text)


async def date_in_words(talk: Talk) -> None:
    about = await talk.about()
    complaint = await talk.case(about["case"])
    await _propose(talk, complaint, date_input.in_words(talk, complaint), about["reason"] or talk.said().text)


async def date_tapped(talk: Talk, tap: FormTapped) -> None:
    about = await talk.about(tap.case)
    await _propose(talk, await talk.case(about["case"]), date_input.tapped(tap), about["reason"])


async def _propose(talk: Talk, complaint: Complaint, until: datetime, reason: str) -> None:
    complaint = await date_agreement.propose(talk.work, talk.who, complaint.id, until, Said(text=reason))
    await talk.over()
    talk.say(views.proposed(talk.t, await talk.dossier(complaint)), about=complaint.id)


# --- the resident's side ----------------------------------------------------------------------------------------


async def agree(talk: Talk, tap: CaseTapped) -> None:
    """「同意」, by either side."""
    await talk.tapped_case(tap)
    side = Side.HANDLER if tap.verb == "agree_too" else Side.RESIDENT
    complaint = await date_agreement.agree(talk.work, talk.who, tap.case, side)
    talk.show(views.agreed(talk.t, await talk.dossier(complaint)))


async def refuse(talk: Talk, tap: CaseTapped) -> None:
    """「不同意」, by either side."""
    await talk.tapped_case(tap)
    side = Side.HANDLER if tap.verb == "refuse_too" else Side.RESIDENT
    complaint = await date_agreement.refuse(talk.work, talk.who, tap.case, side)
    talk.show(views.refused(talk.t, await talk.dossier(complaint)))


async def ask_counter(talk: Talk, tap: CaseTapped) -> None:
    """「换个时间」."""
    complaint = await talk.tapped_case(tap)
    await talk.asks(Following.counter, case=complaint.id)
    talk.say(
        prompts.counter_date(talk.t, await talk.dossier(complaint), date_input.presets(talk, complaint)),
        about=complaint.id,
    )


async def counter_in_words(talk: Talk) -> None:
    about = await talk.about()
    complaint = await talk.case(about["case"])
    await _counter(talk, complaint, date_input.in_words(talk, complaint))


async def counter_tapped(talk: Talk, tap: FormTapped) -> None:
    about = await talk.about(tap.case)
    await _counter(talk, await talk.case(about["case"]), date_input.tapped(tap))


async def _counter(talk: Talk, complaint: Complaint, until: datetime) -> None:
    complaint = await date_agreement.counter(talk.work, talk.who, complaint.id, until)
    await talk.over()
    talk.say(views.countered(talk.t, await talk.dossier(complaint)), about=complaint.id)


def router() -> Router:
    made = Router(name="agreeing")
    for verb, handler in {
        "more_time": asks_words(Answering.more_time, prompts.reason_for_more_time),
        "agree": agree,
        "agree_too": agree,
        "refuse": refuse,
        "refuse_too": refuse,
        "counter": ask_counter,
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    made.callback_query.register(form_tap(date_tapped), date_input.TAPPED, StateFilter(Answering.date))
    made.callback_query.register(form_tap(counter_tapped), date_input.TAPPED, StateFilter(Following.counter))
    made.message.register(words(why_more_time), StateFilter(Answering.more_time))
    made.message.register(words(date_in_words), StateFilter(Answering.date))
    made.message.register(words(counter_in_words), StateFilter(Following.counter))
    return made
