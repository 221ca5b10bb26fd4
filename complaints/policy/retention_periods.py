"""How long each kind of data is kept, as in PRIVACY.md; the pack says it for telephone numbers."""

from datetime import timedelta

from pydantic import Field

from complaints.policy.data_files import Count, Entry
from complaints.policy.pack_schema import Clause

PHONE_VISIBLE_FOR = timedelta(minutes=10)  # a resident's number stands in a handler's chat
RAW_UPDATES = timedelta(days=7)
DIALOGUES = timedelta(days=30)  # half-written drafts with them, since somebody last spoke
RENDERINGS = timedelta(days=30)  # of messages that were sent; after that their digest
INVITATIONS = timedelta(days=7)  # used or not
MISSTEPS = timedelta(days=1)
TERMS = timedelta(days=180)  # name and phone of an appointment, since it ended; who lost a duty to somebody else
ROTA = timedelta(days=30)  # absences and on-call shifts, since they ended
RECALLABLE = timedelta(hours=48)  # Telegram lets a bot delete its own messages for so long


class Retention(Entry):
    """A pack's `[retention]`: a resident's telephone number is kept so many days after the last case was closed."""

    phone_days: Count = 180
    clause: Clause = Field(default_factory=lambda: Clause(ours=True))
