"""What is promised when updates come twice, again, out of order or malformed, by polling or by webhook."""

import itertools
import json

import pytest
from message_outcomes import copies, inbox
from structlog.testing import capture_logs
from variants import mostly_thorough

from simulator.updates.disorder import Disorder, UpdateRule
from simulator.updates.fuzzed import poisoned
from simulator.updates.triggers import FOR_EVER

ALWAYS = {"times": FOR_EVER}


def disordered(city, *rules, seed=0):
    city.sim.updates.disorder = Disorder(rules, seed)
    print(city.sim.updates.disorder)
    return city.sim.updates.disorder


@pytest.fixture
def handled(city, monkeypatch):
    """The words of people in the order in which they were handled."""
    words, feed = [], city.app.worker._feed

    async def fed(context, update):
        words.append(update.message.text if update.message else update.callback_query.data)
        await feed(context, update)

    monkeypatch.setattr(city.app.worker, "_feed", fed)
    return words


async def files_by_hand(city, wang):
    """The whole way to a case, each step an update."""
    for act in (
        lambda: wang.says("3栋楼道灯不亮，晚上看不见"),
        lambda: wang.taps("公共照明不亮"),
        lambda: wang.taps("没有") if "没有" in wang.answer.labels else None,
        lambda: wang.taps("提交"),
    ):
        done = act()
        if done is not None:
            await done


@pytest.mark.parametrize("mess", ["twice", "again"])
async def test_updates_that_come_twice_are_handled_once(city, play, characters, handled, mess):
    manager, *_, wang = characters
    disorder = disordered(city, UpdateRule(mess=mess, **ALWAYS))
    await files_by_hand(city, wang)
    assert len(disorder.applied) >= len(handled) >= 3
    assert len(handled) == len(set(handled))
    assert len(await play.cases()) == 1
    assert len(copies(wang, "已收到，")) == len(copies(manager, "编号")) == 1


@pytest.mark.parametrize("seed", mostly_thorough(range(3)))
async def test_a_batch_out_of_order_is_handled_in_each_persons_order(city, characters, handled, seed):
    manager, *_, wang = characters
    disorder = disordered(city, UpdateRule(mess="reordered", **ALWAYS), seed=seed)
    for n in range(5):
        wang.account.says(f"王{n}")
        manager.account.says(f"经{n}")
    await city.settle()
    assert [a.mess for a in disorder.applied] == ["reordered"]
    for name in "王经":
        assert [words for words in handled if words.startswith(name)] == [f"{name}{n}" for n in range(5)]


def deep(how_deep):
    pit = "不是字"
    for _ in range(how_deep):
        pit = [pit]
    return pit


@pytest.mark.parametrize(
    "strange",
    [
        {"text": ["不是字"]},
        {"text": deep(600)},
        {"text": "不是字", "media_group_id": "\udc00"},
        {"text": "不是字", "media_group_id": ["\x00"]},
        {"text": "不是字", "date": 10**30},
    ],
    ids=["a list for text", "deep", "half a character for an album", "a list for an album", "no date"],
)
async def test_what_is_malformed_is_a_dead_letter_with_an_alarm_and_the_next_is_answered(city, characters, strange):
    *_, wang = characters
    city.sim.inject({"message": {"from": {"id": wang.id}, **strange}})
    wang.account.says("/help")
    with capture_logs() as logs:
        await city.settle()
    assert await inbox(city) == ["dead_letter", "done"]
    assert [(entry["event"], entry["log_level"]) for entry in logs if entry["log_level"] == "error"] == [
        ("an update is set aside", "error")
    ]
    assert "不是字" not in json.dumps(logs, ensure_ascii=False, default=str)
    assert len(copies(wang)) == 1


@pytest.mark.parametrize("seed", mostly_thorough(range(3)))
async def test_in_any_mess_a_case_is_filed_once(city, play, characters, seed):
    manager, *_, wang = characters
    messes = [UpdateRule(mess=mess, chance=0.5, **ALWAYS) for mess in ("twice", "again", "reordered")]
    disorder = disordered(city, *messes, seed=seed)
    await files_by_hand(city, wang)
    assert disorder.applied
    assert len(await play.cases()) == 1
    assert len(copies(manager, "编号")) == 1


# --- poison -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def genuine(city, play, characters):
    """An update of each kind that the bot hears, from people in the middle of their affairs."""
    manager, _, officer, group, wang = characters
    await play.files(wang)
    wang.account.says("4楼也不亮")
    wang.account.says("好", reply_to=wang.card)
    wang.account.taps("撤回") if "撤回" in wang.card.labels else None
    wang.account.shares_contact()
    wang.account.sends_album(2, caption="看")
    wang.account.sends_location()
    manager.account.taps("已当场解决")
    manager.account.says("马上到", reply_to=manager.card)
    officer.account.says("/bind", to=group)
    group.promotes_bot(by=officer.account)
    updates = await city.sim.updates.get(0, 100, 0)
    city.sim.updates.clear()
    assert {name for raw in updates for name in raw} > {"message", "callback_query", "my_chat_member"}
    return updates


async def swallows(city, genuine, seed, how_many):
    """All of it is either handled or set aside, and every time that something was there is an alarm."""
    before = len(await inbox(city))
    for raw in itertools.islice(poisoned(genuine, seed), how_many):
        city.sim.inject(raw)
    with capture_logs() as logs:
        while len(city.sim.updates):
            await city.app.receiver.step()
        while "ready" in await inbox(city):
            if not await city.app.worker.step():
                city.clock.wait(10)
        await city.settle()
    states = (await inbox(city))[before:]
    assert set(states) == {"done", "dead_letter"}, f"seed {seed}"
    alarms = [entry for entry in logs if entry["event"] == "an update is set aside"]
    assert len(alarms) <= states.count("dead_letter") < len(alarms) * 1.2  # parts of an album are set aside together


async def answers_a_stranger(city):
    li = city.sim.person("李先生")
    li.opens()
    await city.settle()
    return li.last.from_bot


async def test_poison_is_handled_or_a_dead_letter_and_the_next_good_update_is_answered(city, genuine):
    await swallows(city, genuine, seed=1, how_many=150)
    assert await answers_a_stranger(city)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [2, 3])
async def test_hundreds_of_poisoned_updates_stop_nothing(city, genuine, seed):
    await swallows(city, genuine, seed, how_many=300)
    assert await answers_a_stranger(city)
