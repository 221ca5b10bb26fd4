"""A department takes in or sends back what was referred to it, plans, penalises; the street signs a closing off."""

from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from aiogram import F, Router

from complaints.lifecycle.permissions import require
from complaints.model.complaint import Complaint
from complaints.model.events import Signer
from complaints.usecases.company.date_agreement import require_ahead
from complaints.usecases.officer import penalties, referrals, sign_off
from complaints.usecases.statements import Said, require_words
from handlers.framework import date_input
from handlers.framework.acts import asks_words, on_buttons, on_earlier, on_words, records_tap, records_words
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.confirmation import About, DatedWords, said_in, with_date
from handlers.framework.context import Context
from handlers.framework.states import Referring
from views import confirmations as views
from views.company import card, date_checks, prompts
from views.framework import office_buttons
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.screen import Screen


async def take_in(context: Context, tap: CaseTapped) -> None:
    """「接收」, and then what can be done with the case."""
    await context.tapped_case(tap)
    complaint = await referrals.take_in(context.work, context.who, tap.case)
    context.say(card.card(context.t, await context.case_view(complaint)), about=complaint.id, kind="manager.filed")


def _owed(complaint: Complaint) -> bool:
    return complaint.owed("plan") is not None


def _runs(complaint: Complaint) -> bool:
    return complaint.clock("plan", "running") is not None


# --- the plan ---------------------------------------------------------------------------------------------------


async def plan(context: Context) -> None:
    """The plan's words; then by when."""
    about = await context.about()
    complaint = await context.case(about["case"])
    said = context.said()
    require_words(said)
    files = [asdict(f) for f in said.media]
    await context.asks(Referring.plan_date, case=complaint.id, plan=said.text, files=files, unsent=said.text)
    context.say(await _by_when(context, complaint, {"plan": said.text}), about=complaint.id)


async def _by_when(context: Context, complaint: Complaint, about: About) -> Screen:
    presets = await date_input.presets(context, complaint, reason=about["plan"])
    return prompts.date(context.t, await context.case_view(complaint), presets, follows=True)


async def plan_again(context: Context, tap: FormTapped) -> None:
    """「返回」 from the date to the plan's words, which are given back."""
    complaint = await context.asked_case(tap.case)
    await context.asks(Referring.plan, case=complaint.id)
    await context.show_case(complaint, prompts.plan)


async def _with_plan(context: Context, about: About, said: Said) -> Said:
    return await with_date(context, about, said, replace(said_in(about), text=about["plan"]))


async def _plan(context: Context, about: About, until: datetime, said: Said) -> None:
    complaint = await referrals.plan(context.work, context.who, about["case"], until, said)
    await context.over()
    await context.say_case(complaint, views.noted_with_buttons("plan"))


PLAN_DATE = DatedWords(Referring.plan_date, _by_when, _plan, date_checks.plan, _with_plan, require_ahead)


# --- penalties and signatures -----------------------------------------------------------------------------------


async def penalty(context: Context, tap: CaseTapped) -> None:
    """「行政处罚」: which step?"""
    complaint = await context.tapped_case(tap)
    await context.say_case(complaint, office_buttons.penalty)


async def penalty_step(context: Context, tap: FormTapped) -> None:
    complaint = await context.case(tap.case)
    require("penalise", context.who, complaint)
    await context.asks(Referring.penalty, case=complaint.id, step=tap.arg)
    await context.show_case(complaint, prompts.penalty_words)


async def penalty_again(context: Context, tap: FormTapped) -> None:
    """「返回」 from the words to the step."""
    complaint = await context.asked_case(tap.case)
    await context.over()
    await context.show_case(complaint, office_buttons.penalty)


async def penalty_words(context: Context) -> None:
    about = await context.about()
    if about["step"] == "extend":
        complaint = await penalties.extend(context.work, context.who, about["case"], context.said())
    else:
        complaint = await penalties.step(context.work, context.who, about["case"], about["step"], context.said())
    await context.over()
    await context.say_case(complaint, views.noted_with_buttons("penalty"))


def router() -> Router:
    made = Router(name="referrals")
    on_buttons(
        made,
        {
            "take_in": take_in,
            "hand_back": asks_words(Referring.hand_back, prompts.hand_back, lambda c: c.referral == "waiting"),
            "unsolvable": asks_words(
                Referring.unsolvable, prompts.unsolvable, lambda c: not (c.plan_until or c.renewal or _runs(c))
            ),
            "plan": asks_words(Referring.plan, prompts.plan, _owed),
            "penalty": penalty,
            "entrust": records_tap(sign_off.entrust, views.noted("entrust"), any_round=True),
            "sign_street": records_tap(
                partial(sign_off.sign_off, side=Signer.STREET), views.noted_with_buttons("sign_street")
            ),
        },
    )
    PLAN_DATE.register(made)
    steps = FormTapped.filter((F.step == "penalty_step") & F.arg.in_({*penalties.STEPS, "extend"}))
    made.callback_query.register(form_tap(penalty_step), steps)
    on_earlier(made, {Referring.plan_date: plan_again, Referring.penalty: penalty_again})
    on_words(
        made,
        {
            Referring.hand_back: records_words(referrals.hand_back, views.noted_with_buttons("hand_back")),
            Referring.unsolvable: records_words(referrals.declare_unsolvable, views.noted_with_buttons("unsolvable")),
            Referring.plan: plan,
            Referring.penalty: penalty_words,
        },
    )
    return made
