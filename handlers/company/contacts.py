"""First contact, a given date, a preliminary result, and contact with the dissatisfied."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter

from complaints.model.complaint import Complaint
from complaints.usecases import answers, contacts
from complaints.usecases import date_agreement as verbs
from complaints.usecases.statements import Said
from handlers.framework import date_input
from handlers.framework.acts import asks_words, on_buttons, on_words, records_tap, records_words
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.context import Context
from handlers.framework.states import Answering, Referring
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped, FormTapped


async def ask_commitment(context: Context, complaint: Complaint) -> None:
    """By when? Asked after the first words, and by 「承诺办结时间」."""
    await context.asks(Answering.commitment, case=complaint.id)
    presets = await date_input.presets(context, complaint, date_input.SOON)
    await context.say_case(complaint, prompts.commitment, presets)


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
    await context.say_case(complaint, views.committed)


async def ask_beyond(context: Context, tap: CaseTapped) -> None:
    """「超出物业能力，上报」: to whom, then why."""
    complaint = await context.tapped_case(tap)
    if tap.arg not in contacts.BEYOND:
        await context.say_case(complaint, prompts.beyond_to)
        return
    await context.asks(Answering.beyond, case=complaint.id, to=tap.arg)
    await context.show_case(complaint, prompts.beyond)


async def beyond(context: Context) -> None:
    about = await context.about()
    complaint = await contacts.go_beyond(context.work, context.who, about["case"], about["to"], context.said())
    await context.over()
    await context.say_case(complaint, views.noted_with_buttons("beyond"))


def router() -> Router:
    made = Router(name="contacts")
    on_buttons(
        made,
        {
            "commit": commit_tapped,
            "beyond": ask_beyond,
            "called": records_tap(contacts.call, views.noted("called")),
            "unreached": records_tap(contacts.fail, views.unreached),
            "preliminary": asks_words(Answering.preliminary, prompts.preliminary),
            "street_contact": asks_words(Referring.street, prompts.street_contact),
        },
    )
    made.callback_query.register(form_tap(date_tapped), date_input.TAPPED, StateFilter(Answering.commitment))
    on_words(
        made,
        {
            Answering.beyond: beyond,
            Answering.commitment: date_in_words,
            Answering.preliminary: records_words(answers.give_preliminary, views.noted("preliminary")),
            Referring.street: records_words(contacts.contact_for_street, views.noted("street_contact")),
        },
    )
    return made
