"""The company's head takes a case, or names who handles it."""

from aiogram import Router

from complaints.errors import TooLate
from complaints.model.complaint import CaseOwner, Complaint, State
from complaints.model.events import Expired
from complaints.model.people import Appointment, Role
from complaints.usecases.company import assignment
from handlers.framework.acts import on_buttons
from handlers.framework.context import Context
from handlers.framework.states import Answering
from storage.repositories import colleagues as staff
from storage.repositories import ledger, people
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
    """「指定经办人」, 「转派」: the delegate, then whoever of the company has joined, this project's people first."""
    complaint = await context.tapped_case(tap)
    found, failed = await _in_order(context, complaint)
    if not found:
        context.say(prompts.nobody_to_name(context.t), about=complaint.id)
        return
    case_view = await context.case_view(complaint)
    page = int(tap.arg) if tap.arg.isdecimal() else 0
    screen = prompts.handler_choice(context.t, case_view, found, failed, tap.verb, page)
    if tap.arg:
        context.show(screen)
    else:
        context.say(screen, about=complaint.id)


async def _in_order(context: Context, complaint: Complaint) -> tuple[list[Appointment], int | None]:
    """Whoever can be named, the one whose time ran out last of all; and who that is."""
    place = complaint.place
    found = await staff.handlers(context.work, place.company, place.project, without=context.person.id)
    failed = await _failed(context, complaint)
    return sorted(found, key=lambda held: held.person == failed), failed


async def _failed(context: Context, complaint: Complaint) -> int | None:
    """Whose time ran out last; where nobody was named, the project's manager."""
    course = await ledger.history(context.work, complaint.id)
    late = [step.event for step in course if isinstance(step.event, Expired) and step.event.ends_clock]
    if not late:
        return None
    if late[-1].person is not None or late[-1].handler != CaseOwner.MANAGER:
        return late[-1].person
    managers = await people.holders(context.work, Role.PROJECT_MANAGER, complaint.place.project)
    return next((held.person for held in managers if held.person is not None), None)


async def assign(context: Context, tap: CaseTapped) -> None:
    complaint = await context.tapped_case(tap)
    found, _ = await _in_order(context, complaint)
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
