"""Officers act from their group: name the responsible person, give a result, sign and strike off."""

from aiogram import F, Router

from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from complaints.model.events import Signer
from complaints.model.people import HEADS, Appointment
from complaints.usecases import assignment
from complaints.usecases import sign_off as signing
from handlers.company.assignment import colleagues
from handlers.framework.aiogram_adapters import case_tap
from handlers.framework.context import Context
from handlers.framework.states import Answering
from handlers.officer.supervision import ask, private_context
from storage.repositories import people
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
    heads = [h for role in HEADS for h in await people.holders(context.work, role, complaint.place.company)]
    return [*await colleagues(context, complaint), *(h for h in heads if h.person is not None)]


async def named(context: Context, tap: CaseTapped) -> None:
    complaint = await context.case(tap.case)
    chosen = next((c for c in await _candidates(context, complaint) if str(c.person) == tap.arg), None)
    if chosen is None or chosen.person is None:
        raise TooLate(state=complaint.state)
    complaint = await assignment.name(context.work, context.who, tap.case, chosen.person)
    context.show(views.assigned(context.t, await context.case_view(complaint)))


async def preliminary(context: Context, tap: CaseTapped) -> None:
    """「初步结果」 on the group's card: the words in private."""
    complaint = await context.case(tap.case)
    private = await private_context(context)
    screen = prompts.preliminary(private.t, await private.case_view(complaint))
    await ask(private, complaint, screen, Answering.preliminary)


async def sign_off(context: Context, tap: CaseTapped) -> None:
    """「签署办结意见」 by the bureau."""
    complaint = await context.case(tap.case)
    complaint = await signing.sign_off(context.work, context.who, complaint.id, Signer.BUREAU)
    await _done(context, complaint, context.t.p("button", "Sign off"))


async def strike_off(context: Context, tap: CaseTapped) -> None:
    """「销号」 by the city bureau."""
    complaint = await context.case(tap.case)
    complaint = await signing.strike_off(context.work, context.who, complaint.id)
    await _done(context, complaint, context.t.p("button", "Strike off"))


async def _done(context: Context, complaint: Complaint, what: str) -> None:
    context.say(views.noted(context.t, await context.case_view(complaint), what), about=complaint.id)


def group_router() -> Router:
    made = router()
    made.callback_query.register(case_tap(preliminary), CaseTapped.filter(F.verb == "preliminary"))
    return made


def router() -> Router:
    made = Router(name="officers")
    for verb, handler in {
        "name_one": choose,
        "named": named,
        "sign_bureau": sign_off,
        "strike_off": strike_off,
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    return made
