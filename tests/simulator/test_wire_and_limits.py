"""The test hooks of the wire, and Telegram's three limits."""

import asyncio

import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError

from simulator.api_errors import Answer, DropConnection


async def test_a_hook_sees_a_call_before_and_after_it_is_carried_out(sim, bot, opened):
    seen = []

    async def look(phase, call):
        seen.append((phase, call.method, call.status, opened.last.text))

    sim.hook = look
    await bot.send_message(opened.id, "收到")
    assert seen == [("received", "sendMessage", 0, "/start"), ("done", "sendMessage", 200, "收到")]
    assert sim.calls[-1].message.text == "收到"


async def test_a_hook_may_answer_instead(sim, bot, opened):
    async def fail(phase, call):
        raise Answer(502, "Bad Gateway")

    sim.hook = fail
    with pytest.raises(TelegramError, match=r"(?i)Bad Gateway"):
        await bot.send_message(opened.id, "收到")
    assert opened.last.text == "/start"
    assert (sim.calls[-1].status, sim.refused) == (502, [])


@pytest.mark.parametrize(("when", "arrives"), [("received", False), ("done", True)])
async def test_a_hook_may_drop_the_connection(sim, bot, opened, when, arrives):
    async def drop(phase, call):
        if phase == when:
            raise DropConnection

    sim.hook = drop
    with pytest.raises(NetworkError):
        await bot.send_message(opened.id, "收到")
    assert (opened.last.text == "收到") == arrives


async def test_a_private_chat_takes_bursts_of_three(limited, clock):
    sim, bot = limited
    wang = sim.person("王女士")
    wang.opens()
    for text in "abc":
        await bot.send_message(wang.id, text)
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(wang.id, "d")
    assert wait.value.retry_after.total_seconds() == 1
    clock.moves(seconds=1)
    await bot.send_message(wang.id, "d")


async def test_a_group_takes_one_a_second_and_twenty_a_minute(limited, clock):
    sim, bot = limited
    officer = sim.person("李科")
    group = sim.group("群", members=[officer])
    group.add_bot(by=officer)
    await bot.send_message(group.id, "0")
    with pytest.raises(RetryAfter):
        await bot.send_message(group.id, "x")
    for text in range(1, 20):
        clock.moves(seconds=1)
        await bot.send_message(group.id, str(text))
    clock.moves(seconds=1)
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(group.id, "x")
    assert wait.value.retry_after.total_seconds() == 40


async def test_thirty_go_out_in_a_second(limited):
    sim, bot = limited
    people = [sim.person(f"住户{n}") for n in range(31)]
    for person in people:
        person.opens()
    sent = await asyncio.gather(*(bot.send_message(person.id, "x") for person in people), return_exceptions=True)
    assert sum(isinstance(answer, RetryAfter) for answer in sent) == 1
    assert sum(call.status == 429 for call in sim.calls) == 1


async def test_the_token_is_never_logged(sim, bot, opened, caplog):
    caplog.set_level("DEBUG", logger="simulator")
    caplog.set_level("DEBUG", logger="aiohttp")
    with pytest.raises(TelegramError):
        await bot.send_message(1, "x")
    said = [record.getMessage() for record in caplog.records if record.name.startswith(("simulator", "aiohttp"))]
    assert said == ["sendMessage: 400 Bad Request: chat not found"]
