"""The company's head takes a case, or names who handles it."""

from aiogram import Router

from complaints.errors import TooLate
from complaints.model.complaint import Complaint, State
from complaints.model.people import Appointment
from complaints.usecases.company import assignment
from handlers.framework.acts import on_buttons
from handlers.framework.context import Context
from handlers.framework.states import Answering
from storage.repositories import colleagues as staff
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped


async def take_over(context: Context, tap: CaseTapped) -> None:
    """「我来处理」."""
    await context.tapped_case(tap)
    complaint = await assignment.take_over(context.work, context.who, tap.case)
    if complaint.state is State.FILED:  # the head's next words are the response, also without a reply
        await context.asks(Answering.response, case=complaint.id, disposition="")
    await context.say_case(complaint, views.taken_over)


async def choose(context: Context, tap: CaseTapped) -> None:
    """「指定经办人」, 「转派」: everybody of the company who has joined, this project's people first."""
    complaint = await context.tapped_case(tap)
    found = await colleagues(context, complaint)
    case_view = await context.case_view(complaint)
    if not found:
        context.say(prompts.nobody_to_name(context.t), about=complaint.id)
        return
    context.say(prompts.handler_choice(context.t, case_view, found), about=complaint.id)


async def colleagues(context: Context, complaint: Complaint) -> list[Appointment]:
    place = complaint.place
    return await staff.managers(context.work, place.company, place.project, without=context.person.id)


async def assign(context: Context, tap: CaseTapped) -> None:
    complaint = await context.tapped_case(tap)
    found = await colleagues(context, complaint)
    chosen = next((held for held in found if str(held.person) == tap.arg), None)
    if chosen is None or chosen.person is None:
        raise TooLate(state=complaint.state)
    complaint = await assignment.assign(context.work, context.who, tap.case, chosen.person)
    await context.show_case(complaint, views.assigned)


def router() -> Router:
    made = Router(name="assignment")
    on_buttons(
        made,
        {
            "take_over": take_over,
            "name_handler": choose,
            "hand_on": choose,
            "assign": assign,
        },
    )
    return made
