"""One sample of every notice, as it comes about: acts on a case in memory, and the case as the reader then sees it."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape

from sample_cases import ANSWER, COMPANIES, DISTRICTS, PROJECTS, REASON, RESULT, Outcome, SampleCase, at, said

from complaints.case_view import CaseView
from complaints.lifecycle.acts import REASONED
from complaints.lifecycle.permissions import Relation, relations
from complaints.model import events as e
from complaints.model.complaint import CaseOwner
from complaints.model.people import SYSTEM, Actor, File, Household, Office, OfficeKind
from complaints.policy.catalogue import Department
from complaints.policy.pack_schema import RecipientRole
from complaints.told import OutOfReach, Reach, Signer, Told
from complaints.usecases import recounts
from complaints.usecases.company import answers, assignment, contacts, date_agreement, matters, resolution, transcripts
from complaints.usecases.officer import penalties, referrals, sign_off, supervision
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident import danger, erasure, household, rating
from views import batches, notices
from views.framework.screen import Screen
from views.framework.translator import translator

R, D = RecipientRole, e.Disposition
HOUSEHOLDS = (R.HOUSEHOLD, R.HOUSEHOLDS)
HANDLERS = {CaseOwner.MANAGER: "manager", CaseOwner.COMPANY: "head", CaseOwner.BUREAU: "section"}
READERS = {
    R.MANAGER: "manager", R.DUTY: "deputy", R.COMPANY_HEAD: "head", R.SECTION_HEAD: "section", R.BUREAU_DUTY: "officer",
    R.STREET: "street", R.COMMUNITY: "community", R.DEPARTMENT: "fire", R.ASSIGNEE: "colleague", R.GRID_LEADER: "grid",
}  # fmt: skip
# Notices that differ by what they tell of: of each of these there is more than one sample.
VARIED = {
    "resident.classified", "resident.act", "manager.act", "bureau.act", "manager.nudge", "bureau.nudge",
    "resident.expired", "manager.expired_head", "bureau.expired", "resident.receipt", "manager.filed", "bureau.filed",
    "manager.review_decided", "resident.review_decided", "bureau.unreachable", "bureau.expired_street",
    "resident.reopened", "manager.reopened", "resident.street_next", "street.recover",
    "manager.withdrawn", "bureau.withdrawn", "street.danger_raised", "street.danger_over", "street.in_hand",
    "manager.unanswered_danger", "department.referred_here",
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A notice with the case as its reader sees it; `when` is what has just happened, for whoever reads the file."""

    kind: str
    variant: str
    when: str
    view: CaseView
    live: bool = False

    @property
    def title(self) -> str:
        return f"{self.kind} ({self.variant})" if self.variant else self.kind

    def screen(self, language: str) -> Screen:
        t = translator(language)
        return notices.LIVE[self.kind](t, self.view) if self.live else notices.render(t, self.kind, self.view)


def reading(case: SampleCase, reader: RecipientRole) -> Actor | None:
    """Who of the staff reads a notice for that recipient; nobody where it goes to a household or a group."""
    if reader is R.HANDLER:
        return case.people["fire" if case.case.handler is CaseOwner.DEPARTMENT else HANDLERS[case.case.handler]]
    return case.people[READERS[reader]] if reader in READERS else None


def seen(
    case: SampleCase, reader: RecipientRole, event: e.Event | None, of_household: Household | None = None
) -> CaseView:
    """The case as that recipient sees it now."""
    work, complaint = case.work, case.case
    who = reading(case, reader)
    found = relations(who, complaint) if who else frozenset()
    matter = work.rules.catalogue.get(complaint.matter)
    named = getattr(event, "department", "")
    usual = work.rules.catalogue.whose(complaint.matter, PROJECTS[case.pack])
    department = Department(named or complaint.department or usual)
    of_event = work.everyone.get(getattr(event, "complainant", None) or 0)
    staff = {a.person: a.name for a in case.people.values() if a.is_staff}
    return CaseView(
        case=complaint,
        pack=work.rules.packs[complaint.pack],
        matter=matter,
        project=PROJECTS[case.pack],
        company=COMPANIES[case.pack],
        district=DISTRICTS[case.pack],
        now=work.now,
        department_label=work.rules.catalogue.departments[department],
        departments={key.value: label for key, label in work.rules.catalogue.departments.items()},
        office=_office(case, department) if named else None,
        event=event,
        at=work.ledger[-1].at,
        words=work.statements,
        names={person: name for person, name in staff.items() if person is not None},
        manager=case.people["manager"].appointments[0],
        head=case.people["head"].appointments[0],
        first=work.everyone.get(complaint.first_complainant),
        household=of_household if reader in HOUSEHOLDS else None,
        speaker=of_event,
        told=_told(case, event),
        signers=_signers(case),
        actor=next((x.actor for x in case.work.ledger if x.event is event), None),
        recipient=reader,
        overdue_this_quarter=1,
        reader_is_head=Relation.HEAD in found,
        reader_acts=Relation.HANDLER in found,
        reader_is_company=Relation.COMPANY in found,
        may_call=any(h.active and h.contact == "phone" for h in work.everyone.values()),
    )


