"""Officers act from their group: name the responsible person, give a result, sign and strike off."""

from functools import partial

from aiogram import Router

from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from complaints.model.events import Finding, Signer
from complaints.model.people import HEADS, Appointment
from complaints.usecases.company import assignment
from complaints.usecases.officer import sign_off as signing
from handlers.framework.acts import on_buttons, on_words, records_tap, records_words
from handlers.framework.context import Context
from handlers.framework.states import Answering, Referring
from handlers.officer.private_chat import ask, private_context
from storage.repositories import colleagues, people
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped


async def choose(context: Context, tap: CaseTapped) -> None:
    """「指定责任人」: the company's people who have joined, in private."""
    complaint = await context.case(tap.case)
    private = await private_context(context)
    found = await _candidates(private, complaint)
    case_view = await private.case_view(complaint)
    screen = prompts.responsible(private.t, case_view, found) if found else prompts.nobody_to_name(private.t)
    private.say(screen, about=complaint.id)


async def _candidates(context: Context, complaint: Complaint) -> list[Appointment]:
    """Whoever of the company has joined, its managers first."""
    place = complaint.place
    heads = [h for role in HEADS for h in await people.holders(context.work, role, place.company)]
    managers = await colleagues.managers(context.work, place.company, place.project, without=context.person.id)
    return [*managers, *(h for h in heads if h.person is not None)]


async def named(context: Context, tap: CaseTapped) -> None:
    complaint = await context.case(tap.case)
    chosen = next((c for c in await _candidates(context, complaint) if str(c.person) == tap.arg), None)
    if chosen is None or chosen.person is None:
        raise TooLate(state=complaint.state)
    complaint = await assignment.name(context.work, context.who, tap.case, chosen.person)
    await context.show_case(complaint, views.assigned)


async def preliminary(context: Context, tap: CaseTapped) -> None:
    """「初步结果」 on the group's card: the words in private."""
    complaint = await context.case(tap.case)
    private = await private_context(context)
    screen = prompts.preliminary(private.t, await private.case_view(complaint))
    await ask(private, complaint, screen, Answering.preliminary)


async def confirm_finding(context: Context, tap: CaseTapped) -> None:
    """「属实」, 「部分属实」 or 「不属实」."""
    if tap.arg not in set(Finding):
        raise TooLate
    complaint = await signing.confirm_finding(context.work, context.who, tap.case, Finding(tap.arg))
    await context.say_case(complaint, views.found)


async def strike_off(context: Context, tap: CaseTapped) -> None:
    """「销号」; where another department's city level strikes off, the number of its document in private."""
    complaint = await context.case(tap.case)
    if complaint.signs_alone and complaint.struck_off_at is None:
        private = await private_context(context)
        screen = prompts.document_number(private.t, await private.case_view(complaint))
        await ask(private, complaint, screen, Referring.document)
        return
    complaint = await signing.strike_off(context.work, context.who, complaint.id)
    await context.say_case(complaint, views.noted("strike_off"))


def group_router() -> Router:
    made = router()
    on_buttons(made, {"preliminary": preliminary})
    return made


def router() -> Router:
    made = Router(name="sign_off")
    on_buttons(
        made,
        {
            "name_one": choose,
            "named": named,
            "sign_bureau": records_tap(
                partial(signing.sign_off, side=Signer.BUREAU), views.noted("sign_bureau"), any_round=True
            ),
            "strike_off": strike_off,
            "finding": confirm_finding,
        },
    )
    on_words(made, {Referring.document: records_words(signing.strike_off, views.noted("strike_off"))})
    return made
