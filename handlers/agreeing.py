"""Both sides agree on a date, by tap or in words."""

from collections.abc import Sequence
from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.complaint import Complaint
from complaints.dates import read_date
from complaints.events import Side
from complaints.permissions import require
from complaints.usecases import agreeing
from complaints.usecases.answering import Said
from complaints.workdays import WorkingTime
from handlers.hearing import case_tap, form_tap, words
from handlers.states import Answering, Following
from handlers.talk import Talk
from views import asking
from views import following as views
from views.callbacks import CaseTapped, FormTapped
from views.formats import moment

PRESET_DAYS = (3, 7, 14)
SOON = (0, 1, 3)  # days that a repair's first date may be ahead


def hours(talk: Talk, complaint: Complaint) -> WorkingTime:
    return talk.work.rules.packs[complaint.pack].hours(talk.work.rules.workdays)


def presets(talk: Talk, complaint: Complaint, days: Sequence[int] = PRESET_DAYS) -> list[tuple[str, str]]:
    """Dates to come at close of business, as (value for the button, shown)."""
    time = hours(talk, complaint)
    dates = [time.closes(time.day(talk.now) + timedelta(days=n)) for n in days]
    return [(f"{int(at.timestamp())}", moment(talk.t, at)) for at in dates if at > talk.now]


async def ask_date(talk: Talk, complaint: Complaint, reason: str) -> None:
    """By when? The reason is known already."""
    await talk.asks(Answering.date, case=complaint.id, reason=reason)
    talk.say(asking.date(talk.t, await talk.dossier(complaint), presets(talk, complaint)), about=complaint.id)


async def more_time(talk: Talk, tap: CaseTapped) -> None:
    """「申请延期」, or another date in answer to the resident's."""
    complaint = await talk.tapped_case(tap)
    require("propose", talk.who, complaint)
    await talk.asks(Answering.more_time, case=complaint.id)
    talk.say(asking.reason_for_more_time(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def why_more_time(talk: Talk) -> None:
    about = await talk.about()
    await ask_date(talk, await talk.case(about["case"]), talk.said().text)


async def date_in_words(talk: Talk) -> None:
    about = await talk.about()
    complaint = await talk.case(about["case"])
    said = talk.said().text
    until = read_date(said, talk.now, hours(talk, complaint))
    await _propose(talk, complaint, int(until.timestamp()), about["reason"] or said)


async def date_tapped(talk: Talk, tap: FormTapped) -> None:
    about = await talk.about(tap.case)
    await _propose(talk, await talk.case(about["case"]), int(tap.arg), about["reason"])


async def _propose(talk: Talk, complaint: Complaint, until: int, reason: str) -> None:
    at = talk.now.fromtimestamp(until, talk.now.tzinfo)
    complaint = await agreeing.propose(talk.work, talk.who, complaint.id, at, Said(text=reason))
    await talk.over()
    talk.say(views.proposed(talk.t, await talk.dossier(complaint)), about=complaint.id)


# --- the resident's side ----------------------------------------------------------------------------------------


async def agree(talk: Talk, tap: CaseTapped) -> None:
    """「同意」, by either side."""
    await talk.tapped_case(tap)
    side = Side.HANDLER if tap.verb == "agree_too" else Side.RESIDENT
    complaint = await agreeing.agree(talk.work, talk.who, tap.case, side)
    talk.show(views.agreed(talk.t, await talk.dossier(complaint)))


async def refuse(talk: Talk, tap: CaseTapped) -> None:
    """「不同意」, by either side."""
    await talk.tapped_case(tap)
    side = Side.HANDLER if tap.verb == "refuse_too" else Side.RESIDENT
    complaint = await agreeing.refuse(talk.work, talk.who, tap.case, side)
    talk.show(views.refused(talk.t, await talk.dossier(complaint)))


async def ask_counter(talk: Talk, tap: CaseTapped) -> None:
    """「换个时间」."""
    complaint = await talk.tapped_case(tap)
    require("negotiate", talk.who, complaint, await talk.household(complaint.id))
    await talk.asks(Following.counter, case=complaint.id)
    talk.say(asking.counter_date(talk.t, await talk.dossier(complaint), presets(talk, complaint)), about=complaint.id)


async def counter_in_words(talk: Talk) -> None:
    about = await talk.about()
    complaint = await talk.case(about["case"])
    await _counter(talk, complaint, int(read_date(talk.said().text, talk.now, hours(talk, complaint)).timestamp()))


async def counter_tapped(talk: Talk, tap: FormTapped) -> None:
    about = await talk.about(tap.case)
    await _counter(talk, await talk.case(about["case"]), int(tap.arg))


async def _counter(talk: Talk, complaint: Complaint, until: int) -> None:
    at = talk.now.fromtimestamp(until, talk.now.tzinfo)
    complaint = await agreeing.counter(talk.work, talk.who, complaint.id, at)
    await talk.over()
    talk.say(views.countered(talk.t, await talk.dossier(complaint)), about=complaint.id)


def router() -> Router:
    made = Router(name="agreeing")
    for verb, handler in {
        "more_time": more_time,
        "agree": agree,
        "agree_too": agree,
        "refuse": refuse,
        "refuse_too": refuse,
        "counter": ask_counter,
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    date = FormTapped.filter((F.step == "date") & F.arg.regexp(r"^\d{1,11}$"))
    made.callback_query.register(form_tap(date_tapped), date, StateFilter(Answering.date))
    made.callback_query.register(form_tap(counter_tapped), date, StateFilter(Following.counter))
    made.message.register(words(why_more_time), StateFilter(Answering.more_time))
    made.message.register(words(date_in_words), StateFilter(Answering.date))
    made.message.register(words(counter_in_words), StateFilter(Following.counter))
    return made