def _told(case: SampleCase, event: e.Event | None) -> tuple[Told, ...]:
    """Whom its notices are for, each found where the registry has him."""
    seq = next((x.seq for x in case.work.ledger if x.event is event), 0)
    found: dict[RecipientRole, Told] = {}
    for told in case.work.told:
        reader = told.notice.recipient
        if (told.complaint.id, told.seq) == (case.id, seq):
            reader = R.HOUSEHOLDS if reader in HOUSEHOLDS else reader
            held = staff.appointments[0] if (staff := reading(case, reader)) else None
            found[reader] = Told(recipient=reader, role=held.role if held else "", name=held.name if held else "")
    return tuple(found.values())


def _signers(case: SampleCase) -> dict[int, Signer]:
    labels = case.work.rules.catalogue.departments
    return {
        a.person: Signer(role=held.role, name=a.name, office=labels[Department("fire")] if key == "fire" else None)
        for key, a in case.people.items()
        for held in a.appointments
        if a.person is not None
    }


def _office(case: SampleCase, department: Department) -> Office:
    return Office(
        district=case.place.district, kind=OfficeKind.DEPARTMENT, name=department.value, phone="028-80000404",
        hours="工作日 09:00-18:00",
    )  # fmt: skip


class Samples:
    """Samples by their titles; the first notice of a title is its sample."""

    def __init__(self) -> None:
        self.found: dict[str, Sample] = {}

    def keep(self, sample: Sample) -> None:
        self.found.setdefault(sample.title, sample)

    def take(self, case: SampleCase, done: Outcome, when: str, variant: str = "") -> None:
        """A sample of every notice that the act which has just been carried out has caused."""
        count = len(done.notices)
        for told in case.work.told[len(case.work.told) - count :]:
            notice = told.notice
            event = next(x.event for x in case.work.ledger if (x.complaint, x.seq) == (case.id, told.seq))
            of = case.work.everyone.get(notice.complainant or case.case.first_complainant)
            view = seen(case, notice.recipient, event, of)
            if notice.kind == "manager.expired":
                view = replace(view, reader_acts=False)
            if notice.kind == "resident.classified" and not notices.has_point(notice.kind, view):
                continue  # a result came with it
            self.keep(Sample(notice.kind, variant if notice.kind in VARIED else "", when, view))

    async def passes(self, case: SampleCase, moment: datetime, when: str, variant: str = "") -> None:
        """Time passes until then; what a timer tells is seen at that timer's own moment."""
        while due := await case.work.due_timers(case.id, moment):
            self.take(case, await case.passes_to(due[0].due_at), when, variant)
        case.work.now = moment

    def live(self, kind: str, reader: RecipientRole, case: SampleCase, when: str, variant: str) -> None:
        view = seen(case, reader, None, case.work.everyone.get(case.case.first_complainant))
        self.keep(Sample(kind, f"live, {variant}", when, view, live=True))


async def play() -> dict[str, Sample]:
    """Every scene, in the order in which the files show them."""
    samples = Samples()
    for scene in (
        _filed, _in_time, _expired, _sorted, _dates, _supervised, _acts, _bureaus_duty, _rated, _danger, _county,
        _county_signed, _found, _pudong, _changzhi, _counted_anew, _gone, _debtors, _renewed, _end_of_danger, _unsaid,
        _danger_later, _danger_withdrawn, _voices, _in_an_outage,
    ):  # fmt: skip
        await scene(samples)
    _stand_ins(samples)
    return samples.found


