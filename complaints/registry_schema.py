"""The schema of a registry: its sheets, their columns, and the values of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from complaints.model.people import Appointment, Company, District, Office, Project, Role
from complaints.policy.catalogue import Department


class Value(StrEnum):
    """What a column holds."""

    CODE = "code"
    WORDS = "words"
    OFFICE_PHONE = "office_phone"
    OWN_PHONE = "own_phone"  # of a person, by which they join
    PACK = "pack"
    DISTRICT = "district"
    COMPANY = "company"
    ROLE = "role"
    SCOPE = "scope"
    DAY = "day"
    COUNT = "count"
    YES_NO = "yes_no"
    OFFICE_KIND = "office_kind"
    OFFICE_NAME = "office_name"


@dataclass(frozen=True, kw_only=True)
class Column:
    """`empty`: a line may leave it out; `extra`: a file may do without the whole column."""

    name: str
    value: Value = Value.WORDS
    empty: bool = False
    extra: bool = False


def _must(name: str, value: Value = Value.WORDS) -> Column:
    return Column(name=name, value=value)


def _may(name: str, value: Value = Value.WORDS) -> Column:
    return Column(name=name, value=value, empty=True)


def _extra(name: str, value: Value = Value.WORDS) -> Column:
    return Column(name=name, value=value, empty=True, extra=True)


DISTRICTS, COMPANIES, PROJECTS, PEOPLE, OFFICES = SHEETS = ("districts", "companies", "projects", "people", "offices")
EXTRA_SHEETS = frozenset({OFFICES})  # a registry may do without
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    DISTRICTS: (
        _must("code", Value.CODE),
        _must("name"),
        _must("city"),
        _must("pack", Value.PACK),
        _may("phone", Value.OFFICE_PHONE),
        _extra("hours"),
        _extra("lift_rescue", Value.OFFICE_PHONE),
        _extra("gas_rescue", Value.OFFICE_PHONE),
    ),
    COMPANIES: (
        _must("code", Value.CODE),
        _must("name"),
        _may("phone", Value.OFFICE_PHONE),
        _extra("hours"),
    ),
    PROJECTS: (
        _must("code", Value.CODE),
        _must("name"),
        _must("company", Value.COMPANY),
        _must("district", Value.DISTRICT),
        _may("street"),
        _may("community"),
        _may("address"),
        _may("phone", Value.OFFICE_PHONE),
        _extra("hours"),
        _extra("households", Value.COUNT),
        _extra("high_rise", Value.YES_NO),
        _extra("direct_power", Value.YES_NO),
    ),
    PEOPLE: (
        _must("name"),
        _must("phone", Value.OWN_PHONE),
        _must("role", Value.ROLE),
        _must("scope", Value.SCOPE),
        _must("from", Value.DAY),
        _may("until", Value.DAY),
    ),
    OFFICES: (
        _must("district", Value.DISTRICT),
        _must("kind", Value.OFFICE_KIND),
        _must("name", Value.OFFICE_NAME),
        _may("phone", Value.OFFICE_PHONE),
        _may("hours"),
    ),
}

SCOPES: Mapping[Role, str] = {
    Role.PROJECT_MANAGER: "the code of a project",
    Role.DEPUTY_MANAGER: "the code of a project",
    Role.DUTY_PERSON: "the code of a project",
    Role.GRID_LEADER: "the code of a project",
    Role.COMPANY_HEAD: "the code of a company",
    Role.HEAD_DELEGATE: "the code of a company",
    Role.STEWARD: "the code of a project",
    Role.OWNERS_COMMITTEE: "the code of a project",
    Role.ASSOCIATION_OFFICER: "the name of a city",
    Role.DISTRICT_OFFICER: "the code of a district",
    Role.SECTION_HEAD: "the code of a district",
    Role.DUTY_DESK: "the code of a district",
    Role.CITY_OFFICER: "the name of a city",
    Role.INSPECTOR: "the name of a city or the code of a district",
    Role.STREET_OFFICER: "DISTRICT/STREET of a project",
    Role.COMMUNITY_WORKER: "DISTRICT/STREET/COMMUNITY of a project",
    Role.DEPARTMENT_OFFICER: f"DISTRICT/DEPARTMENT, one of {', '.join(Department)}",
}
YES, NO = frozenset({"yes", "是", "true", "1"}), frozenset({"no", "否", "false", "0", ""})
REMARK = "#"  # a line whose first value begins so is a remark, or the template's sample


@dataclass(frozen=True, kw_only=True)
class Registry:
    """A sound registry. `lines` say where each entry of a sheet stands in its file, in the same order.

    `given` are the columns that the files have: what they don't speak of stays as it was.
    """

    districts: tuple[District, ...]
    companies: tuple[Company, ...]
    projects: tuple[Project, ...]
    appointments: tuple[Appointment, ...]
    offices: tuple[Office, ...] = ()
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False)
    given: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)
