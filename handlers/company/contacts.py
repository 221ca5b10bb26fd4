"""First contact, a given date, a preliminary result, and contact with the dissatisfied."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.model.complaint import Complaint
from complaints.usecases import answers, contacts
from complaints.usecases import date_agreement as verbs
from complaints.usecases.answers import Said
from handlers.framework import date_input
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Context
from handlers.framework.prompts import asks_words
from handlers.framework.states import Answering, Referring
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped, FormTapped


async def ask_commitment(context: Context, complaint: Complaint) -> None:
    """By when? Asked after the first words, and by 「承诺办结时间」."""
    await context.asks(Answering.commitment, case=complaint.id)
    case_view = await context.case_view(complaint)
    context.say(
        prompts.commitment(context.t, case_view, date_input.presets(context, complaint, date_input.SOON)),
        about=complaint.id,
    )


async def commit_tapped(context: Context, tap: CaseTapped) -> None:
    await ask_commitment(context, await context.tapped_case(tap))


async def date_tapped(context: Context, tap: FormTapped) -> None:
    about = await context.about(tap.case)
    await _commit(context, about["case"], date_input.tapped(tap), "")


async def date_in_words(context: Context) -> None:
    """The date may stand among other words, which the resident then reads."""
    about = await context.about()
    until = date_input.in_words(context, await context.case(about["case"]))
    await _commit(context, about["case"], until, context.said().text)


async def _commit(context: Context, complaint_id: int, until: datetime, said: str) -> None:
    complaint = await verbs.commit(context.work, context.who, complaint_id, until, Said(text=said))
    await context.over()
    context.say(views.committed(context.t, await context.case_view(complaint)), about=complaint.id)


async def called(context: Context, tap: CaseTapped) -> None:
    """「已电话联系」."""
    await context.tapped_case(tap)
    complaint = await contacts.call(context.work, context.who, tap.case)
    await _done(context, complaint, context.t.p("button", "Called the resident"))


async def unreached(context: Context, tap: CaseTapped) -> None:
    """「联系不上」: the street is next."""
    await context.tapped_case(tap)
    complaint = await contacts.fail(context.work, context.who, tap.case)
    await _done(context, complaint, context.t.p("button", "Couldn't reach the resident"))


async def preliminary(context: Context) -> None:
    """「初步结果」."""
    about = await context.about()
    complaint = await answers.give_preliminary(context.work, context.who, about["case"], context.said())
    await context.over()
    await _done(context, complaint, context.t.p("button", "Preliminary result"))


async def street(context: Context) -> None:
    """「已联系居民」: what was agreed."""
    about = await context.about()
    complaint = await contacts.contact_for_street(context.work, context.who, about["case"], context.said())
    await context.over()
    await _done(context, complaint, context.t.p("button", "Resident contacted"))


async def _done(context: Context, complaint: Complaint, what: str) -> None:
    context.say(views.noted(context.t, await context.case_view(complaint), what), about=complaint.id)


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
