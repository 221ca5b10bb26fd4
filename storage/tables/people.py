"""Tables of people: appointments, homes and codes."""

from datetime import date, datetime

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, identity, one_of, refers, when
from storage.tables.types import BigId


class PersonRow(SQLModel, table=True):
    """Somebody who has spoken to the bot; `acting` is the duty chosen by `/role`, as role@scope."""

    __tablename__ = "person"
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    user: int = Field(sa_column=Column(BigId, unique=True, nullable=False))
    name: str = ""
    language: str = "zh"
    phone: str = ""
    consented_at: datetime | None = when()
    project: str = ""
    building: str = ""
    room: str = ""
    acting: str = ""


class HomeRow(SQLModel, table=True):
    """One of a resident's homes; the one that is spoken of now stands with the person."""

    __tablename__ = "home"
    __table_args__ = (UniqueConstraint("person", "project", "building", "room"),)
    id: int = identity()
    person: int = refers("person.id", gone="CASCADE", null=False)
    project: str = refers("project.code", index=True, null=False)
    building: str = ""
    room: str = ""


class AppointmentRow(SQLModel, table=True):
    """One line of the registry: who holds a role over a scope. It ends by a date, never by deletion.

    `person` is the number of whoever has taken it up, which stays when that person's row is deleted.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("phone", "role", "scope", "since"),
        Index("ix_appointment_scope", "scope", "role"),
    )
    id: int = identity()
    name: str
    phone: str = Field(index=True)
    role: str
    scope: str
    since: date
    until: date | None = None
    person: int | None = big(index=True)


class DisplacementRow(SQLModel, table=True):
    """An account that has lost a duty of the registry to somebody else, and whether it and its head have been told."""

    __tablename__ = "displacement"
    __table_args__ = (one_of("why", "claimed", "renamed"), Index("ix_displacement_told", "told", "id"))
    id: int = identity()
    person: int = refers("person.id", gone="CASCADE", index=True, null=False)
    role: str
    scope: str
    since: date
    until: date
    why: str
    told: bool = False


class AbsenceRow(SQLModel, table=True):
    """Who stands in for somebody's duty, from a day until a day; both are persons who have joined."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_scope", "scope", "role"),)
    id: int = identity()
    person: int = refers("person.id", gone="CASCADE", index=True, null=False)
    deputy: int = refers("person.id", gone="CASCADE", index=True, null=False)
    role: str
    scope: str
    since: date
    until: date


class OnCallShiftRow(SQLModel, table=True):
    """Who answers for a project outside working time, from an instant until an instant."""

    __tablename__ = "on_call_shift"
    __table_args__ = (Index("ix_on_call_shift_project", "project", "until"),)
    id: int = identity()
    project: str = refers("project.code", null=False)
    person: int = refers("person.id", gone="CASCADE", index=True, null=False)
    since: datetime = when(null=False)
    until: datetime = when(null=False)


class InvitationRow(SQLModel, table=True):
    """A code on its way to whoever may use it once; only its digest is kept.

    `bind` goes from an officer to a group; `staff` lets somebody take up the registry's `appointment`; `family`
    lets somebody follow a `complaint`. `person` has made it, `used_by` has used it.
    """

    __tablename__ = "invitation"
    __table_args__ = (one_of("kind", "bind", "staff", "family"),)
    digest: str = Field(primary_key=True)
    kind: str = "bind"
    person: int = refers("person.id", gone="CASCADE", index=True, null=False)
    scope: str
    made_at: datetime = when(null=False)
    destination: int | None = refers("destination.id", gone="SET NULL", index=True)
    complaint: int | None = refers("complaint.id", index=True)
    appointment: int | None = refers("appointment.id", index=True)
    used: bool = False
    used_by: int | None = refers("person.id", gone="SET NULL", index=True)


class FailedCodeAttemptRow(SQLModel, table=True):
    """A code that somebody tried and that was none."""

    __tablename__ = "failed_code_attempt"
    __table_args__ = (Index("ix_failed_code_attempt_person", "person", "at"),)
    id: int = identity()
    person: int = refers("person.id", gone="CASCADE", null=False)
    at: datetime = when(null=False)
