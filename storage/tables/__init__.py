"""The tables: `…Row` classes define them, and everything else works on the tables themselves."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables.cases import ComplaintRow as ComplaintRow
from storage.tables.cases import EventRow as EventRow
from storage.tables.cases import FollowerRow as FollowerRow
from storage.tables.cases import HouseholdRow as HouseholdRow
from storage.tables.cases import LedgerRow as LedgerRow
from storage.tables.cases import LivenessRow as LivenessRow
from storage.tables.cases import OutageRow as OutageRow
from storage.tables.cases import StatementRow as StatementRow
from storage.tables.cases import TimerRow as TimerRow
from storage.tables.handling import DestinationRow as DestinationRow
from storage.tables.handling import DialogueRow as DialogueRow
from storage.tables.handling import InboxRow as InboxRow
from storage.tables.handling import LeaseRow as LeaseRow
from storage.tables.handling import OutboxRow as OutboxRow
from storage.tables.handling import SentMessageRow as SentMessageRow
from storage.tables.handling import TopicRow as TopicRow
from storage.tables.outcomes import MessageOutcome as MessageOutcome
from storage.tables.people import AbsenceRow as AbsenceRow
from storage.tables.people import AppointmentRow as AppointmentRow
from storage.tables.people import DisplacementRow as DisplacementRow
from storage.tables.people import FailedCodeAttemptRow as FailedCodeAttemptRow
from storage.tables.people import HomeRow as HomeRow
from storage.tables.people import InvitationRow as InvitationRow
from storage.tables.people import OnCallShiftRow as OnCallShiftRow
from storage.tables.people import PersonRow as PersonRow
from storage.tables.places import CalendarDayRow as CalendarDayRow
from storage.tables.places import CompanyRow as CompanyRow
from storage.tables.places import DistrictRow as DistrictRow
from storage.tables.places import OfficeRow as OfficeRow
from storage.tables.places import ProjectRow as ProjectRow
from storage.tables.places import RegistryVersionRow as RegistryVersionRow
from storage.tables.places import RevisionRow as RevisionRow


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


ABSENCE = _table(AbsenceRow)
COMPANY = _table(CompanyRow)
HOUSEHOLD = _table(HouseholdRow)
COMPLAINT = _table(ComplaintRow)
DAY = _table(CalendarDayRow)
DESTINATION = _table(DestinationRow)
DIALOGUE = _table(DialogueRow)
DISPLACEMENT = _table(DisplacementRow)
DISTRICT = _table(DistrictRow)
EVENT = _table(EventRow)
FOLLOWER = _table(FollowerRow)
HOME = _table(HomeRow)
INBOX = _table(InboxRow)
INVITATION = _table(InvitationRow)
LEASE = _table(LeaseRow)
LEDGER = _table(LedgerRow)
LIVENESS = _table(LivenessRow)
OUTAGE = _table(OutageRow)
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
REVISION = _table(RevisionRow)