async def _filed(s: Samples) -> None:
    case = SampleCase()
    s.take(case, await case.filed(), "a resident has filed at 10:00")
    s.take(case, await case.joined(), "a second household has joined")
    s.take(case, await case.does(household.supplement, "li", "三楼也不亮"), "a household has added words")
    s.take(case, await case.does(household.urge, "wang"), "a household urges")


async def _in_time(s: Samples) -> None:
    case = SampleCase()
    await case.filed()
    case.work.now = at(18, 10, 30)
    s.take(case, await case.does(answers.answer, "manager", said(ANSWER)), "the manager has answered")
    s.live("resident.card", R.HOUSEHOLDS, case, "the manager has answered", "answered")
    s.live("resident.receipt", R.HOUSEHOLDS, case, "the manager has answered", "answered")
    s.live("manager.filed", R.MANAGER, case, "the manager has answered", "answered")
    s.live("manager.filed_copy", R.COMPANY_HEAD, case, "the manager has answered", "answered")
    s.take(case, await case.does(answers.answer, "manager", said("灯泡已下单，下午到货。")), "the manager tells more")
    s.take(
        case, await case.does(answers.contact, "manager", said("您几点在家？")), "the manager writes to the resident"
    )
    s.take(case, await case.does(answers.visit, "manager"), "the manager was there")
    other = SampleCase()
    await other.filed()
    s.take(other, await other.does(matters.correct, "manager", "power_cut"), "the manager names another matter")
    s.take(case, await case.does(resolution.ask_closing, "manager", said(RESULT)), "the manager asks before closing")
    s.take(case, await case.does(resolution.answer_closing, "wang", agrees=True), "the resident says it is done")
    s.take(
        case,
        await case.does(resolution.resolve, "manager", said(RESULT)),
        "the manager has resolved it",
        "resolved at once",
    )
    s.live("resident.card", R.HOUSEHOLDS, case, "the manager has resolved it", "resolved")
    s.live("manager.filed", R.MANAGER, case, "the manager has resolved it", "resolved")
    await s.passes(case, at(20, 18), "nobody has rated for two days")
    await s.passes(case, at(30, 18), "nobody has rated for a week")
    s.live("resident.card", R.HOUSEHOLDS, case, "nobody has rated for a week", "closed")


async def _expired(s: Samples) -> None:
    case = SampleCase()
    await case.filed()
    for hour, minute, which in ((12, 0, "first"), (13, 0, "second"), (13, 36, "last")):
        await s.passes(case, at(18, hour, minute), f"half, three quarters, nine tenths: {which}", which)
    await s.passes(case, at(18, 14), "nobody has answered within four hours", "response")
    s.live("manager.filed", R.COMPANY_HEAD, case, "nobody has answered within four hours", "overdue, to the head")
    s.live("resident.card", R.HOUSEHOLDS, case, "nobody has answered within four hours", "overdue")
    s.take(case, await case.does(assignment.take_over, "head"), "the company's head takes it over")
    s.take(case, await case.does(assignment.assign, "head", 20), "the company's head names somebody")
    lost = await case.outcome(lambda: assignment.lose(case.work, case.id, 20, left=True))
    s.take(case, lost, "whoever handled it has left")
    await s.passes(case, at(18, 18), "the head hasn't answered within four hours either", "company")
    await s.passes(case, at(19, 18), "the bureau hasn't stepped in", "bureau")
    case = SampleCase()
    await case.filed()
    await case.does(answers.classify, "manager", D.GENERAL, said())
    await s.passes(case, at(20, 18), "it isn't resolved after two working days", "resolving")


async def _sorted(s: Samples) -> None:
    for sort in (D.GENERAL, D.MAJOR, D.BUREAU_DUTY, D.NEITHER, D.OWN_PART):
        case = SampleCase()
        await case.filed()
        words = said(ANSWER if sort is D.GENERAL else "现场已查看，" + REASON)
        done = await case.does(answers.classify, "manager", sort, words)
        s.take(case, done, f"the manager has answered and sorted it: {sort.value}", sort.value)


