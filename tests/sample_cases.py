"""A case in memory with everybody who may act on it: for the verbs' tests, and for the samples of what people read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fakes import FakeWork

from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.notice import Files, Priority
from complaints.model.people import Actor, Appointment, Company, District, File, Home, Household, Place, Project, Role
from complaints.time.workdays import Workdays
from complaints.usecases import timers
from complaints.usecases.resident import filing
from complaints.usecases.statements import Said

CHINA = ZoneInfo("Asia/Shanghai")
ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
RESULT = "灯泡已更换，3栋楼道灯恢复正常。"
REASON = "线路老化，要重新布线，先检测再报价。"

# As the sample registry has them: one community for each pack.
COMPANIES = {
    "chengdu": Company(code="jinan", name="锦安物业", phone="028-80000001", hours="工作日 09:00-18:00"),
    "county": Company(code="xianju", name="县居物业"),
    "pudong": Company(code="binjiang", name="滨江物业", phone="021-80000003", hours="工作日 09:00-18:00"),
    "changzhi": Company(code="luan", name="潞安居物业", phone="0355-8000004", hours="工作日 09:00-18:00"),
}
DISTRICTS = {
    "chengdu": District(code="510107", name="武侯区", city="成都市", pack="chengdu", phone="028-85293449"),
    "county": District(code="140499", name="示例县", city="示例市", pack="county"),
    "pudong": District(code="310115", name="浦东新区", city="上海市", pack="pudong"),
    "changzhi": District(code="140403", name="潞州区", city="长治市", pack="changzhi"),
}
PROJECTS = {
    "chengdu": Project(
        code="jchy", name="锦城花园", company="jinan", district="510107", street="浆洗街街道", community="洗面桥社区",
        address="示例路1号", phone="028-80000011", hours="每天 08:00-22:00", households=1200, high_rise=True,
        direct_power=True,
    ),
    "county": Project(
        code="xcjy", name="县城家园", company="xianju", district="140499", street="城关镇", community="示例社区"
    ),
    "pudong": Project(
        code="bjhy", name="滨江花园", company="binjiang", district="310115", street="花木街道", community="示例居委会",
        phone="021-80000014", hours="每天 08:00-21:00",
    ),
    "changzhi": Project(
        code="laxy", name="潞安新苑", company="luan", district="140403", street="太行东街街道", community="示例社区",
        phone="0355-8000015", hours="每天 08:30-18:30",
    ),
}  # fmt: skip
WANG, LI, STRANGER = (Actor(person=n, name=name) for n, name in ((1, "王女士"), (2, "李先生"), (3, "路人")))


def at(day: int = 18, hour: int = 10, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A moment in China; Wednesday, 18 November 2026 at 10:00, when cases are filed."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


def said(text: str = ANSWER, photos: int = 0) -> Said:
    return Said(text=text, media=tuple(File(kind="photo", file_id=f"photo{n}") for n in range(photos)))


def place_of(pack: str) -> Place:
    project = PROJECTS[pack]
    return Place(
        project=project.code,
        company=project.company,
        district=project.district,
        city=DISTRICTS[pack].city,
        street=project.street,
        community=project.community,
    )


def holder(person: int, name: str, role: Role, scope: str, company: str = "") -> Actor:
    held = Appointment(
        role=role, scope=scope, name=name, phone=f"138000001{person:02d}", since=date(2026, 1, 1), person=person,
        company=company,
    )  # fmt: skip
    return Actor(person=person, name=name, appointments=(held,))


def staff_of(place: Place) -> dict[str, Actor]:
    """Everybody who has to do with the case by the registry, and two who have not."""
    return {
        "manager": holder(11, "经理甲", Role.PROJECT_MANAGER, place.project, place.company),
        "deputy": holder(12, "副经理丁", Role.DEPUTY_MANAGER, place.project, place.company),
        "head": holder(13, "负责人甲", Role.COMPANY_HEAD, place.company),
        "officer": holder(14, "经办员甲", Role.DISTRICT_OFFICER, place.district),
        "section": holder(15, "科室负责人", Role.SECTION_HEAD, place.district),
        "city": holder(16, "市局经办员", Role.CITY_OFFICER, place.city),
        "street": holder(17, "街道专员甲", Role.STREET_OFFICER, place.street_scope),
        "community": holder(18, "社区专员甲", Role.COMMUNITY_WORKER, f"{place.street_scope}/{place.community}"),
        "fire": holder(19, "消防专员", Role.DEPARTMENT_OFFICER, f"{place.district}/fire"),
        "colleague": holder(20, "经理乙", Role.PROJECT_MANAGER, "elsewhere", place.company),
        "grid": holder(21, "网格长甲", Role.GRID_LEADER, place.project),
        "inspector": holder(22, "监督员甲", Role.INSPECTOR, place.city),
        "foreign officer": holder(31, "经办员丙", Role.DISTRICT_OFFICER, "another district"),
        "wang": WANG,
        "li": LI,
        "stranger": STRANGER,
    }


@dataclass(frozen=True)
class Outcome:
    """What one act has come to: names of events, (kind, reader) of notices, stages whose clock began or ended.

    `urgent` are those of the notices that are an escalation, `with_files` those with which files travel, and whose.
    """

    events: list[str]
    notices: list[tuple[str, str]]
    urgent: list[tuple[str, str]]
    with_files: dict[tuple[str, str], Files]
    started: set[str]
    ended: set[str]

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.notices}


class SampleCase:
    """A case of one pack in a FakeWork; `does` carries out a verb as somebody and says what came of it."""

    def __init__(self, pack: str = "chengdu") -> None:
        self.pack = pack
        self.place = place_of(pack)
        self.people = staff_of(self.place)
        self.home = Home(project=self.place.project, building="3栋", room="1201")
        self.work = FakeWork(
            now=at(),
            places={self.place.project: self.place},
            projects={self.place.project: PROJECTS[pack]},
            packs_of={self.place.district: pack},
        )
        self.id = 0

    @property
    def case(self) -> Complaint:
        return self.work.complaints[self.id]

    @property
    def event(self) -> e.Event:
        """The newest event."""
        return self.work.ledger[-1].event

    @property
    def running(self) -> dict[str, datetime]:
        """The running stages, with their due times in China."""
        return {clock.stage: clock.due.astimezone(CHINA) for clock in self.case.running}

    @property
    def waiting(self) -> set[tuple[str, str]]:
        """Stage and point of every timer that waits."""
        return {(t.stage, t.point) for t in self.work.timers if t.state == "waiting"}

    def household(self, who: str) -> Household:
        return next(h for h in self.work.everyone.values() if h.person == self.people[who].person)

    def text(self, words: int | None) -> str:
        assert words is not None
        return self.work.statements[words].text

    def draft(self, text: str = "3栋楼道灯不亮，晚上看不见", matter: str = "lighting_out", **how: Any) -> filing.Draft:
        values = {"danger": False, "contact": "phone", "home": self.home, "building": self.home.building, **how}
        values = {"kind": self.work.rules.catalogue.get(matter).kind.value, **values}
        return filing.Draft(text=text, matter=matter, **values)

    async def filed(self, who: str = "wang", filed_by: int | None = None, **how: Any) -> Outcome:
        """Somebody files; the case is `case` from then on."""

        async def file() -> None:
            self.id = (await filing.file(self.work, self.people[who], self.draft(**how), filed_by)).id

        return await self.outcome(file)

    async def joined(self, who: str = "li", room: str = "1202", text: str = "我家门口也不亮", **how: Any) -> Outcome:
        home = replace(self.home, room=room)
        draft = self.draft(text, home=home, **how)
        return await self.outcome(lambda: filing.join(self.work, self.people[who], self.id, draft))

    async def does(self, verb: Callable[..., Awaitable[Any]], who: str, *words: Any, **how: Any) -> Outcome:
        """Carry out `verb(work, actor, complaint_id, …)`; what the actor has done is on record as theirs."""
        actor, before = self.people[who], len(self.work.ledger)
        done = await self.outcome(lambda: verb(self.work, actor, self.id, *words, **how))
        for entry in self.work.ledger[before:]:
            if entry.actor is not None:  # else time has struck meanwhile
                assert (entry.actor, getattr(entry.event, "by", actor.person)) == (actor.person, actor.person)
        return done

    async def outcome(self, act: Callable[[], Awaitable[Any]]) -> Outcome:
        """What an act adds to the ledger, to the notices and to the clocks."""
        events, notices = len(self.work.ledger), len(self.work.told)
        before = self._clocks()
        await act()
        after = self._clocks()
        told = [((t.notice.kind, t.notice.recipient.value), t.notice) for t in self.work.told[notices:]]
        return Outcome(
            events=[entry.event.name for entry in self.work.ledger[events:]],
            notices=[one for one, _ in told],
            urgent=[one for one, notice in told if notice.priority is Priority.ESCALATION],
            with_files={one: notice.files for one, notice in told if notice.files is not None},
            started={stage for stage, _ in after - before},
            ended={stage for stage, _ in before - after},
        )

    def _clocks(self) -> set[tuple[str, datetime]]:
        known = self.work.complaints.get(self.id)
        return {(clock.stage, clock.started) for clock in known.running} if known is not None else set()

    def notice_of_2027(self, **worked: bool) -> None:
        """The working days of 2027 are announced; `_4=False`: the fourth of January is a day off."""
        overlay = {date(2027, 1, int(day[1:])): works for day, works in worked.items()}
        sources = dict.fromkeys(overlay, "国办发明电〔2026〕9号")
        days = Workdays(overlay=overlay, noticed=frozenset({2027}), sources=sources)
        self.work.rules = replace(self.work.rules, workdays=days)

    async def passes_to(self, moment: datetime) -> Outcome:
        """Time passes; every timer on the way is dealt with at its own moment."""
        return await self.outcome(lambda: self._pass(moment))

    async def _pass(self, moment: datetime) -> None:
        while due := await self.work.due_timers(self.id, moment):
            self.work.now = max(self.work.now, due[0].due_at)
            await timers.fire(self.work, due[0])
        self.work.now = moment
