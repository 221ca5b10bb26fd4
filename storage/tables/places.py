"""Tables of places: districts, offices, companies, projects, and calendar days."""

import datetime as dt

from sqlalchemy import Column, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, identity, one_of, refers, when


class CompanyRow(SQLModel, table=True):
    __tablename__ = "company"
    code: str = Field(primary_key=True)
    name: str
    phone: str = ""
    hours: str = ""


class DistrictRow(SQLModel, table=True):
    __tablename__ = "district"
    code: str = Field(primary_key=True)
    name: str
    city: str = Field(index=True)
    pack: str
    phone: str = ""
    hours: str = ""
    lift_rescue: str = ""
    gas_rescue: str = ""


class OfficeRow(SQLModel, table=True):
    """A street, a community, one of the twelve departments or a section of the bureau, and how to reach it."""

    __tablename__ = "office"
    __table_args__ = (
        UniqueConstraint("district", "kind", "name"),
        one_of("kind", "street", "community", "department", "section"),
    )
    id: int = identity()
    district: str = refers("district.code", null=False)
    kind: str
    name: str
    phone: str = ""
    hours: str = ""


class ProjectRow(SQLModel, table=True):
    __tablename__ = "project"
    code: str = Field(primary_key=True)
    name: str
    company: str = refers("company.code", index=True, null=False)
    district: str = refers("district.code", index=True, null=False)
    street: str = ""
    community: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    households: int = 0
    high_rise: bool = False
    direct_power: bool = False


class CalendarDayRow(SQLModel, table=True):
    """A day whose kind an operator has loaded; it wins over every calendar that we bring."""

    __tablename__ = "calendar_day"
    __table_args__ = (one_of("kind", "holiday", "workday"),)
    date: dt.date = Field(primary_key=True)
    kind: str
    source: str
    loaded_at: dt.datetime = when(null=False)


class RegistryVersionRow(SQLModel, table=True):
    """One row, whose `version` is another one after every load of the registry."""

    __tablename__ = "registry_version"
    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    version: int


class RevisionRow(SQLModel, table=True):
    """How often rows of a topic have changed: triggers count, whoever writes (see `storage.db.shared_reads`)."""

    __tablename__ = "revision"
    topic: str = Field(primary_key=True)
    number: int = big(null=False)