async def _dates(s: Samples) -> None:
    for way in ("agreed", "countered", "refused"):
        case = SampleCase()
        await case.filed()
        done = await case.does(date_agreement.propose, "manager", at(20, 18), said(REASON))
        s.take(case, done, "the manager proposes a date", "major")
        if way == "countered":
            done = await case.does(date_agreement.counter, "wang", at(21, 12))
            s.take(case, done, "the resident names another date")
        elif way == "refused":
            done = await case.does(date_agreement.refuse, "wang", e.Side.RESIDENT, "周五家里没人")
            s.take(case, done, "the resident doesn't agree")
        else:
            done = await case.does(date_agreement.agree, "wang", e.Side.RESIDENT)
            s.take(case, done, "the resident agrees")


async def _overdue() -> SampleCase:
    case = SampleCase()
    await case.filed()
    await case.passes_to(at(18, 14))
    return case


async def _worded(work: Work, actor: Actor, complaint_id: int, order: str) -> None:
    complaint = await load(work, complaint_id)
    words = work.keep(complaint_id, "请先装临时灯", (), actor.person)
    await record(work, actor, complaint, [e.OrderWorded(order=order, words=words)])


async def _supervised(s: Samples) -> None:
    case = await _overdue()
    done = await case.does(supervision.supervise, "officer", at(18, 16), said("请先装临时灯"))
    s.take(case, done, "the bureau gives an order")
    assert case.case.order is not None
    order = case.case.order.number
    s.take(case, await case.does(_worded, "officer", order), "what an order demands, as earlier versions told it")
    s.take(case, await case.does(supervision.sign, "head", order), "the company's head signs for the order")
    done = await case.does(supervision.report_done, "head", said("临时灯已装好。"))
    s.take(case, done, "the company reports the order as done")
    case = await _overdue()
    await case.does(supervision.supervise, "officer", at(18, 16))
    await s.passes(case, at(18, 16), "the order isn't carried out", "order")


async def _acts(s: Samples) -> None:
    for verb in REASONED:
        case = await _overdue()
        done = await case.does(supervision.act, "officer", verb, said("多次超时，影响出行"))
        s.take(case, done, f"the bureau decides: {verb}", verb)
    case = await _overdue()
    done = await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
    s.take(case, done, "the bureau refers it to the fire department", "refer")


async def _bureaus_duty(s: Samples) -> None:
    for accepts in (True, False):
        case = SampleCase()
        await case.filed()
        await case.does(answers.classify, "manager", D.BUREAU_DUTY, said("交接资料在区住建局，需由住建部门核查。"))
        if accepts:
            s.take(case, await case.does(supervision.accept, "officer"), "the bureau accepts it as its duty")
            await s.passes(case, at(25, 18), "the bureau hasn't resolved it in five working days", "the bureau")
        else:
            done = await case.does(supervision.send_back, "officer", said("属物业维修责任"))
            s.take(case, done, "the bureau sends it back")


async def _rated(s: Samples) -> None:
    case = SampleCase()
    await case.filed()
    await case.does(resolution.resolve, "manager", said(RESULT))
    done = await case.does(rating.rate, "wang", e.Level.DISSATISFIED)
    s.take(case, done, "the resident is dissatisfied")
    s.live("manager.filed", R.MANAGER, case, "the resident is dissatisfied", "reopened")
    s.take(case, await case.does(rating.explain, "wang", "other", said("灯还是闪")), "the resident says why")
    s.take(
        case, await case.does(rating.ask_review, "manager", said("灯是住户家里的。")), "the manager asks for a review"
    )
    done = await case.does(rating.decide_review, "section", counts=False)
    s.take(case, done, "the bureau finds that the rating doesn't count", "closed again")
    case = SampleCase()
    await case.filed()
    await case.does(resolution.resolve, "manager", said(RESULT))
    s.take(case, await case.does(rating.rate, "wang", e.Level.SO_SO), "the resident finds it so-so")


