"""The case view of one case for one recipient, gathered from all that is stored."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, func, select

from complaints.case_view import CaseView
from complaints.lifecycle.permissions import Relation, relations
from complaints.model.complaint import Clock, Complaint
from complaints.model.events import Event, Expired, Nudged
from complaints.model.people import (
    Actor,
    Appointment,
    Company,
    District,
    Household,
    Office,
    OfficeKind,
    Project,
    Role,
    Statement,
)
from complaints.model.roles import GROUP_RECIPIENTS, OF_COMPANY, Responsible
from complaints.policy.catalogue import Department
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import CountsIn, RecipientRole
from complaints.time import periods
from storage.messaging.recipients import recipients
from storage.queries import told
from storage.repositories import cases, ledger, people, places
from storage.repositories.ledger import Recorded
from storage.tables import COMPLAINT, EVENT
from storage.work import Work

RAN_OUT = exists().where(
    EVENT.c.complaint == COMPLAINT.c.id,
    EVENT.c.at >= bindparam("begin"),
    ledger.blamed(OF_COMPANY, case_by_case=True),
)
OVERDUE = (
    select(func.count().label("found"))
    .select_from(COMPLAINT)
    .where(COMPLAINT.c.project == bindparam("project"), RAN_OUT)
)
SPEAKING = ("words", "last_words", "result", "danger_words")


async def load(
    work: Work,
    complaint: Complaint,
    *,
    reader: Actor | None = None,
    household: Household | None = None,
    recorded: Recorded | None = None,
    instead_of: str | None = None,
    recipient: str = "",
    with_history: bool = False,
) -> CaseView:
    """The case with its names, words and figures; `recorded` is the event that a notice to the recipient is about."""
    past = await ledger.history(work, complaint.id) if with_history else []
    event = recorded.event if recorded else None
    place = complaint.place
    await people.look_up(work, place.scopes)
    project = await places.project(work, place.project)
    company = await places.company(work, place.company)
    district = await places.district(work, place.district)
    matter = work.rules.catalogue.get(complaint.matter)
    usual = work.rules.catalogue.whose(complaint.matter, project)
    department = Department(getattr(event, "department", "") or complaint.department or usual)
    everyone = await work.households(complaint.id)
    words = await _words(work, complaint, event)
    actors = (recorded.actor if recorded else None, *(s.person for s in words.values()), *(r.actor for r in past))
    outsiders = [a for a in actors if a not in {h.person for h in everyone}]
    found = relations(reader, complaint, household) if reader else frozenset()
    return CaseView(
        case=complaint,
        pack=work.rules.packs[complaint.pack],
        matter=matter,
        project=project or Project(code=place.project, name="—", company=place.company, district=place.district),
        company=company or Company(code=place.company, name="—"),
        district=district or District(code=place.district, name="—", city=place.city, pack=complaint.pack),
        department_label=work.rules.catalogue.departments[department],
        departments={key.value: label for key, label in work.rules.catalogue.departments.items()},
        office=await _office(work, complaint, department) if getattr(event, "department", "") else None,
        now=work.now,
        event=event,
        at=recorded.at if recorded else None,
        words=words,
        names=await _names(work, complaint, event),
        manager=await _holder(work, Role.PROJECT_MANAGER, complaint.place.project),
        head=await _holder(work, Role.COMPANY_HEAD, complaint.place.company),
        first=next((h for h in everyone if h.id == complaint.first_complainant), None),
        household=household,
        speaker=next((h for h in everyone if event is not None and h.id == event.household), None),
        told=await told.of_event(work, complaint, recorded.seq)
        if recorded
        else await told.just_now(work, complaint, reader.person if reader else None),
        signers=await told.signers(work, complaint, outsiders),
        company_reach=await told.company_reach(work, complaint) if instead_of else (),
        out_of_reach=await _out_of_reach(work, complaint, event),
        actor=recorded.actor if recorded else None,
        recipient=RecipientRole(recipient) if recipient else None,
        history=tuple((r.at, r.event, r.actor) for r in past),
        instead_of=instead_of,
        overdue_this_quarter=await _overdue_this_quarter(work, complaint)
        if isinstance(event, Expired) and recipient in GROUP_RECIPIENTS
        else 0,
        reader_is_head=Relation.HEAD in found,
        reader_acts=Relation.HANDLER in found,
        reader_is_company=Relation.COMPANY in found,
        may_call=bool(await people.phones(work, [h.person for h in everyone if h.active and h.contact == "phone"])),
    )


async def _out_of_reach(work: Work, complaint: Complaint, event: Event | None) -> frozenset[RecipientRole]:
    pack = work.rules.packs[complaint.pack]
    ending = [stage for c in complaint.running if (stage := pack.stage(c.stage)).alarm]
    ending += [pack.stage(event.stage)] if isinstance(event, Nudged) else []
    told_then = {one for stage in ending for one in stage.last_expiry.tell}
    return frozenset([one for one in told_then if not await recipients(work, one, complaint)])


async def _office(work: Work, complaint: Complaint, department: Department) -> Office | None:
    """Where a department is found; street and community by their own names, where the registry has these."""
    place = complaint.place
    own = {
        Department.STREET: (OfficeKind.STREET, place.street),
        Department.COMMUNITY: (OfficeKind.COMMUNITY, f"{place.street}/{place.community}"),
    }
    kind, name = own.get(department, (OfficeKind.DEPARTMENT, department.value))
    found = await places.office(work, place.district, kind, name)
    return found or await places.office(work, place.district, OfficeKind.DEPARTMENT, department.value)


async def _words(work: Work, complaint: Complaint, event: Event | None) -> dict[int, Statement]:
    spoken = (*complaint.transcripts, *complaint.transcript_drafts)
    ids = {getattr(complaint, name) for name in SPEAKING} | {event.statement if event else None, *dict(spoken).values()}
    found = [await cases.said(work, statement) for statement in sorted(i for i in ids if i is not None)]
    return {said.id: said for said in found if said is not None}


async def _names(work: Work, complaint: Complaint, event: Event | None) -> dict[int, str]:
    """Names of the staff that the case or the event names, by person id."""
    order = complaint.order
    ids = {
        complaint.assignee,
        getattr(event, "by", None),
        getattr(event, "person", None),
        order.by if order else None,
        *(order.signed if order else ()),
    }
    persons = tuple(sorted(i for i in ids if i is not None))
    return await people.names(work, persons) if persons else {}


async def _holder(work: Work, role: Role, scope: str) -> Appointment | None:
    holders = await people.holders(work, role, scope)
    return next(iter(sorted(holders, key=lambda a: a.person is None)), None)


async def _overdue_this_quarter(work: Work, complaint: Complaint) -> int:
    """How many cases of the project ran out of a window that the company owed since the quarter began."""
    pack = work.rules.packs[complaint.pack]
    row = await work.first(
        OVERDUE, begin=quarter(work.now, pack), project=complaint.place.project, stages=stages_owed(work, OF_COMPANY)
    )
    return row.found if row else 0


def quarter(now: datetime, pack: Pack) -> datetime:
    """The instant at which the civil quarter began."""
    local = now.astimezone(ZoneInfo(pack.timezone))
    return local.replace(month=(local.month - 1) // 3 * 3 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)


def stages_owed(work: Work, roles: Collection[Responsible]) -> list[str]:
    """The stages of all packs that these parties owe: by them expiries are told apart that don't say who owed them."""
    return sorted({stage.id for pack in work.rules.packs.values() for stage in pack.stages if stage.owner in roles})


def sums(complaint: Complaint, pack: Pack, work: Work) -> dict[str, periods.Due]:
    """How the running clocks (or, where none runs, the last) were counted, each with the due time that holds."""
    hours = pack.hours(work.rules.workdays)
    counting = (c for c in complaint.running if CountsIn.SUM in pack.stage(c.stage).counts_in)
    shown = [*counting] or list(complaint.clocks[-1:])
    found = {}
    for clock in shown:
        length = pack.stage(clock.stage).period
        if not isinstance(length, str) and not clock.dated:
            found[clock.stage] = _as_told(periods.due(clock.started, length, hours), clock)
    return found


def _as_told(due: periods.Due, clock: Clock) -> periods.Due:
    if due.at == clock.due:
        return due
    kept = periods.Step(periods.What.KEPT, {"at": clock.due})
    return replace(due, at=clock.due, provisional=clock.provisional, steps=(*due.steps, kept))
