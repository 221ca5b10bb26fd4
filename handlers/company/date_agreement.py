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
from handlers.framework.context import Context
from handlers.framework.prompts import asks_words
from handlers.framework.states import Answering, Following
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped, FormTapped


async def ask_date(context: Context, complaint: Complaint, reason: str) -> None:
    """By when? The reason is known already."""
    await context.asks(Answering.date, case=complaint.id, reason=reason)
    context.say(
        prompts.date(context.t, await context.case_view(complaint), date_input.presets(context, complaint)),
        about=complaint.id,
    )


async def why_more_time(context: Context) -> None:
    """「申请延期」, or another date in answer to the resident's."""
    about = await context.about()
    await ask_date(context, await context.case(about["case"]), context.said().text)


async def date_in_words(context: Context) -> None:
    about = await context.about()
    complaint = await context.case(about["case"])
    await _propose(context, complaint, date_input.in_words(context, complaint), about["reason"] or context.said().text)


async def date_tapped(context: Context, tap: FormTapped) -> None:
    about = await context.about(tap.case)
    await _propose(context, await context.case(about["case"]), date_input.tapped(tap), about["reason"])


async def _propose(context: Context, complaint: Complaint, until: datetime, reason: str) -> None:
    complaint = await date_agreement.propose(context.work, context.who, complaint.id, until, Said(text=reason))
    await context.over()
    context.say(views.proposed(context.t, await context.case_view(complaint)), about=complaint.id)


# --- the resident's side ----------------------------------------------------------------------------------------


async def agree(context: Context, tap: CaseTapped) -> None:
    """「同意」, by either side."""
    await context.tapped_case(tap)
    side = Side.HANDLER if tap.verb == "agree_too" else Side.RESIDENT
    complaint = await date_agreement.agree(context.work, context.who, tap.case, side)
    context.show(views.agreed(context.t, await context.case_view(complaint)))


async def refuse(context: Context, tap: CaseTapped) -> None:
    """「不同意」, by either side."""
    await context.tapped_case(tap)
    side = Side.HANDLER if tap.verb == "refuse_too" else Side.RESIDENT
    complaint = await date_agreement.refuse(context.work, context.who, tap.case, side)
    context.show(views.refused(context.t, await context.case_view(complaint)))


async def ask_counter(context: Context, tap: CaseTapped) -> None:
    """「换个时间」."""
    complaint = await context.tapped_case(tap)
    await context.asks(Following.counter, case=complaint.id)
    context.say(
        prompts.counter_date(context.t, await context.case_view(complaint), date_input.presets(context, complaint)),
        about=complaint.id,
    )


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
    context.say(views.countered(context.t, await context.case_view(complaint)), about=complaint.id)


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
