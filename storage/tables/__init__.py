"""The tables: `…Row` classes define them, and everything else works on the tables themselves."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables.cases import ComplaintRow, EventRow, FollowerRow, HouseholdRow, StatementRow, TimerRow
from storage.tables.handling import DestinationRow, DialogueRow, InboxRow, LeaseRow, OutboxRow, SentMessageRow, TopicRow
from storage.tables.outcomes import MessageOutcome as MessageOutcome
from storage.tables.people import (
    AbsenceRow,
    AppointmentRow,
    FailedCodeAttemptRow,
    HomeRow,
    InvitationRow,
    OnCallShiftRow,
    PersonRow,
)
from storage.tables.places import (
    CalendarDayRow,
    CompanyRow,
    DistrictRow,
    OfficeRow,
    ProjectRow,
    RegistryVersionRow,
)


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


ABSENCE = _table(AbsenceRow)
COMPANY = _table(CompanyRow)
HOUSEHOLD = _table(HouseholdRow)
COMPLAINT = _table(ComplaintRow)
DAY = _table(CalendarDayRow)
DESTINATION = _table(DestinationRow)
DIALOGUE = _table(DialogueRow)
DISTRICT = _table(DistrictRow)
EVENT = _table(EventRow)
FOLLOWER = _table(FollowerRow)
HOME = _table(HomeRow)
INBOX = _table(InboxRow)
INVITATION = _table(InvitationRow)
LEASE = _table(LeaseRow)
SENT_MESSAGE = _table(SentMessageRow)
FAILED_CODE_ATTEMPT = _table(FailedCodeAttemptRow)
OFFICE = _table(OfficeRow)
OUTBOX = _table(OutboxRow)
PERSON = _table(PersonRow)
PROJECT = _table(ProjectRow)
APPOINTMENT = _table(AppointmentRow)
STATEMENT = _table(StatementRow)
TIMER = _table(TimerRow)
TOPIC = _table(TopicRow)
ON_CALL_SHIFT = _table(OnCallShiftRow)
REGISTRY_VERSION = _table(RegistryVersionRow)