async def _danger(s: Samples) -> None:
    case = SampleCase()
    s.take(case, await case.filed(text="电梯困人", matter="lift_trapped", danger=True), "a danger was filed", "danger")
    await s.passes(case, at(18, 10, 10), "nobody has confirmed the danger for ten minutes")
    case = SampleCase()
    await case.filed(text="电梯困人", matter="lift_trapped", danger=True)
    s.take(case, await case.does(answers.acknowledge, "manager"), "the manager is on the way")
    case = SampleCase()
    await case.filed(text="电梯困人", matter="lift_trapped", danger=True)
    await case.passes_to(at(18, 10, 10))
    await s.passes(case, at(18, 10, 20), "nobody has confirmed the danger for twenty minutes", "danger")


async def _county(s: Samples) -> None:
    case = SampleCase("county")
    s.take(case, await case.filed(), "a resident of the county has filed", "county")
    await s.passes(case, at(23, 12), "half of the seven working days is over", "triage")
    done = await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
    s.take(case, done, "the county refers it", "county")
    s.take(case, await case.does(referrals.take_in, "fire"), "the department takes it in")
    await s.passes(case, at(27, 12), "half of the seven days is over", "department")
    done = await case.does(referrals.declare_unsolvable, "fire", said("整改需要预算，短期内解决不了"))
    s.take(case, done, "the department can't solve it soon", "county")
    done = await case.does(referrals.plan, "fire", at(18, 17, month=1, year=2027), said("12月招标，1月施工"))
    s.take(case, done, "the department has a plan")
    done = await case.does(answers.answer, "fire", said("招标已完成。"))
    s.take(case, done, "the department tells the month's progress")
    s.take(
        case, await case.does(penalties.step, "fire", "opened", said("已立案")), "the department has opened proceedings"
    )
    done = await case.does(penalties.extend, "fire", said("经局长批准，延长三十日"))
    s.take(case, done, "the proceedings are extended")
    done = await case.does(penalties.step, "fire", "decided", said("责令改正，罚款五千元"))
    s.take(case, done, "the department has decided on a penalty")
    s.take(case, await case.does(resolution.resolve, "fire", said("消火栓已修好")), "the department has resolved it")
    case = SampleCase("county")
    await case.filed()
    await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
    done = await case.does(referrals.hand_back, "fire", said("不属消防职责"))
    s.take(case, done, "the department returns it")
    case = SampleCase("county")
    done = await case.filed(text="楼道着火", matter="fire_smoke", danger=True)
    s.take(case, done, "a danger was filed in the county", "danger in the county")
    done = await case.does(supervision.refer, "officer", "fire", said("楼道冒烟，请立即到场。"))
    s.take(case, done, "the county refers a danger", "danger in the county")
    case = SampleCase("county")
    await case.filed()
    await case.does(supervision.refer, "officer", "enforcement", said("请核查"))
    s.take(case, await case.does(penalties.step, "officer", "lead", said("接到线索")), "the bureau has recorded a lead")
    await s.passes(case, at(30, 12), "seven days, and half of the lead's fifteen working days, are over", "county")
    s.take(case, await case.does(penalties.step, "officer", "verified", said("情况属实")), "the lead is looked into")


async def _debtors(s: Samples) -> None:
    """What nobody does is brought up again; what is done after its time is told to all who heard of it."""
    case = SampleCase("county")
    await case.filed()
    await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
    await case.does(referrals.take_in, "fire")
    await s.passes(case, at(25, 18), "the department hasn't resolved it in seven days", "county")
    await s.passes(case, at(4, 18, month=12), "a week later it still hasn't", "again")
    done = await case.does(resolution.resolve, "fire", said("消火栓已修好"))
    s.take(case, done, "the department has resolved it late")
    case = SampleCase("pudong")
    await case.filed()
    await case.does(supervision.refer, "officer", "street", said("楼道堆物，请街道协调"))
    await s.passes(case, at(4, 18, month=12), "the street hasn't resolved it", "again")
    case = SampleCase("pudong")
    await case.filed()
    await case.passes_to(at(20, 10))
    await s.passes(case, at(30, 18), "nobody has contacted the resident for twelve days", "again")
    s.take(case, await case.does(contacts.call, "manager"), "the manager telephones late", "late")


