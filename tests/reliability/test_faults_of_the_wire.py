"""What is promised when a call to the messenger goes wrong, fault by fault, played over the wire."""

from contextlib import suppress

import pytest
from message_outcomes import CARD, MARK, copies, marks, outbox
from playing import ANSWER, DONE
from scenes import scene
from telegram.error import NetworkError
from variants import mostly_thorough

from simulator.faults.call_faults import Broken, Flooded, Outage, Reset, Silent, Slow
from simulator.faults.injector import Rule
from simulator.updates.triggers import FOR_EVER

UNKNOWN = {
    "500 with a page": Broken(500),
    "502 with a page": Broken(502),
    "read time-out": Silent(),
    "reset": Reset(),
}  # ends of a call after which nobody knows whether it was carried out
ENDS = mostly_thorough(["read time-out", "502 with a page", "reset", "500 with a page"])  # all the same to the bot


def assert_nothing_came_twice(*people):
    for who in people:
        said = copies(who)
        assert len(said) == len(set(said))
        assert not any(marks(who))


# --- 429 --------------------------------------------------------------------------------------------------------


async def at_once(city):
    """All that can happen before any time passes."""
    for _ in range(3):
        await city.app.receiver.step()
        await city.app.worker.step()
        await city.app.outbox_dispatcher.step()


@pytest.mark.parametrize("seconds", mostly_thorough([7, 3600]))
async def test_a_429_delays_its_chat_alone_and_what_waited_is_sent_once(city, play, characters, goes_wrong, seconds):
    manager, *_, wang = characters
    ordered = await goes_wrong(Rule(mishap=Flooded(seconds), chats={manager.id}))
    manager.account.says("/help")
    await at_once(city)
    await play.files(wang)  # what comes for the manager now waits, too
    assert [a.mishap for a in ordered.applied] == [str(Flooded(seconds))]
    assert (manager.card.at - wang.finds("已收到，").at).total_seconds() >= seconds
    assert marks(manager, CARD) == [False]
    assert len(copies(manager)) == 2
    assert_nothing_came_twice(manager, wang)


async def test_a_429_of_a_group_delays_the_group_alone(play, characters, goes_wrong):
    manager, _, _, group, wang = characters
    ordered = await goes_wrong(Rule(mishap=Flooded(30), groups=True))
    await play.files(wang)
    assert marks(group, "抄告") == [False]
    assert (group.last.at - manager.card.at).total_seconds() >= 30
    assert [a.mishap for a in ordered.applied] == [str(Flooded(30))]


async def test_when_a_second_chat_gets_a_429_within_two_seconds_nobody_else_is_tried(
    city, play, characters, goes_wrong
):
    manager, head, _, _, wang = characters
    ordered = await goes_wrong(Rule(mishap=Flooded(9, everywhere=True)))
    wang.account.says("/help")
    manager.account.says("/help")
    await at_once(city)
    tried = len(ordered.applied)
    head.account.says("/help")
    await at_once(city)
    assert len(ordered.applied) == tried
    await city.settle()
    assert [len([s for s in who.sees if s.from_bot]) for who in (wang, manager, head)] == [1, 1, 1]
    assert len(ordered.applied) == tried


# --- nobody knows whether it arrived ----------------------------------------------------------------------------


async def files(play, characters):
    await play.files(characters[-1])


async def expires(play, characters):
    await play.files(characters[-1])
    await play.at(14)


MUST_NOT_BE_MISSED = {
    "receipt": (files, lambda characters: characters[4], "已收到，"),
    "notice": (files, lambda characters: characters[0], CARD),
    "escalation": (expires, lambda characters: characters[1], "响应超时"),
    "group": (expires, lambda characters: characters[3], "超时 · 响应"),
}


@pytest.mark.parametrize(
    ("what", "end"),
    [
        ("receipt", "read time-out"),
        ("notice", "reset"),
        ("group", "502 with a page"),
        *mostly_thorough([("escalation", end) for end in UNKNOWN], played=0),
    ],
)
async def test_what_must_not_be_missed_is_repeated_once_and_says_so(play, characters, goes_wrong, what, end):
    act, of, words = MUST_NOT_BE_MISSED[what]
    who = of(characters)
    ordered = await goes_wrong(Rule(mishap=UNKNOWN[end], chats={who.id}, words=words, after=True))
    await act(play, characters)
    first, second, *more = copies(who, words)
    assert (first.startswith(MARK), second, more) == (False, f"{MARK}{first}", [])
    assert len(ordered.applied) == 1


