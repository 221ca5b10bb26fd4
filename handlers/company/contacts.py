"""First contact, a given date, a preliminary result, and contact with the dissatisfied."""

from datetime import datetime

from aiogram import Router

from complaints.model.complaint import Complaint
from complaints.model.roles import BEYOND
from complaints.usecases.company import answers, contacts
from complaints.usecases.company import date_agreement as verbs
from complaints.usecases.statements import Said
from handlers.framework import date_input
from handlers.framework.acts import asks_words, on_buttons, on_earlier, on_words, records_tap, records_words
from handlers.framework.confirmation import About, DatedWords
from handlers.framework.context import Context
from handlers.framework.states import Answering, Referring
from views import confirmations as views
from views.company import date_checks, prompts
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.screen import Screen


async def ask_commitment(context: Context, complaint: Complaint) -> None:
    """By when? Asked after the first words, and by 「承诺办结时间」."""
    await context.asks(Answering.commitment, case=complaint.id)
    context.say(await _by_when(context, complaint, {}), about=complaint.id)


async def _by_when(context: Context, complaint: Complaint, about: About) -> Screen:
    presets = await date_input.presets(context, complaint, date_input.SOON)
    return prompts.commitment(context.t, await context.case_view(complaint), presets)


async def commit_tapped(context: Context, tap: CaseTapped) -> None:
    await ask_commitment(context, await context.tapped_case(tap))


async def _commit(context: Context, about: About, until: datetime, said: Said) -> None:
    complaint = await verbs.commit(context.work, context.who, about["case"], until, said)
    await context.over()
    await context.say_case(complaint, views.committed)


async def ask_beyond(context: Context, tap: CaseTapped) -> None:
    """「超出物业能力，上报」: to whom, then why."""
    complaint = await context.tapped_case(tap)
    if tap.arg not in BEYOND:
        await context.say_case(complaint, prompts.beyond_to)
        return
    await context.asks(Answering.beyond, case=complaint.id, to=tap.arg)
    await context.show_case(complaint, prompts.beyond)


async def beyond_again(context: Context, tap: FormTapped) -> None:
    """「返回」 from why to whom."""
    complaint = await context.asked_case(tap.case)
    await context.over()
    await context.show_case(complaint, prompts.beyond_to)


async def beyond(context: Context) -> None:
    about = await context.about()
    complaint = await contacts.go_beyond(context.work, context.who, about["case"], about["to"], context.said())
    await context.over()
    await context.say_case(complaint, views.noted_with_buttons("beyond"))


COMMITMENT = DatedWords(Answering.commitment, _by_when, _commit, date_checks.commitment)


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
    COMMITMENT.register(made)
    on_earlier(made, {Answering.beyond: beyond_again})
    on_words(
        made,
        {
            Answering.beyond: beyond,
            Answering.preliminary: records_words(answers.give_preliminary, views.noted("preliminary")),
            Referring.street: records_words(contacts.contact_for_street, views.noted("street_contact")),
        },
    )
    return made
