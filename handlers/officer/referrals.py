"""A department takes in or sends back what was referred to it, plans, penalises; the street signs a closing off."""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.lifecycle.permissions import require
from complaints.model.complaint import Complaint
from complaints.model.events import Signer
from complaints.usecases import penalties, referrals, sign_off
from complaints.usecases.answers import Said
from handlers.framework import date_input
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Context
from handlers.framework.prompts import asks_words
from handlers.framework.states import Referring
from views import confirmations as views
from views.company import card, prompts
from views.framework import office_buttons
from views.framework.callbacks import CaseTapped, FormTapped


async def take_in(context: Context, tap: CaseTapped) -> None:
    """「接收」, and then what can be done with the case."""
    await context.tapped_case(tap)
    complaint = await referrals.take_in(context.work, context.who, tap.case)
    context.say(card.card(context.t, await context.case_view(complaint)), about=complaint.id, kind="manager.filed")


def _owed(complaint: Complaint) -> bool:
    return complaint.clock("plan", "running") is not None


async def hand_back(context: Context) -> None:
    """「退回」."""
    about = await context.about()
    await _done(
        context, await referrals.hand_back(context.work, context.who, about["case"], context.said()), "Send back"
    )


async def unsolvable(context: Context) -> None:
    about = await context.about()
    complaint = await referrals.declare_unsolvable(context.work, context.who, about["case"], context.said())
    await _done(context, complaint, "Can't be solved soon")


async def _done(context: Context, complaint: Complaint, what: str) -> None:
    await context.over()
    case_view = await context.case_view(complaint)
    fits = card.buttons(context.t, case_view)  # what can be done next
    context.say(
        replace(views.noted(context.t, case_view, context.t.p("button", what)), buttons=fits), about=complaint.id
    )


# --- the plan ---------------------------------------------------------------------------------------------------


async def plan(context: Context) -> None:
    """The plan's words; then by when."""
    about = await context.about()
    complaint = await context.case(about["case"])
    await context.asks(Referring.plan_date, case=complaint.id, plan=context.said().text)
    context.say(
        prompts.date(context.t, await context.case_view(complaint), date_input.presets(context, complaint)),
        about=complaint.id,
    )


async def plan_date(context: Context) -> None:
    about = await context.about()
    await _plan(context, date_input.in_words(context, await context.case(about["case"])))


async def plan_date_tapped(context: Context, tap: FormTapped) -> None:
    await context.about(tap.case)
    await _plan(context, date_input.tapped(tap))


async def _plan(context: Context, until: datetime) -> None:
    about = await context.about()
    complaint = await referrals.plan(context.work, context.who, about["case"], until, Said(text=about["plan"]))
    await _done(context, complaint, "Submit the plan")


# --- penalties and signatures -----------------------------------------------------------------------------------


async def penalty(context: Context, tap: CaseTapped) -> None:
    """「行政处罚」: which step?"""
    complaint = await context.tapped_case(tap)
    context.say(office_buttons.penalty(context.t, await context.case_view(complaint)), about=complaint.id)


async def penalty_step(context: Context, tap: FormTapped) -> None:
    complaint = await context.case(tap.case)
    require("penalise", context.who, complaint)
    await context.asks(Referring.penalty, case=complaint.id, step=tap.arg)
    context.say(prompts.penalty_words(context.t, await context.case_view(complaint)), about=complaint.id)


async def penalty_words(context: Context) -> None:
    about = await context.about()
    if about["step"] == "extend":
        complaint = await penalties.extend(context.work, context.who, about["case"], context.said())
    else:
        complaint = await penalties.step(context.work, context.who, about["case"], about["step"], context.said())
    await _done(context, complaint, "Penalty")


async def sign_street(context: Context, tap: CaseTapped) -> None:
    """「签署办结意见」 by the street, or the community that it has asked to."""
    await context.tapped_case(tap)
    complaint = await sign_off.sign_off(context.work, context.who, tap.case, Signer.STREET)
    await _done(context, complaint, "Sign off")


def router() -> Router:
    made = Router(name="referring")
    for verb, handler in {
        "take_in": take_in,
        "hand_back": asks_words(Referring.hand_back, prompts.hand_back, lambda c: c.referral == "waiting"),
        "unsolvable": asks_words(Referring.unsolvable, prompts.unsolvable, lambda c: not (c.plan_until or _owed(c))),
        "plan": asks_words(Referring.plan, prompts.plan, _owed),
        "penalty": penalty,
        "sign_street": sign_street,
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    made.callback_query.register(form_tap(plan_date_tapped), date_input.TAPPED, StateFilter(Referring.plan_date))
    steps = FormTapped.filter((F.step == "penalty_step") & F.arg.in_({*penalties.STEPS, "extend"}))
    made.callback_query.register(form_tap(penalty_step), steps)
    for state, heard in {
        Referring.hand_back: hand_back,
        Referring.unsolvable: unsolvable,
        Referring.plan: plan,
        Referring.plan_date: plan_date,
        Referring.penalty: penalty_words,
    }.items():
        made.message.register(words(heard), StateFilter(state))
    return made
