"""First contact, a date given, a preliminary result, and what becomes of the dissatisfied."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.model.complaint import Complaint
from complaints.usecases import answers, contacts
from complaints.usecases import date_agreement as verbs
from complaints.usecases.answers import Said
from handlers.framework import date_input
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Talk
from handlers.framework.prompts import asks_words
from handlers.framework.states import Answering, Referring
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped, FormTapped


async def ask_commitment(talk: Talk, complaint: Complaint) -> None:
    """By when? Asked after the first words, and by 「承诺办结时间」."""
    await talk.asks(Answering.commitment, case=complaint.id)
    dossier = await talk.dossier(complaint)
    talk.say(
        prompts.commitment(talk.t, dossier, date_input.presets(talk, complaint, date_input.SOON)), about=complaint.id
    )


async def commit_tapped(talk: Talk, tap: CaseTapped) -> None:
    await ask_commitment(talk, await talk.tapped_case(tap))


async def date_tapped(talk: Talk, tap: FormTapped) -> None:
    about = await talk.about(tap.case)
    await _commit(talk, about["case"], date_input.tapped(tap), "")


async def date_in_words(talk: Talk) -> None:
    """The date may stand among other words, which the resident then reads."""
    about = await talk.about()
    until = date_input.in_words(talk, await talk.case(about["case"]))
    await _commit(talk, about["case"], until, talk.said().text)


async def _commit(talk: Talk, complaint_id: int, until: datetime, said: str) -> None:
    complaint = await verbs.commit(talk.work, talk.who, complaint_id, until, Said(text=said))
    await talk.over()
    talk.say(views.committed(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def called(talk: Talk, tap: CaseTapped) -> None:
    """「已电话联系」."""
    await talk.tapped_case(tap)
    complaint = await contacts.call(talk.work, talk.who, tap.case)
    await _done(talk, complaint, talk.t.p("button", "Called the resident"))


async def unreached(talk: Talk, tap: CaseTapped) -> None:
    """「联系不上」: the street is next."""
    await talk.tapped_case(tap)
    complaint = await contacts.fail(talk.work, talk.who, tap.case)
    await _done(talk, complaint, talk.t.p("button", "Couldn't reach the resident"))


async def preliminary(talk: Talk) -> None:
    """「初步结果」."""
    about = await talk.about()
    complaint = await answers.give_preliminary(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    await _done(talk, complaint, talk.t.p("button", "Preliminary result"))


async def street(talk: Talk) -> None:
    """「已联系居民」: what was agreed."""
    about = await talk.about()
    complaint = await contacts.contact_for_street(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    await _done(talk, complaint, talk.t.p("button", "Resident contacted"))


async def _done(talk: Talk, complaint: Complaint, what: str) -> None:
    talk.say(views.noted(talk.t, await talk.dossier(complaint), what), about=complaint.id)


def router() -> Router:
    made = Router(name="contacting")
    for verb, handler in {
        "commit": commit_tapped,
        "called": called,
        "unreached": unreached,
        "preliminary": asks_words(Answering.preliminary, prompts.preliminary),
        "street_contact": asks_words(Referring.street, prompts.street_contact),
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    made.callback_query.register(form_tap(date_tapped), date_input.TAPPED, StateFilter(Answering.commitment))
    made.message.register(words(date_in_words), StateFilter(Answering.commitment))
    made.message.register(words(preliminary), StateFilter(Answering.preliminary))
    made.message.register(words(street), StateFilter(Referring.street))
    return made
