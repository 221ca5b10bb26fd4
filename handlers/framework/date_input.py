"""Dates that people tap or write, read by the working time of the case's pack."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from aiogram import F

from complaints.model.complaint import Complaint
from complaints.text.date_parser import read_date
from complaints.time.workdays import WorkingTime
from handlers.framework.context import Context
from views.framework.callbacks import FormTapped
from views.framework.formats import moment

PRESET_DAYS = (3, 7, 14)
SOON = (0, 1, 3)  # days that a repair's first date may be ahead
TAPPED = FormTapped.filter((F.step == "date") & F.arg.regexp(r"^\d{1,11}$"))


def hours(context: Context, complaint: Complaint) -> WorkingTime:
    return context.work.rules.packs[complaint.pack].hours(context.work.rules.workdays)


def presets(context: Context, complaint: Complaint, days: Sequence[int] = PRESET_DAYS) -> list[tuple[str, str]]:
    """Dates to come at close of business, as (value for the button, shown)."""
    time = hours(context, complaint)
    dates = [time.closes(time.day(context.now) + timedelta(days=n)) for n in days]
    return [(f"{int(at.timestamp())}", moment(context.t, at)) for at in dates if at > context.now]


def tapped(tap: FormTapped) -> datetime:
    """The date on the button."""
    return datetime.fromtimestamp(int(tap.arg), UTC)


def in_words(context: Context, complaint: Complaint) -> datetime:
    """The date in what was just said, to the second; DateUnclear where there is none."""
    return read_date(context.said().text, context.now, hours(context, complaint)).replace(microsecond=0)
