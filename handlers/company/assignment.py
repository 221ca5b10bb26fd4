"""The company's head takes a case, or names who handles it."""

from aiogram import F, Router

from complaints.errors import TooLate
from complaints.model.complaint import Complaint, State
from complaints.model.people import Appointment
from complaints.usecases import assignment
from handlers.framework.aiogram_adapters import case_tap
from handlers.framework.context import Talk
from handlers.framework.states import Answering
from storage.repositories import colleagues as staff
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped


async def take_over(talk: Talk, tap: CaseTapped) -> None:
    """「我来处理」."""
    await talk.tapped_case(tap)
    complaint = await assignment.take_over(talk.work, talk.who, tap.case)
    if complaint.state is State.FILED:  # the head's next words are the response, also without a reply
        await talk.asks(Answering.response, case=complaint.id, disposition="")
    talk.say(views.taken_over(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def choose(talk: Talk, tap: CaseTapped) -> None:
    """「指定经办人」, 「转派」: everybody of the company who has joined, this project's people first."""
    complaint = await talk.tapped_case(tap)
    found = await colleagues(talk, complaint)
    dossier = await talk.dossier(complaint)
    if not found:
        talk.say(prompts.nobody_to_name(talk.t), about=complaint.id)
        return
    talk.say(prompts.handler_choice(talk.t, dossier, found), about=complaint.id)


async def colleagues(talk: Talk, complaint: Complaint) -> list[Appointment]:
    place = complaint.place
    return await staff.managers(talk.work, place.company, place.project, without=talk.person.id)


async def assign(talk: Talk, tap: CaseTapped) -> None:
    complaint = await talk.tapped_case(tap)
    found = await colleagues(talk, complaint)
    chosen = next((held for held in found if str(held.person) == tap.arg), None)
    if chosen is None or chosen.person is None:
        raise TooLate(state=complaint.state)
    complaint = await assignment.assign(talk.work, talk.who, tap.case, chosen.person)
    talk.show(views.assigned(talk.t, await talk.dossier(complaint)))


def router() -> Router:
    made = Router(name="handing")
    for verb, handler in {
        "take_over": take_over,
        "name_handler": choose,
        "hand_on": choose,
        "assign": assign,
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    return made
