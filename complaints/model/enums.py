"""The fixed terms that events and people share."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Disposition(StrEnum):
    """成住建发〔2023〕62号 一(三); own_part: 浦建委物管〔2023〕55号 三(三)."""

    GENERAL = "general"
    MAJOR = "major"
    BUREAU_DUTY = "bureau_duty"
    NEITHER = "neither"
    OWN_PART = "own_part"


class After(StrEnum):
    """The tap of a household of which its next words are the reason."""

    DISSATISFIED = "dissatisfied"
    REFUSED = "refused"
    NOT_DONE = "not_done"


class Level(StrEnum):
    """The four levels of 浦建委物管〔2023〕55号 三(二)."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    SO_SO = "so_so"
    DISSATISFIED = "dissatisfied"


class Side(StrEnum):
    HANDLER = "handler"
    RESIDENT = "resident"


class Ending(StrEnum):
    RATED = "rated"
    SILENT = "silent"
    REVIEWED = "reviewed"  # the rating that had opened it again doesn't count


class Signer(StrEnum):
    """Who signs a closing off (《物业服务企业投诉举报处理流程》 三(一))."""

    STREET = "street"  # or the community that the street has asked to
    BUREAU = "bureau"


class Finding(StrEnum):
    """Whether what was complained of is so: proposed with the result, confirmed by street or bureau."""

    TRUE = "true"  # 属实
    PARTLY = "partly"  # 部分属实
    UNTRUE = "untrue"  # 不属实


class ClosingKind(StrEnum):
    SOLVED = "solved"  # 实际解决
    EXPLAINED = "explained"  # 解释说明


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A time in which the bot didn't hear, or couldn't tell; instants are aware UTC."""

    began: datetime
    ended: datetime


@dataclass(frozen=True, kw_only=True)
class Recount:
    """A running clock counted anew: due when it `was`, and now; instants are aware UTC.

    `clock` is its id; 0 in what versions before 0.3 have recorded: the running one of the stage and round.
    """

    stage: str
    round: int
    was: datetime
    due: datetime
    window: str | None
    provisional: bool
    clock: int = 0

    @property
    def moved(self) -> bool:
        return self.due != self.was
