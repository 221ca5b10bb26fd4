"""Faults of calls by rule and by seed, each of which looks to the client as it does in life."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from simulator.faults.call_faults import (
    BLOCKED,
    DEACTIVATED,
    KICKED,
    NOT_FOUND,
    Broken,
    Flooded,
    Meanwhile,
    Outage,
    Refused,
    Reset,
    Silent,
    Slow,
)
from simulator.faults.injector import STILL, Misbehaviour, Rule
from simulator.updates.triggers import FOR_EVER


class Waits:
    """Real time that is only noted: whoever waits goes on when told to."""

    def __init__(self):
        self.asked = []
        self.go_on = asyncio.Event()

    async def __call__(self, seconds):
        self.asked.append(seconds)
        await self.go_on.wait()


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
async def misbehaves(sim, clock, waits):
    """The simulator goes wrong by these rules from now on."""
    begun = []

    async def begin(*rules, seed=0):
        begun.append(await Misbehaviour(sim, rules, seed, wait=waits, monotonic=clock.monotonic).__aenter__())
        return begun[-1]

    yield begin
    for one in begun:
        await one.end()


async def says(bot, *texts, to):
    """What became of each: the text that arrived, or the kind of error."""
    ends = []
    for text in texts:
        try:
            ends.append((await bot.send_message(to.id, text)).text)
        except TelegramError as error:
            ends.append(type(error).__name__)
    return ends


@pytest.mark.parametrize(
    ("turn", "struck"),
    [
        ({}, "1"),
        ({"nth": 3}, "3"),
        ({"nth": 3, "times": 2}, "34"),
        ({"every": 3, "times": FOR_EVER}, "147"),
        ({"nth": 2, "every": 3, "times": 2}, "25"),
        ({"chance": 0.0, "times": FOR_EVER}, ""),
    ],
    ids=str,
)
async def test_a_rule_has_its_turn(bot, opened, misbehaves, turn, struck):
    await misbehaves(Rule(mishap=BLOCKED, **turn))
    ends = await says(bot, *"12345678", to=opened)
    assert "".join(text for text, end in zip("12345678", ends, strict=True) if end == "Forbidden") == struck


async def test_chance_replays_from_its_seed(bot, opened, misbehaves):
    by_chance = Rule(mishap=Reset(), chance=0.5, times=FOR_EVER)
    runs = []
    for seed in (1, 1, 2):
        misbehaviour = await misbehaves(by_chance, seed=seed)
        runs.append(await says(bot, *"abcdefghijkl", to=opened))
        await misbehaviour.end()
    assert runs[0] == runs[1] != runs[2]
    assert f"seed={seed}" in repr(misbehaviour)


async def test_a_rule_keeps_to_methods_chats_and_words(sim, bot, opened, group, misbehaves):
    misbehaviour = await misbehaves(
        Rule(mishap=NOT_FOUND, methods={"sendPhoto"}),
        Rule(mishap=KICKED, groups=True, words="超时"),
        Rule(mishap=BLOCKED, chats={opened.id}, words="提醒"),
    )
    assert await says(bot, "超时", "提醒", to=opened) == ["超时", "Forbidden"]
    assert await says(bot, "提醒", "超时", to=group) == ["提醒", "Forbidden"]
    assert [(a.method, a.call) for a in misbehaviour.applied] == [
        ("sendMessage", 3),
        ("sendMessage", 5),
    ]  # getMe is the first
    assert (misbehaviour.times(BLOCKED), misbehaviour.times(NOT_FOUND)) == (1, 0)


async def test_the_first_rule_whose_turn_it_is_applies_and_the_next_keeps_its_own(bot, opened, misbehaves):
    await misbehaves(Rule(mishap=BLOCKED), Rule(mishap=NOT_FOUND, times=1))
    assert await says(bot, "a", "b", "c", to=opened) == ["Forbidden", "BadRequest", "c"]


async def test_a_429_holds_for_its_chat_as_long_as_it_said(sim, bot, opened, clock, misbehaves):
    other = sim.person("李先生")
    other.opens()
    misbehaviour = await misbehaves(Rule(mishap=Flooded(7)))
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(opened.id, "a")
    assert wait.value.retry_after == timedelta(seconds=7)
    assert await says(bot, "b", to=opened) == ["RetryAfter"]
    assert await says(bot, "b", to=other) == ["b"]
    clock.moves(seconds=7)
    assert await says(bot, "c", to=opened) == ["c"]
    assert [a.mishap for a in misbehaviour.applied] == [str(Flooded(7)), STILL]


async def test_an_overall_429_holds_for_every_chat(sim, bot, opened, group, clock, misbehaves):
    await misbehaves(Rule(mishap=Flooded(30, everywhere=True)))
    assert await says(bot, "a", to=opened) == ["RetryAfter"]
    assert await says(bot, "a", to=group) == ["RetryAfter"]
    clock.moves(seconds=30)
    assert await says(bot, "a", to=group) == ["a"]


@pytest.mark.parametrize(("status", "title"), [(500, "500 Internal Server Error"), (502, "502 Bad Gateway")])
@pytest.mark.parametrize("after", [False, True])
async def test_a_gateway_answers_with_a_page_for_people(sim, bot, opened, misbehaves, status, title, after):
    await misbehaves(Rule(mishap=Broken(status), after=after))
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{sim.url}/bot{bot.token}/sendMessage", json={"chat_id": opened.id, "text": "a"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{title}</h1>" in answer.text
    assert (opened.last.text == "a") is after


async def test_what_answers_with_a_page_is_a_network_error_to_the_client(bot, opened, misbehaves):
    await misbehaves(Rule(mishap=Broken(502)))
    with pytest.raises(NetworkError):
        await bot.send_message(opened.id, "a")


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_is_withheld_until_the_client_gives_up(bot, opened, waits, misbehaves, after):
    await misbehaves(Rule(mishap=Silent(), after=after))
    with pytest.raises(TimedOut) as error:
        await bot.send_message(opened.id, "a", read_timeout=0.05)
    assert isinstance(error.value.__cause__, httpx.ReadTimeout)
    assert (opened.last.text == "a") is after
    assert len(waits.asked) == 1


@pytest.mark.parametrize("after", [False, True])
async def test_the_line_breaks(bot, opened, misbehaves, after):
    await misbehaves(Rule(mishap=Reset(), after=after))
    with pytest.raises(NetworkError) as error:
        await bot.send_message(opened.id, "a")
    assert isinstance(error.value.__cause__, httpx.ReadError | httpx.RemoteProtocolError)
    assert (opened.last.text == "a") is after


async def test_a_slow_answer_comes_when_its_time_has_passed(bot, opened, waits, misbehaves):
    await misbehaves(Rule(mishap=Slow(5.0), after=True))
    sending = asyncio.create_task(bot.send_message(opened.id, "a"))
    while not waits.asked:
        await asyncio.sleep(0)
    assert (opened.last.text, sending.done(), waits.asked) == ("a", False, [5.0])
    waits.go_on.set()
    assert (await sending).text == "a"


async def test_during_an_outage_nobody_can_connect(sim, bot, opened, waits, misbehaves):
    await misbehaves(Rule(mishap=Outage(60.0)))
    with pytest.raises(NetworkError):
        await bot.send_message(opened.id, "a")
    with pytest.raises(NetworkError) as error:
        await bot.send_message(opened.id, "b")
    assert isinstance(error.value.__cause__, httpx.ConnectError)
    waits.go_on.set()
    while sim._site is None:
        await asyncio.sleep(0)
    assert await says(bot, "c", to=opened) == ["c"]
    assert [s.text for s in opened.sees if s.from_bot] == ["c"]


@pytest.mark.parametrize(
    ("refused", "error", "words"),
    [
        (BLOCKED, Forbidden, "bot was blocked by the user"),
        (DEACTIVATED, Forbidden, "user is deactivated"),
        (KICKED, Forbidden, "bot was kicked from the supergroup chat"),
        (NOT_FOUND, BadRequest, "chat not found"),
        (Refused(400, "Bad Request: message is too long"), BadRequest, "message is too long"),
    ],
    ids=str,
)
async def test_a_refusal_is_in_telegrams_words(bot, opened, misbehaves, refused, error, words):
    await misbehaves(Rule(mishap=refused))
    with pytest.raises(error, match=f"(?i){words}"):
        await bot.send_message(opened.id, "a")


async def test_a_group_migrates_while_a_call_is_under_way(sim, bot, officer, misbehaves):
    group = sim.group("小群", members=[officer], supergroup=False)
    group.add_bot(by=officer)
    old = group.id
    await misbehaves(Rule(mishap=Meanwhile(group.migrate, "migrates"), chats={old}))
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "a")
    assert moved.value.new_chat_id == group.id != old


async def test_afterwards_all_is_well_and_the_hook_that_was_there_stays(sim, bot, opened, waits, misbehaves):
    seen = []

    async def look(phase, call):
        seen.append(phase)

    sim.hook = look
    misbehaviour = await misbehaves(Rule(mishap=Outage(60.0), times=FOR_EVER))
    assert await says(bot, "a", to=opened) == ["NetworkError"]
    await misbehaviour.end()
    assert await says(bot, "b", to=opened) == ["b"]
    assert (sim.hook, seen) == (look, ["received", "received", "done"])
