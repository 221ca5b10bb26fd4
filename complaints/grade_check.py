"""The check of a company's grade: the clocks of its survey, grade, fees and refunds.

《物业服务企业投诉举报处理流程》 三(三). A check is what its events make it, as a complaint is.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from complaints.errors import TooLate
from complaints.lifecycle import stages
from complaints.model import events as e
from complaints.model.clock import HasClocks
from complaints.model.party import Party
from complaints.model.roles import Responsible
from complaints.policy.pack import Pack
from complaints.time.workdays import WorkingTime


@dataclass(frozen=True, kw_only=True)
class GradeCheck(HasClocks):
    """`satisfied` is the owners' survey in percent; instants are aware UTC."""

    id: int
    company: str
    pack: str
    why: str
    opened_at: datetime
    satisfied: int | None = None
    lowered: bool = False
    closed_at: datetime | None = None

    @property
    def holder(self) -> Party:
        """The bureau's section, from the opening to the end."""
        return self.party(Responsible.SECTION_HEAD)

    def party(self, responsible: Responsible) -> Party:
        """Its debtors are offices of the district; the check knows the company alone, which stands for their scope."""
        return Party(role=responsible, scope=self.company)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def opened(
    check_id: int, event: e.CheckOpened, at: datetime, pack: Pack, hours: WorkingTime
) -> tuple[GradeCheck, stages.Changes]:
    """The check that an opening brings into being, with the survey's clock."""
    check = GradeCheck(id=check_id, company=event.company, pack=event.pack, why=event.why, opened_at=at)
    return stages.advance(check, check, event, at, pack, hours)


def apply(
    check: GradeCheck, event: e.Event, at: datetime, pack: Pack, hours: WorkingTime
) -> tuple[GradeCheck, stages.Changes]:
    """The check after the event; TooLate where it is closed, or nobody waits for such a step."""
    if not check.is_open or not _awaited(check, event, pack):
        raise TooLate
    return stages.advance(check, _changed(check, event, at), event, at, pack, hours)


def _awaited(check: GradeCheck, event: e.Event, pack: Pack) -> bool:
    """A step is possible once the stage that it meets has started; a late one still is."""
    if isinstance(event, (e.Expired, e.Nudged, e.RectificationRefused, e.CheckClosed)):
        return True
    meets = (stage.id for stage in pack.stages if any(stages.matches(t, event) for t in stage.met_by))
    return any((clock := check.clock(stage)) is not None and clock.state != "met" for stage in meets)


def _changed(check: GradeCheck, event: e.Event, at: datetime) -> GradeCheck:
    match event:
        case e.Surveyed(satisfied=satisfied):
            return replace(check, satisfied=satisfied)
        case e.Regraded(lowered=lowered):
            return replace(check, lowered=lowered)
        case e.CheckClosed():
            return replace(check, closed_at=at)
        case _:
            return check


def survey(pack: Pack, satisfied: int) -> e.Surveyed:
    """The survey's result, judged by the pack: below its percentage the grade is set anew."""
    below = pack.pattern("regrade").survey_below
    return e.Surveyed(satisfied=satisfied, low=below is not None and satisfied < below)