async def _renewed(s: Samples) -> None:
    for granted, which in ((True, "granted"), (False, "not granted")):
        case = SampleCase("county")
        await case.filed()
        await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
        await case.does(referrals.declare_unsolvable, "fire", said(REASON))
        await case.passes_to(at(26, 10))
        done = await case.does(referrals.declare_unsolvable, "fire", said("表决还没有结果，请再给一周。"))
        s.take(case, done, "the department says once more that it can't be solved soon")
        done = await case.does(referrals.decide_renewal, "section", granted=granted)
        s.take(case, done, f"the bureau has decided: {which}", which)


async def _end_of_danger(s: Samples) -> None:
    case = SampleCase("county")
    await case.filed(text="楼道着火", matter="fire_smoke", danger=True)
    await case.does(supervision.refer, "officer", "fire", said("着火，请立即处置"))
    s.take(case, await case.does(answers.acknowledge, "manager"), "the manager is on the way", "county")
    s.take(case, await case.does(resolution.resolve, "fire", said("火已扑灭，无人受伤。")), "the fire is out", "county")
    over = seen(case, R.SECTION_HEAD, case.event)
    s.keep(Sample("bureau.danger_over", "", "the fire is out, and the pack tells the section head of danger", over))
    case = SampleCase()
    await case.filed(text="电梯困人", matter="lift_trapped", danger=True)
    await case.passes_to(at(18, 10, 30))
    s.take(case, await case.does(answers.acknowledge, "manager"), "the manager confirms after thirty minutes", "late")


async def _unsaid(s: Samples) -> None:
    """Danger that went out without a word; then it is said what it is."""
    case = SampleCase("county")
    s.take(case, await case.filed(text="", matter="unsaid", danger=True), "danger without a word", "nobody said what")
    s.live("resident.card", R.HOUSEHOLDS, case, "danger without a word", "nobody said what")
    done = await case.does(matters.name, "officer", "fire_smoke")
    s.take(case, done, "the officer says what it is", "nobody said what")


async def _danger_later(s: Samples) -> None:
    """Danger that is said of an open case, and that it was none after all."""
    for pack in ("chengdu", "county"):
        case = SampleCase(pack)
        await case.filed()
        await case.joined()
        done = await case.does(household.supplement, "li", "冒烟起火了，有人被困")
        s.take(case, done, "a household has said later that there is danger")
        s.live("manager.filed", R.MANAGER, case, "danger was said later", f"danger later, {pack}")
        desk = replace(seen(case, R.DUTY_DESK, case.event))
        if pack == "county":
            s.keep(Sample("street.danger_raised", "to the duty desk", "the government's duty desk reads it", desk))
            await s.passes(case, at(18, 10, 10), "nobody has referred the danger within ten minutes", "danger later")
        s.take(case, await case.does(danger.deny, "li"), "it was a misunderstanding")


async def _voices(s: Samples) -> None:
    """A voice message is heard by a program, written down by the manager, and corrected by who has spoken."""
    case = SampleCase()
    await case.filed(text="", media=(File(kind="voice", file_id="v"),))
    of = case.case.words
    await transcripts.keep_draft(case.work, case.id, of, "三栋电梯怀了")
    s.live("manager.filed", R.MANAGER, case, "a program has heard the voice message", "heard by a program")
    done = await case.does(transcripts.transcribe, "manager", of, said("3栋电梯坏了"))
    s.take(case, done, "the manager has written it down")
    s.live("manager.filed", R.MANAGER, case, "the voice message was written down", "written down")
    s.take(case, await case.does(transcripts.correct, "wang", of, said("3栋2单元电梯坏了")), "the resident corrects it")


async def _danger_withdrawn(s: Samples) -> None:
    case = SampleCase()
    await case.filed(text="电梯困人", matter="lift_trapped", danger=True)
    s.take(case, await case.does(household.withdraw, "wang"), "the resident withdraws a danger", "danger")


async def _in_an_outage(s: Samples) -> None:
    """The bot was away for most of a window: each reader is told when, and until when there is time now."""
    for pack, until, known in (
        ("chengdu", at(18, 14), "first"), ("pudong", at(18, 10, 30), "Pudong"), ("county", at(25, 18), "department"),
    ):  # fmt: skip
        case = SampleCase(pack)
        await case.filed()
        if pack == "county":
            await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
            await case.does(referrals.take_in, "fire")
        case.work.out.append(e.Outage(began=at(18, 10, 5), ended=until))
        await s.passes(case, until, "the bot was away for most of the window", known)


