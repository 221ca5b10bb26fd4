"""Events of the check of a company's grade (《物业服务企业投诉举报处理流程》 三(三))."""

from dataclasses import dataclass

from complaints.model.events.event import CompanyEvent


@dataclass(frozen=True, kw_only=True)
class CheckOpened(CompanyEvent, name="CheckOpened"):
    """`why` is one of complaints, low_grade, black_listed."""

    company: str
    pack: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Surveyed(CompanyEvent, name="Surveyed"):
    """The owners' survey is done and published; `low`: satisfied are fewer than the pack asks for."""

    satisfied: int
    low: bool


@dataclass(frozen=True, kw_only=True)
class RectificationRefused(CompanyEvent, name="RectificationRefused"):
    """拒不整改或整改不到位."""


@dataclass(frozen=True, kw_only=True)
class Regraded(CompanyEvent, name="Regraded"):
    """`lowered`: the lower grade was pushed to development and market."""

    lowered: bool


@dataclass(frozen=True, kw_only=True)
class Repriced(CompanyEvent, name="Repriced"):
    """The fees of the new grade are charged."""


@dataclass(frozen=True, kw_only=True)
class RepricingRefused(CompanyEvent, name="RepricingRefused"):
    """The company doesn't charge them; the case goes to market supervision."""


@dataclass(frozen=True, kw_only=True)
class Refunded(CompanyEvent, name="Refunded"):
    """What was charged too much has been paid back."""


@dataclass(frozen=True, kw_only=True)
class CheckClosed(CompanyEvent, name="CheckClosed"):
    pass
