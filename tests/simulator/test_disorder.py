"""Updates that come twice, again, out of order, or behind malformed ones: by rule and by seed."""

import itertools
import json
import time

import pytest

from simulator.updates.disorder import Disorder, Muddled, UpdateRule
from simulator.updates.fuzzed import poisoned
from simulator.updates.queue import Updates
from simulator.updates.triggers import FOR_EVER


def pending(*rules, seed=0, how_many=4):
    updates = Updates()
    updates.disorder = Disorder(rules, seed)
    for number in range(how_many):
        updates.inject({"poll" if number % 2 else "message": {"n": number}})
    return updates


async def get(updates, offset=0):
    return [raw["update_id"] for raw in await updates.get(offset, 100, 0)]


async def test_an_update_comes_twice_in_one_batch():
    updates = pending(UpdateRule(mess="twice", nth=2))
    assert await get(updates) == [1, 2, 2, 3, 4]
    assert await get(updates) == [1, 2, 3, 4]
    assert updates.disorder.applied == [Muddled("twice", 2)]


async def test_an_update_comes_again_although_it_was_confirmed():
    updates = pending(UpdateRule(mess="again", nth=2))
    assert await get(updates, 5) == [2]
    assert await get(updates, 5) == []
    assert updates.confirmed == [1, 2, 3, 4]


async def test_only_updates_of_the_kinds_named_are_hit():
    updates = pending(UpdateRule(mess="twice", kinds={"poll"}, times=FOR_EVER))
    assert await get(updates) == [1, 2, 2, 3, 4, 4]


async def test_a_batch_comes_out_of_order_and_whole():
    updates = pending(UpdateRule(mess="reordered"), how_many=9)
    got = await get(updates)
    assert sorted(got) == [1, 2, 3, 4, 5, 6, 7, 8, 9] != got
    assert await get(updates) == sorted(got)


async def test_a_mess_replays_from_its_seed():
    def rules():
        return [
            UpdateRule(mess="reordered", chance=0.5, times=FOR_EVER),
            UpdateRule(mess="twice", chance=0.3, times=FOR_EVER),
        ]

    runs = []
    for seed in (1, 1, 2):
        updates = pending(*rules(), seed=seed, how_many=20)
        runs.append([await get(updates) for _ in range(3)])
    assert runs[0] == runs[1] != runs[2]
    assert "seed=2" in repr(updates.disorder)


async def test_a_malformed_update_comes_before_the_one_it_was_made_of(sim, wang):
    sim.updates.disorder = Disorder([UpdateRule(mess="malformed", nth=2)], seed=1)
    wang.opens()
    wang.says("电梯坏了")
    first, malformed, second = await sim.updates.get(0, 100, 0)
    assert [raw["update_id"] for raw in (first, malformed, second)] == [1, 2, 3]
    assert (first["message"]["text"], second["message"]["text"]) == ("/start", "电梯坏了")
    assert malformed != {**second, "update_id": 2}


# --- updates mutated by schema ------------------------------------------------------------------------------------


@pytest.fixture
async def genuine(sim, bot, opened, officer, group):
    """One of each kind that the bot asks for."""
    await bot.send_message(
        opened.id, "x", reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "c:1:x:2"}]]}
    )
    opened.taps("x")
    opened.says("电梯坏了", reply_to=opened.finds("x"))
    opened.shares_contact()
    opened.sends_album(2, caption="看")
    officer.says("/bind", to=group)
    return await sim.updates.get(0, 100, 0)


async def test_poison_replays_from_its_seed_and_is_never_genuine(genuine):
    runs = [[json.dumps(raw) for raw in itertools.islice(poisoned(genuine, seed), 3000)] for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]
    bare = {json.dumps({name: part for name, part in raw.items() if name != "update_id"}) for raw in genuine}
    assert not bare & set(runs[0])
    assert len(set(runs[0])) > 2000


async def test_poison_leaves_the_genuine_as_they_were(genuine):
    before = json.dumps(genuine)
    list(itertools.islice(poisoned(genuine, 3), 3000))
    assert json.dumps(genuine) == before


def fields(raw, name):
    return [part.get(name, "missing") for part in raw.values() if isinstance(part, dict)]


@pytest.mark.parametrize(
    "seen",
    [
        lambda raw, text: "missing" in fields(raw, "from"),
        lambda raw, text: "missing" in fields(raw, "chat"),
        lambda raw, text: any(isinstance(date, str) for date in fields(raw, "date")),
        lambda raw, text: any(isinstance(said, list) for said in fields(raw, "text")),
        lambda raw, text: any(isinstance(said, str) and len(said) > 4096 for said in fields(raw, "text")),
        lambda raw, text: any(data not in ("missing", "c:1:x:2") for data in fields(raw, "data")),
        lambda raw, text: "" in fields(raw, "text"),
        lambda raw, text: "\\u0000" in text,
        lambda raw, text: '"\\ud83d"' in text,
        lambda raw, text: "[" * 30 in text,
        lambda raw, text: '"id": -' in text,
        lambda raw, text: str(10**30) in text,
        lambda raw, text: "hologram" in raw,
        lambda raw, text: raw == {},
        lambda raw, text: raw.get("message") == [],
    ],
    ids=[
        "without a sender", "without a chat", "a date in words", "a list for text", "too long", "forged data",
        "no text", "NUL", "half a character", "deep", "negative", "huge", "an unknown kind", "nothing",
        "a list for a message",
    ],
)  # fmt: skip
async def test_poison_holds(genuine, seen):
    assert any(seen(raw, json.dumps(raw)) for raw in itertools.islice(poisoned(genuine, 1), 5000))


@pytest.mark.thorough
@pytest.mark.alone
async def test_a_hundred_thousand_take_seconds(genuine):
    began = time.perf_counter()
    assert sum(1 for _ in itertools.islice(poisoned(genuine, 1), 100_000)) == 100_000
    assert time.perf_counter() - began < 8.0
