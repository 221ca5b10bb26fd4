"""Rating by a household, with its reasons."""

from aiogram import F, Router

from complaints.errors import TooLate
from complaints.model.events import After, Level
from complaints.usecases.resident import rating
from handlers.framework.acts import on_buttons, on_words
from handlers.framework.aiogram_adapters import case_tap
from handlers.framework.context import Context
from handlers.framework.states import Following
from handlers.resident import reasons
from views import confirmations as views
from views.company import prompts
from views.framework import terms
from views.framework.callbacks import CaseTapped
from views.resident import closing

REASONS = {"unsolved", "false", "manner", "slow", "other"}


async def rate(context: Context, tap: CaseTapped) -> None:
    """One tap counts at once; 不满意 then asks why."""
    await context.tapped_case(tap)
    level = Level(tap.arg)
    complaint = await rating.rate(context.work, context.who, tap.case, level)
    if level is Level.DISSATISFIED:
        await context.show_case(complaint, closing.why_dissatisfied)
        await reasons.follow(context, complaint, After.DISSATISFIED)
    else:
        await context.show_case(complaint, views.rated, terms.level(context.t, level))


async def ask(context: Context, tap: CaseTapped) -> None:
    """「去评价」: the card leads to the question, where its notice isn't at hand any more."""
    complaint = await context.tapped_case(tap)
    case_view = await context.case_view(complaint)
    if case_view.household is None or complaint.rating_of(case_view.household.id) is not None:
        raise TooLate(state=complaint.state)
    await context.say_case(complaint, closing.survey_reminder)


async def why(context: Context, tap: CaseTapped) -> None:
    complaint = await context.case(tap.case)
    if tap.arg == "other":
        await context.asks(Following.own_reason, case=complaint.id)
        await context.show_case(complaint, prompts.own_reason)
        return
    complaint = await rating.explain(context.work, context.who, tap.case, tap.arg)
    await reasons.follow(context, complaint, After.DISSATISFIED)
    await context.show_case(complaint, views.explained)


async def own_reason(context: Context) -> None:
    about = await context.about()
    complaint = await rating.explain(context.work, context.who, about["case"], "other", context.said())
    await context.over()
    await context.say_case(complaint, views.explained)


def router() -> Router:
    made = Router(name="rating")
    made.callback_query.register(case_tap(rate), CaseTapped.filter((F.verb == "rate") & F.arg.in_(set(Level))))
    on_buttons(made, {"ask_rating": ask})
    made.callback_query.register(case_tap(why), CaseTapped.filter((F.verb == "why") & F.arg.in_(REASONS)))
    on_words(made, {Following.own_reason: own_reason})
    return made
