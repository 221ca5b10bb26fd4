"""What do the tables look like? `…Row` classes, never seen outside `storage/`."""

from storage.tables.cases import ComplainantRow as ComplainantRow
from storage.tables.cases import ComplaintRow as ComplaintRow
from storage.tables.cases import EventRow as EventRow
from storage.tables.cases import FollowerRow as FollowerRow
from storage.tables.cases import SayingRow as SayingRow
from storage.tables.cases import TimerRow as TimerRow
from storage.tables.handling import DestinationRow as DestinationRow
from storage.tables.handling import DialogueRow as DialogueRow
from storage.tables.handling import InboxRow as InboxRow
from storage.tables.handling import LeaseRow as LeaseRow
from storage.tables.handling import MessageRow as MessageRow
from storage.tables.handling import OutboxRow as OutboxRow
from storage.tables.handling import TopicRow as TopicRow
from storage.tables.people import AbsenceRow as AbsenceRow
from storage.tables.people import HomeRow as HomeRow
from storage.tables.people import InvitationRow as InvitationRow
from storage.tables.people import MisstepRow as MisstepRow
from storage.tables.people import PersonRow as PersonRow
from storage.tables.people import RoleRow as RoleRow
from storage.tables.people import WatchRow as WatchRow
from storage.tables.places import CalendarDayRow as CalendarDayRow
from storage.tables.places import CompanyRow as CompanyRow
from storage.tables.places import DistrictRow as DistrictRow
from storage.tables.places import OfficeRow as OfficeRow
from storage.tables.places import ProjectRow as ProjectRow
