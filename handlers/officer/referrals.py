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
from handlers.framework.context import Talk
from handlers.framework.prompts import asks_words
from handlers.framework.states import Referring
from views import confirmations as views
from views.company import card, prompts
from views.framework import office_buttons
from views.framework.callbacks import CaseTapped, FormTapped


async def take_in(talk: Talk, tap: CaseTapped) -> None:
    """「接收」, and then what can be done with the case."""
    await talk.tapped_case(tap)
    complaint = await referrals.take_in(talk.work, talk.who, tap.case)
    talk.say(card.card(talk.t, await talk.dossier(complaint)), about=complaint.id, kind="manager.filed")


def _owed(complaint: Complaint) -> bool:
    return complaint.clock("plan", "running") is not None


async def hand_back(talk: Talk) -> None:
    """「退回」."""
    about = await talk.about()
    await _done(talk, await referrals.hand_back(talk.work, talk.who, about["case"], talk.said()), "Send back")


async def unsolvable(talk: Talk) -> None:
    about = await talk.about()
    complaint = await referrals.declare_unsolvable(talk.work, talk.who, about["case"], talk.said())
    await _done(talk, complaint, "Can't be solved soon")


async def _done(talk: Talk, complaint: Complaint, what: str) -> None:
    await talk.over()
    dossier = await talk.dossier(complaint)
    fits = card.buttons(talk.t, dossier)  # what can be done next
    talk.say(replace(views.noted(talk.t, dossier, talk.t.p("button", what)), buttons=fits), about=complaint.id)


# --- the plan ---------------------------------------------------------------------------------------------------


async def plan(talk: Talk) -> None:
    """The plan's words; then by when."""
    about = await talk.about()
    complaint = await talk.case(about["case"])
    await talk.asks(Referring.plan_date, case=complaint.id, plan=talk.said().text)
    talk.say(
        prompts.date(talk.t, await talk.dossier(complaint), date_input.presets(talk, complaint)), about=complaint.id
    )


async def plan_date(talk: Talk) -> None:
    about = await talk.about()
    await _plan(talk, date_input.in_words(talk, await talk.case(about["case"])))


async def plan_date_tapped(talk: Talk, tap: FormTapped) -> None:
    await talk.about(tap.case)
    await _plan(talk, date_input.tapped(tap))


async def _plan(talk: Talk, until: datetime) -> None:
    about = await talk.about()
    complaint = await referrals.plan(talk.work, talk.who, about["case"], until, Said(text=about["plan"]))
    await _done(talk, complaint, "Submit the plan")


# --- penalties and signatures -----------------------------------------------------------------------------------


async def penalty(talk: Talk, tap: CaseTapped) -> None:
    """「行政处罚」: which step?"""
    complaint = await talk.tapped_case(tap)
    talk.say(office_buttons.penalty(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def penalty_step(talk: Talk, tap: FormTapped) -> None:
    complaint = await talk.case(tap.case)
    require("penalise", talk.who, complaint)
    await talk.asks(Referring.penalty, case=complaint.id, step=tap.arg)
    talk.say(prompts.penalty_words(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def penalty_words(talk: Talk) -> None:
    about = await talk.about()
    if about["step"] == "extend":
        complaint = await penalties.extend(talk.work, talk.who, about["case"], talk.said())
    else:
        complaint = await penalties.step(talk.work, talk.who, about["case"], about["step"], talk.said())
    await _done(talk, complaint, "Penalty")


async def sign_street(talk: Talk, tap: CaseTapped) -> None:
    """「签署办结意见」 by the street, or the community that it has asked to."""
    await talk.tapped_case(tap)
    complaint = await sign_off.sign_off(talk.work, talk.who, tap.case, Signer.STREET)
    await _done(talk, complaint, "Sign off")


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
