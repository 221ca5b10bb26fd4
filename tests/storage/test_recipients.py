"""Who is told of a case is asked for once in a unit of work, however many are told."""

import pytest
from playing import Play
from sqlalchemy import event

from complaints.policy.pack_schema import RecipientRole
from storage.db.shared_reads import SharedReads
from storage.messaging import recipients


@pytest.fixture
def asked(city):
    """Every statement that is run, in order."""
    engine, seen = city.app.store.engine.sync_engine, []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


async def test_all_who_hold_anything_at_a_case_s_place_are_asked_for_at_once(city, asked):
    play = Play(city)
    await play.staff("经理甲", "负责人甲", "经办员甲")
    await play.files(await play.resident())
    case = await play.case()
    asked.clear()
    city.app.store.shared_reads = SharedReads()  # as after a start
    async with city.app.store.work(city.clock.now()) as work:
        told = {role: await recipients.recipients(work, role, case) for role in RecipientRole}
    assert told[RecipientRole.MANAGER]
    assert told[RecipientRole.COMPANY_HEAD]
    by_scope = [said for said in asked if "FROM appointment" in said and "appointment.scope IN" in said]
    absences = [said for said in asked if "FROM absence" in said]
    assert (len(by_scope), absences) == (2, [])  # the place's, and those of the department that the case may go to


async def test_whoever_is_told_next_is_found_without_asking_the_registry(city, asked):
    play = Play(city)
    await play.staff("经理甲", "负责人甲")
    await play.files(await play.resident())
    asked.clear()
    await play.files(await play.resident())
    registry = ("FROM appointment", "FROM absence", "FROM on_call_shift", "FROM company", "FROM district")
    own = "appointment.person = "  # what the new resident may hold
    assert [said for said in asked if any(table in said for table in registry) and own not in said] == []
