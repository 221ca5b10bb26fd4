"""What a case is about that was filed before anybody had said it: its household or its handler says it."""

from aiogram import F, Router

from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from complaints.policy.catalogue import is_unsaid
from complaints.usecases.company import matters
from complaints.usecases.resident import household as household_acts
from handlers.framework.acts import on_buttons, on_words
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.context import Context
from handlers.framework.states import Following
from views import confirmations
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.screen import Screen
from views.framework.shelves import opened
from views.resident import unsaid_matter as views


def asked_below(context: Context, complaint: Complaint, numbers: Screen) -> Screen:
    """The household is asked right after its case has gone out, below the numbers to call."""
    return views.ask(context.t, context.work.rules.catalogue, complaint.id).below(numbers.text)


async def await_words(context: Context, complaint: Complaint) -> None:
    """It answers by tap, or in its own words."""
    await context.asks(Following.what, case=complaint.id)


async def _show(context: Context, complaint: Complaint, screen: Screen) -> None:
    """The next step of the question; whom to call stays above it for a household in danger."""
    view = await context.case_view(complaint)
    calls = view.household is not None and view.case.danger and view.case.is_open
    context.show(screen.below(views.numbers(context.t, view)) if calls else screen)


async def asked(context: Context, tap: CaseTapped) -> None:
    """「填写是什么问题」 on the card."""
    complaint = await _unsaid(context, tap.case)
    context.say(views.groups(context.t, context.work.rules.catalogue, complaint.id), about=complaint.id)


async def _unsaid(context: Context, complaint_id: int) -> Complaint:
    complaint = await context.case(complaint_id)
    if not is_unsaid(complaint.matter):
        raise TooLate(state=complaint.state)
    return complaint


async def said(context: Context) -> None:
    """Words reach the handler, and lead to what they are likely about."""
    about = await context.about()
    what = context.said()
    complaint = await household_acts.supplement(context.work, context.who, about["case"], what.text, what.media)
    await context.over()
    likely = context.work.rules.catalogue.suggest(what.text) if what.text else ()
    if is_unsaid(complaint.matter):
        context.say(views.which(context.t, likely, complaint.id), about=complaint.id)
    else:
        await context.say_case(complaint, confirmations.added)


async def tapped(context: Context, tap: FormTapped) -> None:
    """A shelf, all shelves, or the matter itself."""
    complaint, catalogue = await _unsaid(context, tap.case), context.work.rules.catalogue
    if tap.step == "what_groups":
        await _show(context, complaint, views.groups(context.t, catalogue, complaint.id))
    elif tap.step == "what_group":
        group, page = opened(catalogue, tap.arg)
        shelf = views.in_group(context.t, group, catalogue.of_group(group.id), page, complaint.id)
        await _show(context, complaint, shelf)
    elif catalogue.offers(tap.arg):
        complaint = await matters.name(context.work, context.who, complaint.id, tap.arg)
        if ((await context.state.get_data()).get("about") or {}).get("case") == complaint.id:
            await context.over()
        await _show(context, complaint, views.named(context.t, await context.case_view(complaint)))
    else:  # a matter that the catalogue has no more
        raise TooLate(state=complaint.state)


def router() -> Router:
    made = Router(name="unsaid_matter")
    on_buttons(made, {"name_matter": asked})
    made.callback_query.register(form_tap(tapped), FormTapped.filter(F.step.in_({"what", "what_group", "what_groups"})))
    on_words(made, {Following.what: said})
    return made
