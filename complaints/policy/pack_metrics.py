"""Entries of a pack besides its stages: patterns, measures, listings and follow-ups, each with its clause."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from complaints.model.events import Disposition, Signer
from complaints.policy.clauses import Clause
from complaints.policy.data_files import Count, Entry, Id, Text, Wait
from complaints.policy.pack_schema import RecipientRole, Trigger

Percent = Annotated[int, Field(ge=0, le=100, strict=True)]
Grade = Literal["A", "B", "C", "D"]
Rate = Literal["timeliness", "resolution", "on_time", "actual", "satisfaction", "first_contact", "complaints"]


class Watched(Entry):
    """An entry with its clause, called by its id; `ours` names those of its values that no document gives."""

    id: Id
    name: Text
    clause: Clause
    ours: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ours_are_said(self) -> "Watched":
        for name in self.ours:
            if name not in self.model_fields_set:
                raise ValueError(f'ours: nothing is said of "{name}"')
        return self


class Demand(Watched):
    """What a document demands besides what has a clock or a number, and people are told with its clause."""


class AlertRule(Watched):
    """What draws attention. All that is said must hold; `any_of` are alternatives to one another.

    Households and complainants are distinct; `verified` counts only what was found to be true, and no repairs.
    """

    households: Count | None = None
    complainants_over: Count | None = None
    days: Count | None = None
    months: Count | None = None
    verified: bool = False
    reopened: Count | None = None
    ruled_after: Count | None = None  # reopenings, after which the bureau rules what is reasonable
    dispositions: tuple[Disposition, ...] = ()
    danger: bool = False
    signs: tuple[Literal["overdue", "group", "repeat", "dissatisfied", "marked", "incident", "contract"], ...] = ()
    survey_below: Percent | None = None
    refused: bool = False  # 拒不整改
    unfinished: bool = False  # 整改不到位
    credit_at_most: Count | None = None
    grade: Grade | None = None
    listed_running: Count | None = None  # times on the black list one after another
    expired_of: tuple[Literal["department", "street"], ...] = ()
    any_of: tuple[str, ...] = ()
    answered_by: tuple[Trigger, ...] = ()
    tell: tuple[RecipientRole, ...] = ()
    publicised: bool = False

    @model_validator(mode="after")
    def _alternatives_are_said(self) -> "AlertRule":
        for name in self.any_of:
            if name not in self.model_fields_set:
                raise ValueError(f'any_of: nothing is said of "{name}"')
        return self


class Measure(Watched):
    """A rate, in percent but for `complaints`, which counts by 1,000 households."""

    of: Rate
    target: Percent | None = None
    share: Percent | None = None  # of what was resolved, how much really has to be
    counts: tuple[Literal["satisfied", "mostly", "so_so", "dissatisfied"], ...] = ()
    households: Count | None = None


class Listing(Watched):
    """The red or the black list. Rates in percent: at least those of `from_rates`, or below those of `below`."""

    colour: Literal["red", "black"]
    from_rates: dict[Rate, Percent] = Field(default_factory=dict)
    below: dict[Rate, Percent] = Field(default_factory=dict)
    candidate: Literal["any", "all"] = "all"
    published: Literal["any", "all"] = "all"
    from_cases: Count | None = None
    grade: Grade | None = None
    subjects: tuple[Literal["company", "project"], ...] = Field(min_length=1)
    every: Literal["month", "quarter"] = "month"
    letter_to: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _by_something(self) -> "Listing":
        if not (self.from_rates or self.below or self.grade):
            raise ValueError("lists by nothing: neither rates nor a grade")
        return self


class FollowUp(Watched):
    """Who calls how many of the month's closed cases of their own area, in percent, rounded up, samples disjoint."""

    by: Literal["community", "street", "bureau", "city"]
    at_least: Percent | None = None
    where: Literal["own_area", "concentrated"] = "own_area"


class LookBack(Watched):
    """One question some time after a repair."""

    after: Wait


class SignOff(Watched):
    """Whose signatures a closing needs, and who strikes it off (销号)."""

    signers: tuple[Signer, ...] = Field(min_length=1)
    struck_off_by: Literal["city"] = "city"
