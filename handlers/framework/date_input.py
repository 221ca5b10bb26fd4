"""Dates that people tap or write, read by the working time of the case's pack."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from aiogram import F

from complaints.model.complaint import Complaint
from complaints.model.events import DateProposed
from complaints.text.date_parser import read_date
from complaints.time.periods import Period, due
from complaints.time.workdays import WorkingTime
from handlers.framework.context import Context
from storage.repositories import ledger
from views.framework.callbacks import FormTapped
from views.framework.formats import moment_from

PRESET_DAYS = (3, 7, 14)
ANY_DAYS = (0, 1, 3, 7, 14)  # once a date was proposed: another one may be an earlier one
MONTHS = (Period.parse("1mo"), Period.parse("3mo"))  # in which a repair fund is approved and paid out
REPAIR_FUND = re.compile(r"(?:维修|大修|公维)(?:资金|基金)|repair fund|maintenance fund", re.IGNORECASE)
SOON = (0, 1, 3)  # days that a repair's first date may be ahead
TAPPED = FormTapped.filter((F.step == "date") & F.arg.regexp(r"^\d{1,11}$"))


def hours(context: Context, complaint: Complaint) -> WorkingTime:
    return context.work.rules.packs[complaint.pack].hours(context.work.rules.workdays)


async def proposed(context: Context, complaint: Complaint) -> list[datetime]:
    """The dates that either side has proposed so far: who asks for another one has no use for them."""
    recorded = await ledger.history(context.work, complaint.id)
    return [one.event.until for one in recorded if isinstance(one.event, DateProposed)]


async def presets(
    context: Context,
    complaint: Complaint,
    days: Sequence[int] = PRESET_DAYS,
    reason: str = "",
    but: Collection[datetime] = (),
) -> list[tuple[str, str]]:
    """Dates to come at close of business, as (value for the button, shown), `but` for these.

    One and three months, too, where the repair fund is why it takes long: by the reason or by what was said last.
    """
    time = hours(context, complaint)
    dates = [time.closes(time.day(context.now) + timedelta(days=n)) for n in days]
    last = await context.work.said(complaint.last_words)
    if REPAIR_FUND.search(f"{reason} {last.text if last else ''}"):
        dates += [due(context.now, period, time).at for period in MONTHS]
    ahead = [at for at in dates if at > context.now and at not in but]
    return [(f"{int(at.timestamp())}", moment_from(context.t, at, context.now)) for at in ahead]


def tapped(tap: FormTapped) -> datetime:
    """The date on the button."""
    return datetime.fromtimestamp(int(tap.arg), UTC)


def in_words(context: Context, complaint: Complaint) -> datetime:
    """The date in what was just said, to the second; DateUnclear where there is none."""
    return read_date(context.said().text, context.now, hours(context, complaint)).replace(microsecond=0)
