"""People: roles, appointments, scopes, and how an actor is related to a case."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """Roles of the registry; the scope of each is named beside it."""

    PROJECT_MANAGER = "project_manager"  # project code
    DEPUTY_MANAGER = "deputy_manager"  # project code
    DUTY_PERSON = "duty_person"  # project code
    COMPANY_HEAD = "company_head"  # company code
    HEAD_DELEGATE = "head_delegate"  # company code; acts with the head's rights
    STEWARD = "steward"  # project code; 楼栋管家, files for those who can't
    DISTRICT_OFFICER = "district_officer"  # district code
    SECTION_HEAD = "section_head"  # district code
    CITY_OFFICER = "city_officer"  # city name
    STREET_OFFICER = "street_officer"  # district code/street
    COMMUNITY_WORKER = "community_worker"  # district code/street/community
    GRID_LEADER = "grid_leader"  # project code
    DEPARTMENT_OFFICER = "department_officer"  # district code/department id
    INSPECTOR = "inspector"  # city name or district code
    DUTY_DESK = "duty_desk"  # district code; the government's, notified of every danger
    OWNERS_COMMITTEE = "owners_committee"  # project code; figures and notices, no case
    ASSOCIATION_OFFICER = "association_officer"  # city name; lists, no case


REGISTRARS = (
    Role.STEWARD,
    Role.GRID_LEADER,
    Role.COMMUNITY_WORKER,
    Role.STREET_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.SECTION_HEAD,
)  # who may file for somebody who can't (代录)
HEADS = (Role.COMPANY_HEAD, Role.HEAD_DELEGATE)
COMPANY_ROLES = (Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER, Role.DUTY_PERSON, *HEADS)
OFFICE_ROLES = (Role.STREET_OFFICER, Role.COMMUNITY_WORKER, Role.DEPARTMENT_OFFICER)  # to which the bureau refers cases
OFFICER_ROLES = (Role.DISTRICT_OFFICER, Role.SECTION_HEAD, Role.CITY_OFFICER)
# Nobody stands in for these, or lets them in, who works for somebody they look at.
INDEPENDENT = (
    Role.INSPECTOR, Role.OWNERS_COMMITTEE, Role.ASSOCIATION_OFFICER, Role.GRID_LEADER, Role.DUTY_DESK, Role.STEWARD,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Place:
    """A project and all that stands above it: codes and names of the registry."""

    project: str
    company: str
    district: str
    city: str
    street: str = ""
    community: str = ""

    @property
    def street_scope(self) -> str:
        return f"{self.district}/{self.street}"

    @property
    def scopes(self) -> frozenset[str]:
        """Every scope that covers this place."""
        return frozenset(
            {
                self.project,
                self.company,
                self.district,
                self.city,
                self.street_scope,
                f"{self.street_scope}/{self.community}",
            }
        )


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One line of the registry: a named person holds a role over a scope from a day until a day.

    `company` is whose project the scope is, where it is a project and that is known.
    """

    role: Role
    scope: str
    name: str
    phone: str
    since: date
    until: date | None = None
    person: int | None = None
    company: str = ""

    @property
    def key(self) -> str:
        """The key by which one appointment of a person differs from another."""
        return f"{self.role}@{self.scope}"

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def employer(held: Appointment) -> str:
    """For whom an appointment works: the company's code, or the scope of the office."""
    return held.company if held.role in COMPANY_ROLES and held.role not in HEADS else held.scope


def same_employer(one: Appointment, other: Appointment) -> bool:
    """Whether two appointments are of the same company, or of the same office."""
    alike = (one.role in COMPANY_ROLES) == (other.role in COMPANY_ROLES)
    return alike and one.role not in INDEPENDENT and other.role not in INDEPENDENT and employer(one) == employer(other)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who acts: `person` is None for the system itself. Appointments are those that hold today.

    `acting` is the key of the appointment that lists are about; rights come from all of them.
    """

    person: int | None
    name: str = ""
    appointments: tuple[Appointment, ...] = field(default=())
    acting: str = ""

    @property
    def acting_as(self) -> "Actor":
        """The actor in the one appointment that was chosen by `/role`; in all of them where none was."""
        chosen = tuple(a for a in self.appointments if a.key == self.acting)
        return replace(self, appointments=chosen) if chosen else self

    def has(self, *roles: Role) -> bool:
        return any(a.role in roles for a in self.appointments)

    def scopes(self, *roles: Role) -> tuple[str, ...]:
        return tuple(a.scope for a in self.appointments if a.role in roles)

    @property
    def is_staff(self) -> bool:
        return bool(self.appointments)

    @property
    def is_company(self) -> bool:
        return self.has(*COMPANY_ROLES)

    @property
    def is_officer(self) -> bool:
        return self.has(*OFFICER_ROLES)


SYSTEM = Actor(person=None)


def anonymised(name: str) -> str:
    """A name as strangers may read it: the first character and stars."""
    return name[:1] + "*" * max(1, min(2, len(name) - 1)) if name else ""


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where a resident lives: project code, and building and room in the resident's own words."""

    project: str
    building: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who has spoken to the bot; `user` is the messenger's id, `phone` digits only.

    Somebody for whom others have filed, and who hasn't joined, has a negative `user`.
    """

    id: int
    user: int
    name: str = ""
    language: str = "zh"
    phone: str = ""
    consented_at: datetime | None = None
    home: Home | None = None
    acting: str = ""

    @property
    def has_joined(self) -> bool:
        return self.user > 0


@dataclass(frozen=True, kw_only=True)
class Household:
    """A household of a case; `contact` is phone, bot or anonymous. Once its data are erased it has no `person`.

    `follows`: as somebody of the family stands to it, who sees the case and can change nothing.
    """

    id: int
    complaint: int
    person: int | None
    building: str = ""
    room: str = ""
    contact: str = "phone"
    active: bool = True
    urged_on: date | None = None
    follows: bool = False
    since: datetime | None = None

    @property
    def erased(self) -> bool:
        return self.person is None


@dataclass(frozen=True, kw_only=True)
class File:
    """A photo, voice message, video or document that somebody sent: `kind` as the messenger calls it."""

    kind: str
    file_id: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What somebody said about a case: words, files and (for results) the closing's own facts."""

    id: int
    text: str = ""
    media: tuple[File, ...] = ()
    person: int | None = None
    said_at: datetime | None = None


VOICES = ("voice", "audio", "video_note")  # kinds of files in which somebody speaks


@dataclass(frozen=True, kw_only=True)
class Company:
    code: str
    name: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class District:
    code: str
    name: str
    city: str
    pack: str
    phone: str = ""
    hours: str = ""
    lift_rescue: str = ""
    gas_rescue: str = ""


class OfficeKind(StrEnum):
    STREET = "street"  # named by the street
    COMMUNITY = "community"  # named street/community
    DEPARTMENT = "department"  # named by the department's id
    SECTION = "section"  # of the bureau (科室), named as it is called


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office of a district, and how to reach it; `hours` are those in which somebody answers, as written."""

    district: str
    kind: OfficeKind
    name: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class Project:
    code: str
    name: str
    company: str
    district: str
    street: str = ""
    community: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    households: int = 0
    high_rise: bool = False
    direct_power: bool = False
