"""Files that the messenger refuses: albums go singly, voice messages as documents; then both sides are told."""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.delivery.rendering import translator_of
from complaints.model.people import File
from complaints.notifications.notices import Priority
from storage.messaging import outbox
from storage.messaging.outbox import Ended, OutboxMessage
from storage.repositories import cases, destinations
from storage.work import Work
from views.framework import missing_files

log = structlog.get_logger("refused_files")
AS_DOCUMENT = "as_document"
MAY_GO_AS_DOCUMENT = ("photo", "video", "voice", "audio", "video_note")


async def go_on(work: Work, message: OutboxMessage, ended: Ended) -> None:
    """Another way of sending, as long as there is one; what can't be sent at all is missing for its reader."""
    files = [File(**one) for one in message.facts["files"]]
    if len(files) > 1:
        for n, one in enumerate(files):
            _another_way(work, message, f"{n}", {"files": [_facts(one)]})
        outbox.finish(work, message, "dropped", ended)
    elif files[0].kind in MAY_GO_AS_DOCUMENT and not message.facts.get(AS_DOCUMENT):
        _another_way(work, message, "document", {AS_DOCUMENT: True})
        outbox.finish(work, message, "dropped", ended)
    else:
        log.error("refused", kind=message.kind, method=message.method, why=ended.reason)
        outbox.finish(work, message, "dead", ended)
        await _missing(work, message, files[0])


def _facts(file: File) -> Mapping[str, Any]:
    return {"kind": file.kind, "file_id": file.file_id}


def _another_way(work: Work, message: OutboxMessage, which: str, facts: Mapping[str, Any]) -> None:
    outbox.put(
        work,
        f"{message.key}:{which}",
        destination=message.destination,
        priority=message.priority,
        method=message.method,
        kind=message.kind,
        complaint=message.complaint,
        seq=message.seq,
        recipient_role=message.recipient_role,
        household=message.household,
        facts={**message.facts, **facts},
    )


async def _missing(work: Work, message: OutboxMessage, file: File) -> None:
    """The reader learns what is missing, whoever has sent it that it hasn't arrived."""
    complaint = await work.complaint(message.complaint) if message.complaint is not None else None
    if complaint is None:
        return
    reader = missing_files.to_reader(await translator_of(work, message.destination), complaint, file.kind)
    _say(work, message, "reader", message.destination, reader.dump())
    said = await cases.said(work, int(message.facts["words"]))
    sender = await destinations.of_person(work, said.person) if said and said.person is not None else None
    if sender is not None and sender.reachable:
        screen = missing_files.to_sender(await translator_of(work, sender.id), complaint, file.kind)
        _say(work, message, "sender", sender.id, screen.dump())


def _say(work: Work, message: OutboxMessage, which: str, destination: int, content: Any) -> None:
    key = f"{message.key}:missing:{which}"
    work.say(destination, key, content, priority=Priority.NOTICE, complaint=message.complaint)
