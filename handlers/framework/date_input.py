"""Which date was meant: the one on a button, or one in words? By the working time of the case's pack."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from aiogram import F

from complaints.model.complaint import Complaint
from complaints.text.date_parser import read_date
from complaints.time.workdays import WorkingTime
from handlers.framework.context import Talk
from views.framework.callbacks import FormTapped
from views.framework.formats import moment

PRESET_DAYS = (3, 7, 14)
SOON = (0, 1, 3)  # days that a repair's first date may be ahead
TAPPED = FormTapped.filter((F.step == "date") & F.arg.regexp(r"^\d{1,11}$"))


def hours(talk: Talk, complaint: Complaint) -> WorkingTime:
    return talk.work.rules.packs[complaint.pack].hours(talk.work.rules.workdays)


def presets(talk: Talk, complaint: Complaint, days: Sequence[int] = PRESET_DAYS) -> list[tuple[str, str]]:
    """Dates to come at close of business, as (value for the button, shown)."""
    time = hours(talk, complaint)
    dates = [time.closes(time.day(talk.now) + timedelta(days=n)) for n in days]
    return [(f"{int(at.timestamp())}", moment(talk.t, at)) for at in dates if at > talk.now]


def tapped(tap: FormTapped) -> datetime:
    """The date on the button."""
    return datetime.fromtimestamp(int(tap.arg), UTC)


def in_words(talk: Talk, complaint: Complaint) -> datetime:
    """The date in what was just said, to the second; DateUnclear where there is none."""
    return read_date(talk.said().text, talk.now, hours(talk, complaint)).replace(microsecond=0)