@pytest.mark.parametrize("end", ENDS)
async def test_what_never_arrived_comes_marked_as_well(play, characters, goes_wrong, end):
    manager, *_, wang = characters
    await goes_wrong(Rule(mishap=UNKNOWN[end], chats={manager.id}))
    await play.files(wang)
    assert marks(manager, CARD) == [True]


@pytest.mark.parametrize("end", ENDS)
async def test_a_nudge_that_may_have_arrived_is_not_repeated(city, filed, goes_wrong, end):
    manager, *_ = filed
    await goes_wrong(Rule(mishap=UNKNOWN[end], chats={manager.id}, words="第1次提醒", after=True))
    await city.to_next_deadline()
    assert marks(manager, "第1次提醒") == [False]
    assert await outbox(city, "dropped") == ["manager.nudge"]


@scene
async def resolved(filed):
    manager, *_ = filed
    await manager.taps("已当场解决")
    await manager.says(DONE)
    return filed


@pytest.mark.parametrize("end", ENDS)
async def test_a_survey_that_may_have_arrived_is_not_repeated(city, play, resolved, goes_wrong, end):
    *_, wang = resolved
    await goes_wrong(Rule(mishap=UNKNOWN[end], chats={wang.id}, words="评价", after=True))
    await play.at(12, day=21)
    assert len(copies(wang, "评价")) == 2  # with the result, and the reminder
    assert marks(wang, "评价") == [False, False]
    sorting = "resident.classified"  # of which the result, that came with it, says more
    assert await outbox(city, "dropped") == [sorting, "resident.survey_reminder"]


# --- nobody can connect -----------------------------------------------------------------------------------------


async def test_while_nobody_can_connect_everything_waits_and_then_goes_once_unmarked(city, play, characters):
    wang, manager = characters[-1], characters[0]
    await play.files(wang)
    await manager.says(ANSWER, reply_to=manager.card)
    heard = len(wang.hears)
    manager.account.taps("已当场解决")
    manager.account.says(DONE)
    await city.app.receiver.step()
    await city.sim.unplug()
    with pytest.raises(NetworkError):
        await city.app.receiver.step()
    for _ in range(5):
        await city.app.worker.step()
        await city.app.outbox_dispatcher.step()
        city.clock.wait(5)
    assert len(wang.hears) == heard
    await city.sim.plug()
    await city.settle()
    assert marks(wang, "已办结（实际解决）") == [False]
    assert_nothing_came_twice(wang, manager)


async def test_during_an_outage_by_rule_nothing_is_lost(city, play, characters, goes_wrong):
    """It begins in the middle of sends, whose end nobody knows."""
    manager, _, _, group, wang = characters
    ordered = await goes_wrong(Rule(mishap=Outage(1.0), chats={manager.id}))
    with suppress(NetworkError):  # the next poll may fall into it
        await play.files(wang)
    await ordered.end()
    await city.settle()
    assert marks(manager, CARD) == [True]
    for who, words in ((wang, "已收到，"), (group, "抄告")):
        assert marks(who, words) in ([False], [True], [False, True])


# --- slow answers -----------------------------------------------------------------------------------------------


async def test_slow_answers_make_nothing_come_twice(play, characters, goes_wrong):
    manager, head, _, group, wang = characters
    ordered = await goes_wrong(Rule(mishap=Slow(1.5), after=True, times=FOR_EVER))
    await play.files(wang)
    assert marks(group, "抄告") == marks(wang, "已收到，") == [False]
    await manager.says(ANSWER, reply_to=manager.card)
    assert ordered.times(Slow(1.5)) > 5
    assert_nothing_came_twice(manager, head, wang, group)


async def test_an_answer_slower_than_the_bot_waits_is_as_good_as_none(play, characters, goes_wrong):
    manager, *_, wang = characters
    await goes_wrong(Rule(mishap=Slow(9.0), chats={manager.id}, after=True))
    await play.files(wang)
    assert marks(manager, CARD) == [False, True]
