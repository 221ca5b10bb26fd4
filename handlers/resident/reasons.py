"""A household says why: after 不满意, 「不同意」 or 「还没好」 its words, photos and voice are the reason."""

from aiogram import Router

from complaints.model.complaint import Complaint
from complaints.model.events import After
from complaints.usecases.resident import household as household_acts
from complaints.usecases.resident import rating
from handlers.framework.context import Context
from handlers.framework.follow_ups import expect, on_follow_ups
from handlers.framework.states import Following
from views import confirmations as views


async def follow(context: Context, complaint: Complaint, after: After) -> None:
    """What is said next is the reason."""
    await expect(context, Following.reason, complaint.id, after=after.value)


async def given(context: Context) -> None:
    """The first words after 不满意 are the rating's reason; whatever else comes is added under that title."""
    about = await context.about()
    after, said = After(about["after"]), context.said()
    complaint, mine = await context.case(about["case"]), await context.household(about["case"])
    if after is After.DISSATISFIED and mine is not None and mine.id in complaint.unexplained:
        complaint = await rating.explain(context.work, context.who, complaint.id, "other", said)
    else:
        complaint = await household_acts.supplement(
            context.work, context.who, complaint.id, said.text, said.media, after
        )
    await follow(context, complaint, after)
    await context.say_case(complaint, views.explained)


def router() -> Router:
    made = Router(name="reasons")
    on_follow_ups(made, {Following.reason: given})
    return made
