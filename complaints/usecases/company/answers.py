"""The responsible person answers, sorts the case, and tells how it goes on."""

from complaints.errors import NotFound, NotYours, SortedAlready, TooLate
from complaints.lifecycle import stages
from complaints.lifecycle.permissions import Relation, require
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Complaint, State
from complaints.model.people import Actor, Household
from complaints.policy.catalogue import Department
from complaints.policy.pack import Pack
from complaints.usecases.company import transcripts
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.danger import alarm_goes
from complaints.usecases.statements import (
    NOTHING,
    Said,
    keep,
    keep_any,
    keep_if_any,
    keep_if_said,
    require_meaning,
    require_news,
    require_result,
    require_words,
)

D = e.Disposition


async def answer(work: Work, actor: Actor, complaint_id: int, said: Said, *, sorted_too: bool = False) -> Complaint:
    """Words to the household: the first ones stop the response clock (62号 一(二)), later ones are progress.

    A manager whose time ran out still reaches the resident, but the company's clock runs on.
    """
    complaint = await load(work, complaint_id)
    found = require("progress", actor, complaint)
    handles = Relation.HANDLER in found
    first = handles and complaint.state is State.FILED
    if first:
        require_meaning(complaint, said)
    else:
        require_news(complaint, said)
    words = keep_any(work, complaint, actor, said)
    pack = work.rules.packs[complaint.pack]
    if not first:
        late = not handles and not pack.leaves_to_company(complaint)
        return await record(work, actor, complaint, [_progressed(complaint, words, handles, late=late)])
    late = _is_late(complaint, pack)
    answered = e.Answered(
        words=words, by=actor.person or 0, by_company=actor.is_company, classified=sorted_too, late=late
    )
    return await record(work, actor, complaint, [answered])


def _progressed(complaint: Complaint, words: int, handles: bool, *, late: bool) -> e.Event:
    """Under a plan the handler's words are the month's progress (《物业服务企业投诉举报处理流程》 三(一))."""
    if handles and complaint.plan_until is not None:
        return e.PlanProgressed(words=words)
    return e.Progressed(words=words, late=late)


def _is_late(complaint: Complaint, pack: Pack) -> bool:
    """Whether a time for an answer has run out already, whoever owed it then."""
    expired = (c for c in complaint.clocks if c.state == "expired" and c.round == complaint.round)
    return any(stages.met_by(pack.stage(clock.stage), e.Answered) for clock in expired)


async def classify(
    work: Work, actor: Actor, complaint_id: int, disposition: D, said: Said, department: str = ""
) -> Complaint:
    """Sort the case (62号 一(三)); before the first answer the words are that answer as well.

    Every sort but the general one needs words: the reason, which the resident reads.
    """
    complaint = await load(work, complaint_id)
    require("classify", actor, complaint)
    if complaint.disposition is disposition:
        raise SortedAlready
    if not can_sort(complaint, work.rules.packs[complaint.pack], disposition):
        raise TooLate(state=complaint.state)
    if disposition is D.OWN_PART:  # which closes it
        await transcripts.require_all(work, complaint)
    if complaint.state is State.FILED:
        complaint = await answer(work, actor, complaint_id, said, sorted_too=True)
        words = complaint.last_words
    else:
        _require_reason(complaint, disposition, said)
        words = keep_if_said(work, complaint, actor, said)
    if disposition is D.NEITHER:
        department = department or await elsewhere(work, complaint)
    events: list[e.Event] = [e.Classified(disposition=disposition, words=words, department=department)]
    if disposition is D.OWN_PART and words is not None:
        events.append(e.Resolved(words=words, closing=e.ClosingKind.EXPLAINED, by=actor.person))
    return await record(work, actor, complaint, events)


def _require_reason(complaint: Complaint, disposition: D, said: Said) -> None:
    """Of every sort but the general one; where it closes the case, it is held to what a result is."""
    if disposition is not D.GENERAL:
        require_words(said)
    if disposition is D.OWN_PART:
        require_result(complaint, said)


def can_sort(complaint: Complaint, pack: Pack, disposition: D) -> bool:
    """Whether the pack knows it, and it is for the handler to say: what isn't the company's, the company alone says."""
    of_company = complaint.handler in (CaseOwner.MANAGER, CaseOwner.COMPANY)
    return disposition in pack.dispositions and (of_company or disposition in (D.GENERAL, D.MAJOR))


async def elsewhere(work: Work, complaint: Complaint) -> str:
    """Whose it is where nobody has said: the matter's department, or the street, first responsible for disputes.

    《物业服务企业投诉举报处理流程》 二(十一).
    """
    own = work.rules.catalogue.whose(complaint.matter, await work.project(complaint.place.project))
    return Department.STREET.value if own is Department.HOUSING else own.value


async def acknowledge(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「我已知道，马上到场」 of a dangerous case; it stops the alarm, not the response clock."""
    complaint = await load(work, complaint_id)
    require("acknowledge", actor, complaint)
    if not alarm_goes(work, complaint):
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.Acknowledged(by=actor.person or 0)])


async def give_preliminary(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """「初步结果」 within three hours (长建发〔2025〕72号 五): what was found and what will be done, once a round."""
    complaint = await load(work, complaint_id)
    require("give_preliminary", actor, complaint)
    if complaint.clock("preliminary", "met") is not None:
        raise TooLate(state=complaint.state)
    require_meaning(complaint, said)
    given = e.PreliminaryGiven(words=keep(work, complaint, actor, said), by=actor.person or 0)
    return await record(work, actor, complaint, [given])


async def visit(work: Work, actor: Actor, complaint_id: int, seen: Said = NOTHING) -> Complaint:
    """「现场已查看」: an offline contact, logged beside the clock (62号 一(四) 同步线下沟通), and what was `seen`."""
    complaint = await load(work, complaint_id)
    require("progress", actor, complaint)
    visited = e.Visited(by=actor.person or 0, words=keep_if_any(work, complaint, actor, seen))
    return await record(work, actor, complaint, [visited])


async def contact(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """Words relayed to the household, neither side's account shown; they stop no clock."""
    complaint = await load(work, complaint_id)
    require("contact", actor, complaint)
    return await record(work, actor, complaint, [e.Contacted(words=keep_any(work, complaint, actor, said))])


async def show_phone(work: Work, actor: Actor, complaint_id: int) -> tuple[Complaint, list[Household]]:
    """The households that may be called; every time they are shown is on record. NotYours where nobody allowed it.

    The street may see them while it has to call the dissatisfied itself (浦建委物管〔2023〕55号 三(二)).
    """
    complaint = await load(work, complaint_id)
    found = await callable_by(work, actor, complaint)
    looks = [e.PhoneShown(complainant=h.id, to=actor.person or 0) for h in found]
    return await record(work, actor, complaint, looks), found


async def callable_by(work: Work, actor: Actor, complaint: Complaint) -> list[Household]:
    """The households that the actor may call now; a refusal where there is none, or the right is another's."""
    require("show_phone", actor, complaint)
    found = [h for h in await work.households(complaint.id) if h.active and h.contact == "phone"]
    if not found:
        raise NotYours(handler=complaint.handler, phone=True)
    return found


async def case_for(work: Work, actor: Actor, complaint_id: int, household: Household | None = None) -> Complaint:
    """The case, for somebody who may know of it; NotFound for everybody else."""
    complaint = await work.complaint(complaint_id)
    if complaint is None:
        raise NotFound
    require("read", actor, complaint, household)
    return complaint