async def _county_signed(s: Samples) -> None:
    case = SampleCase("county")
    await case.filed()
    await case.does(supervision.accept, "officer")
    s.take(case, await case.does(resolution.resolve, "officer", said(RESULT)), "the bureau has resolved it")
    s.take(case, await case.does(sign_off.entrust, "street"), "the street has entrusted the community")
    s.take(case, await case.does(sign_off.sign_off, "street", e.Signer.STREET), "the street has signed")
    s.take(case, await case.does(sign_off.sign_off, "officer", e.Signer.BUREAU), "the bureau has signed too")
    s.take(case, await case.does(sign_off.strike_off, "city"), "the city strikes it off")
    case = SampleCase("county")
    await case.filed()
    await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
    await case.does(resolution.resolve, "fire", said("消火栓已修好"))
    done = await case.does(sign_off.strike_off, "city", said("市消〔2026〕18号"))
    s.take(case, done, "the department's city level has struck it off", "by another department")


async def _found(s: Samples) -> None:
    """A complaint, no repair: whether it is so."""
    case = SampleCase("county")
    await case.filed(matter="public_income")
    await case.does(supervision.accept, "officer")
    done = await case.does(resolution.resolve, "officer", said(RESULT), finding=e.Finding.PARTLY)
    s.take(case, done, "the bureau holds a complaint to be partly so", "a complaint")
    done = await case.does(sign_off.confirm_finding, "street", e.Finding.TRUE)
    s.take(case, done, "the street has confirmed that it is so")


async def _pudong(s: Samples) -> None:
    case = SampleCase("pudong")
    s.take(case, await case.filed(), "a resident of Pudong has filed a repair", "Pudong")
    s.take(case, await case.does(contacts.call, "manager"), "the manager has telephoned")
    done = await case.does(date_agreement.commit, "manager", at(20, 18), said("周五前换好"))
    s.take(case, done, "the manager names a date that binds")
    await case.does(resolution.resolve, "manager", said(RESULT))
    done = await case.does(rating.rate, "wang", e.Level.DISSATISFIED)
    s.take(case, done, "the resident is dissatisfied", "Pudong")
    s.live("manager.filed", R.MANAGER, case, "the resident is dissatisfied", "reopened in Pudong")
    s.live("resident.card", R.HOUSEHOLDS, case, "the resident is dissatisfied", "reopened in Pudong")
    await case.does(contacts.fail, "manager")
    await case.passes_to(at(18, 15))
    s.take(case, await case.does(contacts.fail, "manager"), "the manager can't reach the dissatisfied")
    await s.passes(case, at(19, 14), "the street hasn't called yet", "naming a date")
    done = await case.does(contacts.contact_for_street, "street", said("已登门，约好周六再修。"))
    s.take(case, done, "the street has contacted the resident")
    case = SampleCase("pudong")
    await case.filed()
    redelivered = e.Redelivered(source="12345")
    done = await case.outcome(lambda: record(case.work, SYSTEM, case.case, [redelivered]))
    s.take(case, done, "the hotline delivers the case again", "delivered again")
    case = SampleCase("pudong")
    await case.filed()
    done = await case.does(contacts.go_beyond, "manager", "street", said("屋面防水要动用维修资金，得业主表决。"))
    s.take(case, done, "the manager reports that it is beyond the company")
    case = SampleCase("pudong")
    await case.filed()
    await s.passes(case, at(18, 10, 30), "nobody has contacted the resident", "Pudong")


async def _changzhi(s: Samples) -> None:
    case = SampleCase("changzhi")
    s.take(case, await case.filed(), "a resident of Changzhi has filed", "Changzhi")
    await s.passes(case, at(18, 10, 15), "nobody is named yet", "naming")
    s.take(case, await case.does(assignment.name, "officer", 11), "the bureau names somebody")
    done = await case.does(answers.give_preliminary, "officer", said(ANSWER))
    s.take(case, done, "a preliminary result was given")
    case = SampleCase("changzhi")
    await case.filed()
    await s.passes(case, at(18, 10, 30), "nobody was named", "naming")
    await s.passes(case, at(18, 13), "nobody has given a preliminary result", "preliminary")


