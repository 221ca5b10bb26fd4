"""The tables: `…Row` classes define them, and everything else works on the tables themselves."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables.cases import ComplainantRow, ComplaintRow, EventRow, FollowerRow, SayingRow, TimerRow
from storage.tables.handling import DestinationRow, DialogueRow, InboxRow, LeaseRow, MessageRow, OutboxRow, TopicRow
from storage.tables.people import AbsenceRow, HomeRow, InvitationRow, MisstepRow, PersonRow, RoleRow, WatchRow
from storage.tables.places import CalendarDayRow, CompanyRow, DistrictRow, OfficeRow, ProjectRow


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


ABSENCE = _table(AbsenceRow)
COMPANY = _table(CompanyRow)
COMPLAINANT = _table(ComplainantRow)
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
MESSAGE = _table(MessageRow)
MISSTEP = _table(MisstepRow)
OFFICE = _table(OfficeRow)
OUTBOX = _table(OutboxRow)
PERSON = _table(PersonRow)
PROJECT = _table(ProjectRow)
ROLE = _table(RoleRow)
SAYING = _table(SayingRow)
TIMER = _table(TimerRow)
TOPIC = _table(TopicRow)
WATCH = _table(WatchRow)
