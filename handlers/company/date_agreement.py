"""Both sides agree on a date, by tap or in words."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter

from complaints.model.complaint import Complaint
from complaints.model.events import Side
from complaints.model.people import File
from complaints.usecases import date_agreement
from complaints.usecases.statements import Said, require_words
from handlers.framework import date_input
from handlers.framework.acts import asks_words, on_buttons, on_words, records_tap
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.context import Context
from handlers.framework.states import Answering, Following
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped, FormTapped


async def ask_date(context: Context, complaint: Complaint, reason: Said, *, recorded: bool = True) -> None:
    """By when? The reason is known already, and `recorded` where it was an answer as well."""
    unsent = "" if recorded else reason.text
    files = [asdict(f) for f in reason.media] if not recorded else []
    await context.asks(Answering.date, case=complaint.id, reason=reason.text, files=files, unsent=unsent)
    await context.say_case(complaint, prompts.date, await date_input.presets(context, complaint, reason=reason.text))


async def why_more_time(context: Context) -> None:
    """「申请延期」, or another date in answer to the resident's."""
    about = await context.about()
    said = context.said()
    require_words(said)
    await ask_date(context, await context.case(about["case"]), said, recorded=False)


async def date_in_words(context: Context) -> None:
    about = await context.about()
    complaint = await context.case(about["case"])
    until, said = date_input.in_words(context, complaint), context.said()
    reason = _reason(about)
    both = Said(text=reason.text or said.text, media=(*reason.media, *said.media))
    await _propose(context, complaint, until, both)


def _reason(about: dict[str, Any]) -> Said:
    return Said(text=about["reason"], media=tuple(File(**f) for f in about.get("files") or ()))


async def date_tapped(context: Context, tap: FormTapped) -> None:
    about = await context.about(tap.case)
    await _propose(context, await context.case(about["case"]), date_input.tapped(tap), _reason(about))


async def _propose(context: Context, complaint: Complaint, until: datetime, reason: Said) -> None:
    complaint = await date_agreement.propose(context.work, context.who, complaint.id, until, reason)
    await context.over()
    await context.say_case(complaint, views.proposed)


# --- the resident's side ----------------------------------------------------------------------------------------


async def ask_counter(context: Context, tap: CaseTapped) -> None:
    """「换个时间」."""
    complaint = await context.tapped_case(tap)
    await context.asks(Following.counter, case=complaint.id)
    await context.say_case(complaint, prompts.counter_date, await date_input.presets(context, complaint))


async def counter_in_words(context: Context) -> None:
    about = await context.about()
    complaint = await context.case(about["case"])
    await _counter(context, complaint, date_input.in_words(context, complaint))


async def counter_tapped(context: Context, tap: FormTapped) -> None:
    about = await context.about(tap.case)
    await _counter(context, await context.case(about["case"]), date_input.tapped(tap))


async def _counter(context: Context, complaint: Complaint, until: datetime) -> None:
    complaint = await date_agreement.counter(context.work, context.who, complaint.id, until)
    await context.over()
    await context.say_case(complaint, views.countered)


def router() -> Router:
    made = Router(name="date_agreement")
    on_buttons(
        made,
        {
            "more_time": asks_words(Answering.more_time, prompts.reason_for_more_time),
            "agree": records_tap(partial(date_agreement.agree, side=Side.RESIDENT), views.agreed, in_place=True),
            "agree_too": records_tap(partial(date_agreement.agree, side=Side.HANDLER), views.agreed, in_place=True),
            "refuse": records_tap(partial(date_agreement.refuse, side=Side.RESIDENT), views.refused, in_place=True),
            "refuse_too": records_tap(partial(date_agreement.refuse, side=Side.HANDLER), views.refused, in_place=True),
            "counter": ask_counter,
        },
    )
    made.callback_query.register(form_tap(date_tapped), date_input.TAPPED, StateFilter(Answering.date))
    made.callback_query.register(form_tap(counter_tapped), date_input.TAPPED, StateFilter(Following.counter))
    on_words(
        made,
        {
            Answering.more_time: why_more_time,
            Answering.date: date_in_words,
            Following.counter: counter_in_words,
        },
    )
    return made
