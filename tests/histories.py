"""Random histories of a case: everything that anybody can do to it, time that passes, and outages of ours."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sample_cases import ANSWER, REASON, RESULT, SampleCase, said

from complaints.errors import Refusal, TooLate
from complaints.lifecycle import history
from complaints.model import events as e
from complaints.model.clock import Clock
from complaints.model.complaint import Complaint, State
from complaints.model.party import Party
from complaints.model.people import File
from complaints.model.roles import Responsible
from complaints.policy.handover import MOVING
from complaints.usecases.company import answers, assignment, contacts, date_agreement, resolution, transcripts
from complaints.usecases.officer import penalties, referrals, sign_off, supervision
from complaints.usecases.resident import danger, household, rating

D = e.Disposition

Act = Callable[[SampleCase], Awaitable[Any]]


def by(who: str, verb: Callable[..., Awaitable[Any]], *words: Any, **how: Any) -> Act:
    return lambda sample: sample.does(verb, who, *words, **how)


def until(who: str, verb: Callable[..., Awaitable[Any]], days: int, *words: Any) -> Act:
    """With a date some days from now."""
    return lambda sample: sample.does(verb, who, sample.work.now + timedelta(days=days), *words)


def ordered(who: str, verb: Callable[..., Awaitable[Any]], *words: Any) -> Act:
    """About the last order, where there is one."""

    async def act(sample: SampleCase) -> None:
        if (order := sample.case.order) is not None:
            await sample.does(verb, who, order.number, *words)

    return act


def writes_down(who: str) -> Act:
    async def act(sample: SampleCase) -> Any:
        waiting = sample.case.voices
        if not waiting:
            raise TooLate
        return await sample.does(transcripts.transcribe, who, waiting[0], said("楼道灯不亮"))

    return act


def passes(length: timedelta) -> Act:
    return lambda sample: sample.passes_to(sample.work.now + length)


async def to_the_next_point(sample: SampleCase) -> None:
    """Time passes until something waited for is due, if anything is."""
    waiting = [t.due_at for t in sample.work.timers if t.state == "waiting"]
    if waiting:
        await sample.passes_to(max(sample.work.now, min(waiting)))


def outage(length: timedelta) -> Act:
    """The bot neither hears nor tells for a while: nobody acts, and what was due is dealt with afterwards."""

    async def act(sample: SampleCase) -> None:
        begin, sample.work.now = sample.work.now, sample.work.now + length
        sample.work.out.append(e.Outage(began=begin, ended=sample.work.now))
        await sample.passes_to(sample.work.now)

    return act


def with_household(who: str, verb: Callable[..., Awaitable[Any]], *words: Any, **how: Any) -> Act:
    return by(who, verb, *words, **how)


HANDLERS = ("manager", "head", "colleague", "officer", "fire", "street", "community")
ACTS: dict[str, Act] = {
    "next": to_the_next_point,
    "minutes": passes(timedelta(minutes=25)),
    "hours": passes(timedelta(hours=5)),
    "days": passes(timedelta(days=3)),
    "weeks": passes(timedelta(days=20)),
    "short outage": outage(timedelta(minutes=3)),
    "long outage": outage(timedelta(hours=7)),
    **{f"{who} answers": by(who, answers.answer, said(ANSWER)) for who in HANDLERS},
    **{f"{who} resolves": by(who, resolution.resolve, said(RESULT)) for who in HANDLERS},
    **{
        f"{who} sorts as {kind}": by(who, answers.classify, kind, said(REASON))
        for who in ("manager", "head", "officer", "fire")
        for kind in D
    },
    **{f"{who} proposes": until(who, date_agreement.propose, 4, said(REASON)) for who in HANDLERS},
    **{f"{who} promises": until(who, date_agreement.commit, 2, said(REASON)) for who in ("manager", "head", "officer")},
    "resident agrees": by("wang", date_agreement.agree, e.Side.RESIDENT),
    "resident refuses": by("wang", date_agreement.refuse, e.Side.RESIDENT),
    "resident counters": until("wang", date_agreement.counter, 5),
    "manager agrees": by("manager", date_agreement.agree, e.Side.HANDLER),
    **{f"{who} confirms danger": by(who, answers.acknowledge) for who in ("manager", "head", "fire")},
    **{f"{who} gives a first result": by(who, answers.give_preliminary, said(ANSWER)) for who in HANDLERS},
    "manager visits": by("manager", answers.visit),
    "manager calls": by("manager", contacts.call),
    "manager can't reach": by("manager", contacts.fail),
    "manager relays": by("manager", answers.contact, said(ANSWER)),
    "street contacts": by("street", contacts.contact_for_street, said(ANSWER)),
    "head takes over": by("head", assignment.take_over),
    "head names a colleague": by("head", assignment.assign, 20),
    "officer names the manager": by("officer", assignment.name, 11),
    "colleague leaves": lambda s: assignment.lose(s.work, s.id, 20, left=True),
    "manager leaves": lambda s: assignment.lose(s.work, s.id, 11, left=True),
    "officer orders": until("officer", supervision.supervise, 2),
    "manager signs": ordered("manager", supervision.sign),
    "head reports": by("head", supervision.report_done, said(RESULT)),
    **{
        f"officer {verb}s": by("officer", supervision.act, verb, said(REASON))
        for verb in ("list", "raise", "convene", "waive")
    },
    **{
        f"officer refers to {where}": by("officer", supervision.refer, where, said(REASON))
        for where in ("fire", "street", "community", "housing", "police")
    },
    "officer accepts": by("officer", supervision.accept),
    "officer sends back": by("officer", supervision.send_back, said(REASON)),
    **{f"{who} takes in": by(who, referrals.take_in) for who in ("fire", "street", "community", "officer")},
    **{
        f"{who} hands back": by(who, referrals.hand_back, said(REASON))
        for who in ("fire", "street", "community", "officer")
    },
    **{
        f"{who} can't solve it": by(who, referrals.declare_unsolvable, said(REASON))
        for who in ("fire", "street", "officer")
    },
    **{f"{who} plans": until(who, referrals.plan, 20, said(REASON)) for who in ("fire", "street", "officer")},
    "officer renews": by("officer", referrals.decide_renewal, granted=True),
    "officer doesn't renew": by("officer", referrals.decide_renewal, granted=False),
    **{f"fire penalises: {step}": by("fire", penalties.step, step, said(REASON)) for step in penalties.STEPS},
    "fire extends": by("fire", penalties.extend, said(REASON)),
    "resident supplements": by("wang", household.supplement, "还有水声"),
    "resident speaks": lambda s: s.does(household.supplement, "wang", "", (File(kind="voice", file_id="v"),)),
    **{f"{who} writes down the voice": writes_down(who) for who in HANDLERS},
    "resident says danger": by("wang", danger.say),
    "resident writes of danger": by("wang", household.supplement, "冒烟起火了，有人被困"),
    "resident denies danger": by("wang", danger.deny),
    "resident urges": by("wang", household.urge),
    "resident withdraws": by("wang", household.withdraw),
    **{f"resident rates {level}": by("wang", rating.rate, level) for level in e.Level},
    "street signs": by("street", sign_off.sign_off, e.Signer.STREET),
    "officer signs": by("officer", sign_off.sign_off, e.Signer.BUREAU),
    "city strikes off": by("city", sign_off.strike_off),
}


@dataclass
class History:
    """A case of one pack, and what was tried on it, for a failure to tell."""

    sample: SampleCase
    tried: list[str]
    retold: Complaint | None = None  # the case by its events alone, as far as `read` of them go
    read: int = 0
    declared: int = 0

    @classmethod
    async def begin(cls, pack: str, *, danger: bool, matter: str) -> "History":
        sample = SampleCase(pack)
        await sample.filed(danger=danger, matter=matter)
        history = cls(sample, [f"{pack}, danger {danger}, {matter}"])
        history.check()
        return history

    async def does(self, act: str) -> None:
        """Refusals change nothing; whatever else comes of it, the case must be held by somebody afterwards."""
        before = self.sample.case
        try:
            await ACTS[act](self.sample)
            self.tried.append(act)
        except Refusal:
            assert self.sample.case.state is before.state or self.sample.case != before
        self.check()

    def check(self) -> None:
        try:
            check(self.sample)
            self._the_ledger_says_so()
        except AssertionError as error:
            raise AssertionError(f"{error}\nafter: {' · '.join(self.tried)}") from error

    def _the_ledger_says_so(self) -> None:
        """The case is what its events make it; an expiry says who owed what, and blames nobody for an outage."""
        pack = self.sample.work.rules.packs[self.sample.pack]
        hours = pack.hours(self.sample.work.rules.workdays)
        for entry in self.sample.work.ledger[self.read :]:
            event, before = entry.event, self.retold
            if before is None:
                self.retold = history.begun(self.sample.id, event, entry.at, pack, hours)
                continue
            if isinstance(event, e.Expired):
                _expires_rightly(self.sample, before, event)
            self.declared = _declared(self.declared, event)
            self.retold = history.after(before, event, entry.at, pack, hours)
            assert self.retold.holder == before.holder or event.name in MOVING
        self.read = len(self.sample.work.ledger)
        assert self.retold == self.sample.case, "the case isn't what its events make it"


def check(sample: SampleCase) -> None:
    """What must be true of every case at every moment."""
    case = sample.case
    waiting = {t.clock for t in sample.work.timers if t.state == "waiting"}
    assert {c.id for c in case.all_owed} == waiting, f"owed {[c.stage for c in case.all_owed]}, waited for {waiting}"
    if case.is_open:
        _somebody_owes_it(sample, case)
    elif case.state is State.RESOLVED:
        assert case.clock("survey", "running"), "nobody is asked whether it is well"
    else:
        assert all(_outlives(sample, clock) for clock in case.all_owed), "a closed case owes something"


def _outlives(sample: SampleCase, clock: Clock) -> bool:
    return sample.work.rules.packs[sample.pack].stage(clock.stage).outlives


def _somebody_owes_it(sample: SampleCase, case: Complaint) -> None:
    """Whoever has it in hand, or the bureau which must say whose it is; never whoever has handed it on."""
    pack = sample.work.rules.packs[sample.pack]
    bureau = case.party(Responsible.SECTION_HEAD)
    owed = [c for c in case.all_owed if not pack.stage(c.stage).outlives]
    owing = {c.debtor for c in owed}
    joint = Party(role=Responsible.BUREAU_AND_COMPANY, scope=case.place.district)
    assert owing & {case.holder, bureau, joint}, f"{case.holder} owes nothing: {owed}"
    if pack.stage(owed[0].stage) and case.handler.value in ("department", "bureau"):
        assert case.holder in owing or joint in owing or bureau in owing, f"{case.holder} owes nothing"
    for clock in owed:
        if pack.stage(clock.stage).owner is Responsible.HANDLER:
            assert clock.debtor == case.holder, f"{clock.stage} is owed by {clock.debtor}, not by {case.holder}"


def _declared(so_far: int, event: e.Event) -> int:
    """A period isn't begun anew by whoever owes it."""
    if isinstance(event, (e.Reopened, e.RenewalDecided)):
        return 0
    assert not isinstance(event, e.DeclaredUnsolvable) or so_far == 0, "declared twice without anybody's consent"
    return so_far + isinstance(event, e.DeclaredUnsolvable)


def _expires_rightly(sample: SampleCase, before: Complaint, event: e.Expired) -> None:
    clock = before.clock_of(event.clock)
    assert clock is not None
    assert clock.is_running
    assert (event.debtor, event.handler, event.due) == (clock.debtor, before.handler.value, clock.due)
    if not event.counts:
        return
    begin = clock.resumed or clock.started
    lost = sum((min(o.ended, clock.due) - max(o.began, begin) for o in sample.work.out
                if o.began < clock.due and o.ended > begin), timedelta())  # fmt: skip
    window = clock.promised_due - clock.started
    assert lost <= max(timedelta(minutes=1), window * 0.02), f"{clock.debtor} is blamed for an outage of {lost}"