async def _counted_anew(s: Samples) -> None:
    """A notice of working days comes while deadlines of the new year are provisional."""
    for answered in (True, False):
        case = SampleCase()
        case.work.now = at(31, 10, month=12)
        await case.filed()
        if answered:
            await case.does(answers.answer, "manager", said(ANSWER))
        else:
            await case.passes_to(at(31, 14, month=12))
        case.notice_of_2027(_4=False)
        done = await case.outcome(lambda case=case: recounts.recount(case.work, case.id))
        s.take(case, done, "a notice of working days moves the deadline")


async def _gone(s: Samples) -> None:
    case = SampleCase()
    await case.filed()
    await case.joined()
    for who in ("li", "wang"):
        mine = case.household(who)
        done = await case.outcome(lambda mine=mine, who=who: erasure.erase(case.work, case.people[who], mine))
        s.take(case, done, "a resident's personal data were deleted")
    case = SampleCase()
    await case.filed()
    s.take(case, await case.does(household.withdraw, "wang"), "the resident withdraws")


def _first(s: Samples, kind: str) -> CaseView:
    return next(sample.view for sample in s.found.values() if sample.kind == kind)


def _stand_ins(s: Samples) -> None:
    """What comes to somebody in place of those who can't be reached, and what family reads."""
    filed = s.found["manager.filed"].view
    neither = (
        Reach(recipient=R.MANAGER, name="经理甲", why=OutOfReach.BLOCKED),
        Reach(recipient=R.COMPANY_HEAD, why=OutOfReach.UNNAMED),
    )
    unreachable = replace(filed, instead_of=R.MANAGER.value, company_reach=neither)
    s.keep(Sample("bureau.unreachable", "", "neither manager nor head can be reached: the group is told", unreachable))
    head = (Reach(recipient=R.MANAGER, name="经理甲"),
            Reach(recipient=R.COMPANY_HEAD, name="负责人甲", why=OutOfReach.NEVER_JOINED))  # fmt: skip
    unreachable = replace(filed, instead_of=R.COMPANY_HEAD.value, company_reach=head)
    s.keep(Sample("bureau.unreachable", "the head alone", "the head has never joined: the group is told", unreachable))
    lone = replace(_first(s, "resident.receipt"), told=())
    s.keep(Sample("resident.receipt", "nobody has joined", "nobody who could read it has joined", lone))
    asked_for = _first(s, "resident.receipt")
    s.keep(Sample("resident.card", "", "the card is asked for", asked_for))
    late = replace(s.found["bureau.expired (response)"].view, instead_of=R.BUREAU_GROUP.value)
    s.keep(Sample("bureau.expired", "to one person", "there is no group: the section head reads it", late))
    copy = replace(s.found["manager.filed_copy"].view, instead_of=R.MANAGER.value)
    s.keep(Sample("manager.filed", "in the manager's stead", "the manager can't be reached: the head reads it", copy))
    answered = s.found["resident.answered"].view
    assert answered.household is not None
    family = replace(answered, household=replace(answered.household, follows=True))
    s.keep(Sample("resident.answered", "to family", "the manager has answered: the resident's family reads it", family))


# --- as people see it -------------------------------------------------------------------------------------------


def shown(screen: Screen) -> str:
    """The message as it looks: a bar beside what is quoted, buttons in brackets, a row a line."""
    text = re.sub(r"<blockquote[^>]*>(.*?)</blockquote>", _quoted, screen.text, flags=re.DOTALL)
    words = unescape(re.sub(r"<[^>]+>", "", text))
    rows = ["  ".join(f"[ {button.label} ]" for button in row) for row in screen.buttons]
    return "\n".join([words, *([""] if rows else []), *rows])


def _quoted(found: re.Match[str]) -> str:
    return "\n".join(f"│ {line}" for line in found[1].splitlines())


def batch(samples: dict[str, Sample], language: str, *, in_group: bool) -> Screen:
    """Several notices in one message."""
    t = translator(language)
    kinds = [sample for sample in samples.values() if sample.kind.startswith("bureau." if in_group else "manager.")]
    told = [batches.entry(t, sample.view, sample.screen(language)) for sample in kinds[:4]]
    return batches.together(t, [*told, batches.bare(t, kinds[0].view)], in_group=in_group)
