"""Erasing one person's data leaves those of others alone."""

from datetime import UTC, datetime
from itertools import count

import parents
from sqlalchemy import select

from complaints.model.people import Person
from storage.messaging import outbox
from storage.messaging.outbox import OUTBOX
from storage.privacy import erasure
from storage.repositories import people
from storage.repositories.destinations import DESTINATION
from storage.work import Store

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
SAID = {"text": "said", "files": []}


async def test_whoever_has_no_chat_takes_nothing_along_of_chats_that_are_gone(engine):
    store = Store(engine, None, count(1).__next__, b"key")
    async with store.writing_now() as connection:
        await parents.lay(connection, chats=[1])
    async with store.work(NOW) as work:
        outbox.put(work, "proof", destination=1, priority=1, rendered=SAID)
        people.put(work, Person(id=7, user=7))
        await work.commit()
    async with store.writing_now() as connection:
        await connection.execute(DESTINATION.delete())
    async with store.work(NOW) as work:
        person = await people.by_id(work, 7)
        await erasure.erase(work, person, await erasure.own(work, 7), staff=False)
        await work.commit()
    async with store.work(NOW) as work:
        [kept] = await work.rows(select(OUTBOX.c.destination, OUTBOX.c.rendered, OUTBOX.c.state))
        assert (tuple(kept), await people.by_id(work, 7)) == ((None, SAID, "ready"), None)
