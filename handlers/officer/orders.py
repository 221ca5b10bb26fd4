"""督办: an order is shown in private before it goes out: who gets it, until when, and what it demands."""

from datetime import UTC, datetime, timedelta

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.errors import TooLate, WordsTooLong
from complaints.model.complaint import Complaint
from complaints.text.date_parser import says_more
from complaints.text.sanitizing import units
from complaints.time import periods
from complaints.usecases.company.date_agreement import require_ahead
from complaints.usecases.officer import supervision
from complaints.usecases.statements import NOTHING, Said
from handlers.framework import date_input, questions
from handlers.framework.acts import on_buttons, on_words
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.confirmation import About, begun, counts_from, kept, said_in
from handlers.framework.context import LONGEST, Context
from handlers.framework.states import Supervising
from handlers.officer.private_chat import private_context
from views.confirmations import noted
from views.framework.callbacks import NUMBER, CaseTapped, FormTapped
from views.framework.screen import Screen
from views.officer import orders as views


async def ask(context: Context, tap: CaseTapped) -> None:
    """「督办」: until when? The presets stand in the group; an order that runs already is named."""
    complaint = await context.case(tap.case)
    if not complaint.is_open:
        raise TooLate(state=complaint.state)
    await context.say_case(complaint, views.presets, context.who.name)


async def preset(context: Context, tap: CaseTapped) -> None:
    """A preset, or 「其他」 in words: it goes on in private, and what was asked in the group has its answer."""
    complaint = await context.case(tap.case)
    which, _, count = tap.arg.partition("-")
    if which == views.NONE:
        await context.show_case(complaint, views.none_given)
        return
    if which not in views.PRESETS or count != str(complaint.orders_given):
        raise TooLate(state=complaint.state)
    private = await private_context(context)
    if which == "other":
        await private.asks(Supervising.time, case=complaint.id)
        private.show_about(await _by_when(private, complaint), complaint.id)
    else:
        await preview(private, complaint, _until(context, complaint, which), NOTHING, {})
    if not context.private:
        await _answered(context, complaint)


async def _answered(context: Context, complaint: Complaint) -> None:
    """The question in the group says who goes on with it; a second tap by the same officer would say the same."""
    tapped = context.callback.message if context.callback is not None else None
    if tapped is None or (await context.state.get_data()).get("answered") == tapped.message_id:
        return
    await context.state.update_data(answered=tapped.message_id)
    await context.show_case(complaint, views.goes_on, context.who.name)


def _until(context: Context, complaint: Complaint, which: str) -> datetime:
    time = date_input.hours(context, complaint)
    if which == "2h":
        return context.now + timedelta(hours=2)
    if which == "today":
        return periods.end_of_business(context.now, time)
    return periods.due(context.now, periods.Period.parse("1wd"), time).at


async def _by_when(context: Context, complaint: Complaint) -> Screen:
    dates = await date_input.presets(context, complaint, (0, 1, 3))
    return views.by_when(context.t, await context.case_view(complaint), dates)


async def preview(context: Context, complaint: Complaint, until: datetime, demands: Said, about: About) -> None:
    """The order as it would go out; what is written now are its demands."""
    require_ahead(until, context.now)
    order = {"case": complaint.id, "count": complaint.orders_given, "until": int(until.timestamp()), **kept(demands)}
    await context.state.set_state(Supervising.order)
    await context.state.update_data(about={**order, **begun(context, complaint, about), "unsent": demands.text})
    view = await context.case_view(complaint)
    screen = views.preview(context.t, view, until, demands.text, len(demands.media))
    await questions.ask(context, screen, about=complaint.id)


async def time_in_words(context: Context) -> None:
    """Words that say more than the time are the demands as well."""
    about = await context.about()
    complaint = await context.case(about["case"])
    until, said = date_input.in_words(context, complaint), context.said()
    more = says_more(said.text, context.now, date_input.hours(context, complaint)) or said.media
    await preview(context, complaint, until, said if more else said_in(about), about)


async def time_tapped(context: Context, tap: FormTapped) -> None:
    about = await context.about(tap.case)
    await preview(context, await context.case(about["case"]), date_input.tapped(tap), said_in(about), about)


async def demands(context: Context) -> None:
    """What exactly the order demands; further words are added."""
    about = await context.about()
    before, said = said_in(about), context.said()
    text = "\n".join(part for part in (before.text, said.text) if part)
    if units(text) > LONGEST:
        raise WordsTooLong(limit=LONGEST)
    grown = Said(text=text, media=(*before.media, *said.media))
    await preview(context, await context.case(about["case"]), _kept_time(about), grown, about)


def _kept_time(about: About) -> datetime:
    return datetime.fromtimestamp(about["until"], UTC)


async def change(context: Context, tap: FormTapped) -> None:
    """「改」: another time, and other demands."""
    about = await context.about(tap.case)
    complaint = await context.case(about["case"])
    await context.state.set_state(Supervising.time)
    await context.state.update_data(about={k: about[k] for k in ("case", "since", "held")})
    context.show(await _by_when(context, complaint))


async def give(context: Context, tap: FormTapped) -> None:
    """「下达」 of just this order; where somebody else has given one since, it is shown anew."""
    about = await context.about(tap.case)
    complaint = await context.case(about["case"])
    until, said = _kept_time(about), said_in(about)
    if complaint.orders_given != about["count"] or tap.arg != str(about["until"]):
        await preview(context, complaint, until, said, about)
        return
    require_ahead(until, context.now)
    with context.counted_from(counts_from(context, about)):
        complaint = await supervision.supervise(context.work, context.who, complaint.id, until, said)
    await context.over()
    await context.show_case(complaint, views.given)


async def order_words(context: Context) -> None:
    """The demands of an order that an earlier version has sent without them."""
    about = await context.about()
    complaint = await supervision.word_order(context.work, context.who, about["case"], about["order"], context.said())
    await context.over()
    await context.say_case(complaint, noted("supervise"))


def router() -> Router:
    made = Router(name="orders")
    on_buttons(made, {"supervise": ask, "order": preset})
    on_words(made, {Supervising.time: time_in_words, Supervising.order: demands, Supervising.words: order_words})
    here, out = StateFilter(Supervising.order), (F.step == "give_order") & F.arg.regexp(NUMBER)
    made.callback_query.register(form_tap(time_tapped), date_input.TAPPED, StateFilter(Supervising.time))
    made.callback_query.register(form_tap(give), FormTapped.filter(out), here)
    made.callback_query.register(form_tap(change), FormTapped.filter(F.step == "change_order"), here)
    return made
