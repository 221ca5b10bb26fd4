"""Both sides agree on a date, by tap or in words."""

from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from aiogram import Router

from complaints.model.complaint import Complaint
from complaints.model.events import After, Side
from complaints.usecases.company import date_agreement
from complaints.usecases.statements import Said, require_words
from handlers.framework import date_input
from handlers.framework.acts import asks_words, on_buttons, on_earlier, on_words, records_tap
from handlers.framework.confirmation import About, DatedWords, said_in, with_date
from handlers.framework.context import Context
from handlers.framework.states import Answering, Following
from handlers.resident import reasons
from views import confirmations as views
from views.company import date_checks, prompts
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.screen import Screen


async def ask_date(context: Context, complaint: Complaint, reason: Said, *, recorded: bool = True) -> None:
    """By when? The reason is known already, and `recorded` where it was an answer as well."""
    unsent = "" if recorded else reason.text
    files = [asdict(f) for f in reason.media] if not recorded else []
    about = {"reason": reason.text, "files": files, "unsent": unsent, "follows": not recorded}
    await context.asks(Answering.date, case=complaint.id, **about)
    context.say(await _by_when(context, complaint, about), about=complaint.id)


async def _by_when(context: Context, complaint: Complaint, about: About) -> Screen:
    refused = await date_input.proposed(context, complaint)
    days = date_input.ANY_DAYS if refused else date_input.PRESET_DAYS
    presets = await date_input.presets(context, complaint, days, about["reason"], refused)
    view = await context.case_view(complaint)
    return prompts.date(context.t, view, presets, follows=about.get("follows", False))


async def why_again(context: Context, tap: FormTapped) -> None:
    """「返回」 from the date to why; what was written for it is given back."""
    complaint = await context.asked_case(tap.case)
    await context.asks(Answering.more_time, case=complaint.id)
    await context.show_case(complaint, prompts.reason_for_more_time)


async def why_more_time(context: Context) -> None:
    """「申请延期」, or another date in answer to the resident's."""
    about = await context.about()
    said = context.said()
    require_words(said)
    await ask_date(context, await context.case(about["case"]), said, recorded=False)


async def _with_reason(context: Context, about: About, said: Said) -> Said:
    """The reason goes with the date; where none was asked for, the words with the date are it."""
    sent = await with_date(context, about, said, replace(said_in(about), text=about["reason"]))
    return replace(sent, text=sent.text or said.text)


async def _propose(context: Context, about: About, until: datetime, reason: Said) -> None:
    complaint = await date_agreement.propose(context.work, context.who, about["case"], until, reason)
    await context.over()
    await context.say_case(complaint, views.proposed)


# --- the resident's side ----------------------------------------------------------------------------------------


async def ask_counter(context: Context, tap: CaseTapped) -> None:
    """「换个时间」."""
    complaint = await context.tapped_case(tap)
    await context.asks(Following.counter, case=complaint.id)
    context.say(await _when_else(context, complaint, {}), about=complaint.id)


async def _when_else(context: Context, complaint: Complaint, about: About) -> Screen:
    known = await date_input.proposed(context, complaint)
    presets = await date_input.presets(context, complaint, date_input.ANY_DAYS, but=known)
    return prompts.counter_date(context.t, await context.case_view(complaint), presets)


async def _counter(context: Context, about: About, until: datetime, said: Said) -> None:
    complaint = await date_agreement.counter(context.work, context.who, about["case"], until, said)
    await context.over()
    await context.say_case(complaint, views.countered)


async def refuse(context: Context, tap: CaseTapped) -> None:
    """「不同意」; what is said next is the reason."""
    await context.tapped_case(tap)
    complaint = await date_agreement.refuse(context.work, context.who, tap.case, Side.RESIDENT)
    await reasons.follow(context, complaint, After.REFUSED)
    await context.show_case(complaint, views.refused_by_household)


PROPOSAL = DatedWords(Answering.date, _by_when, _propose, date_checks.proposal, _with_reason)
COUNTER = DatedWords(Following.counter, _when_else, _counter, date_checks.counter)


def router() -> Router:
    made = Router(name="date_agreement")
    on_buttons(
        made,
        {
            "more_time": asks_words(Answering.more_time, prompts.reason_for_more_time),
            "agree": records_tap(partial(date_agreement.agree, side=Side.RESIDENT), views.agreed, in_place=True),
            "agree_too": records_tap(partial(date_agreement.agree, side=Side.HANDLER), views.agreed, in_place=True),
            "refuse": refuse,
            "refuse_too": records_tap(partial(date_agreement.refuse, side=Side.HANDLER), views.refused, in_place=True),
            "counter": ask_counter,
        },
    )
    for dated in (PROPOSAL, COUNTER):
        dated.register(made)
    on_earlier(made, {Answering.date: why_again})
    on_words(made, {Answering.more_time: why_more_time})
    return made
