"""The inspector of the demo page: a case's clocks, events, timers and messages, in both languages."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from complaints.model.complaint import Clock, Complaint
from complaints.policy.pack_schema import Stage
from simulator.ui.drawing import milliseconds
from storage.db.codec import dump
from storage.queries import case_inspector
from storage.queries.case_inspector import Point, Sent
from storage.repositories import ledger, places
from storage.repositories.ledger import Recorded
from storage.work import Work
from views.framework import act_labels, terms
from views.framework.lengths import plain
from views.framework.translator import LANGUAGES, Translator, translator
from views.operator import inspector_labels
from views.operator.recorded_events import PEOPLE, Known, told

DONE = ("sent", "dropped")


async def look(work: Work, number: str) -> dict[str, Any]:
    """The case of that number, or else the newest, and the list to choose from."""
    cases = await case_inspector.newest(work)
    case = next((c for c in cases if c.number == number), cases[0] if cases else None)
    listed = [{"number": c.number, "title": _title(work, c)} for c in cases]
    if case is None:
        return {"cases": listed, "case": None, "outbox": await _outbox(work, 0)}
    points = await case_inspector.points(work, case.id)
    history = await ledger.history(work, case.id)
    known = await _known(work, case, history)
    return {
        "cases": listed,
        "case": await _case(work, case),
        "stages": [_stage(work, case, clock, points) for clock in case.clocks],
        "events": [_event(one, known) for one in history],
        "timers": [_timer(work, case, point) for point in points],
        "outbox": await _outbox(work, case.id),
    }


def both(say: Callable[[Translator], str]) -> dict[str, str]:
    """The same words in every language."""
    return {language: str(say(translator(language))) for language in LANGUAGES}


def _title(work: Work, case: Complaint) -> dict[str, str]:
    matter = work.rules.catalogue.get(case.matter)
    return both(lambda t: t.of(matter.label))


async def _case(work: Work, case: Complaint) -> dict[str, Any]:
    project = await places.project(work, case.place.project)
    where = " ".join(filter(None, (project.name if project else "", case.building)))
    return {
        "number": case.number,
        "title": _title(work, case),
        "where": where,
        "state": both(lambda t: terms.state(t, case)),
        "round": case.round,
        "danger": case.danger,
        "open": case.is_alive,
    }


def _stage(work: Work, case: Complaint, clock: Clock, points: list[Point]) -> dict[str, Any]:
    stage = _stage_of(work, case, clock.stage)
    mine = [p for p in points if p.clock == clock.id]
    return {
        "id": clock.stage,
        "round": clock.round,
        "name": both(lambda t: t.of(stage.name)),
        "owner": both(lambda t: inspector_labels.responsible(t, clock.debtor.role.value)),
        "started": milliseconds(clock.started),
        "due": milliseconds(clock.due),
        "state": clock.state,
        "label": both(lambda t: inspector_labels.clock_state(t, clock.state)),
        "provisional": clock.provisional,
        "clause": "" if stage.clause.ours else str(stage.clause),
        "points": [
            {"at": milliseconds(p.due_at), "name": _named(p), "state": p.state, "kind": p.point[:5]} for p in mine
        ],
    }


async def _known(work: Work, case: Complaint, history: list[Recorded]) -> Known:
    ids = {getattr(one.event, name, None) for one in history for name in PEOPLE}
    return Known(
        pack=work.rules.packs[case.pack],
        catalogue=work.rules.catalogue,
        names=await case_inspector.names(work, {person for person in ids if person is not None}),
        words=await case_inspector.words(work, case.id),
    )


async def _outbox(work: Work, case: int) -> list[dict[str, Any]]:
    return [_message(message, case, work.real) for message in await case_inspector.messages(work)]


def _event(one: Recorded, known: Known) -> dict[str, Any]:
    kind = one.event.name
    return {
        "seq": one.seq,
        "at": milliseconds(one.at),
        "kind": kind,
        "name": both(lambda t: act_labels.happened(t, kind)),
        "facts": both(lambda t: told(t, one.event, known)),
        "raw": _facts(dump(one.event)),
    }


def _timer(work: Work, case: Complaint, point: Point) -> dict[str, Any]:
    stage = _stage_of(work, case, point.stage)
    return {
        "stage": both(lambda t: t.of(stage.name)),
        "point": _named(point),
        "at": milliseconds(point.due_at),
        "state": point.state,
        "label": both(lambda t: inspector_labels.timer_state(t, point.state)),
    }


def _message(message: Sent, case: int, real: float) -> dict[str, Any]:
    state = "unknown" if message.unknown_ends and message.state in DONE else message.state
    waits = message.state == "ready" and message.not_before > real
    return {
        "id": message.id,
        "kind": message.kind or message.method,
        "to": message.to,
        "mine": message.complaint == case,
        "first": plain(message.text).partition("\n")[0],
        "wait": math.ceil(message.not_before - real) if waits else 0,
        "state": state,
        "label": both(lambda t: inspector_labels.message_state(t, state)),
        "attempts": message.attempts,
        "repeat": message.repeat,
        "outcome": message.said_of_it,
        "made": milliseconds(message.made_at),
        "sent": milliseconds(message.sent_at) if message.sent_at else 0,
    }


def _named(point: Point) -> dict[str, str]:
    return both(lambda t: inspector_labels.point(t, point.point))


def _stage_of(work: Work, case: Complaint, stage: str) -> Stage:
    return work.rules.packs[case.pack].stage(stage)


def _facts(body: Mapping[str, Any]) -> str:
    """The facts that say something, in one line."""
    said = {name: value for name, value in body.items() if value not in (None, "", False, [])}
    return ", ".join(f"{name}={value}" for name, value in said.items())
