"""kill -9 at twenty points of the story, restarted each time: nothing lost, nothing sent twice unmarked."""

import os
import random
from collections import Counter

import pytest
from killable_bot import MARK, Point, Town, files, gather, story, town, until

from storage.db.engine import open_engine
from storage.maintenance.audit import verify
from views.framework.lengths import plain

SEED = int(os.environ.get("KILLS_SEED", "20260623"))
KILLS = int(os.environ.get("KILLS", "7"))  # of the twenty; `make check` plays them all
STORY = [
    "Filed",
    "Nudged",
    "Nudged",
    "Nudged",
    "Expired",
    "TakenOver",
    "Answered",
    "Classified",
    "Resolved",
    "Rated",
    "Reopened",
    "RatingExplained",
    "Resolved",
    "Rated",
    "Closed",
]
JOINED = ["StaffJoined"] * 3 + ["GroupBound", "Consented"]
TOLD = {  # (kind, reader): how often
    ("resident.receipt", "households"): 1,
    ("manager.filed", "manager"): 1,
    ("manager.filed_copy", "company_head"): 1,
    ("files", "manager"): 1,
    ("files", "company_head"): 1,
    ("bureau.filed", "bureau_group"): 1,
    ("manager.nudge", "manager"): 3,
    ("manager.nudge", "company_head"): 2,
    ("manager.expired", "manager"): 1,
    ("manager.expired_head", "handler"): 1,
    ("bureau.expired", "bureau_group"): 1,
    ("bureau.expired_private", "section_head"): 1,
    ("resident.expired", "households"): 1,
    ("resident.taken_over", "households"): 1,
    ("resident.answered", "households"): 1,
    ("resident.resolved", "households"): 2,
    ("bureau.resolved", "bureau_group"): 2,
    ("resident.reopened", "households"): 1,
    ("manager.reopened", "handler"): 1,
    ("bureau.reopened", "bureau_group"): 1,
    ("manager.rated", "resolver"): 1,
    ("manager.rating_explained", "handler"): 1,
}


# --- the verdict ------------------------------------------------------------------------------------------------


def faults(shown: dict[int, list[str]], sent: list[tuple[int, str, str]]) -> list[str]:
    """What was lost or came twice: `shown` by chat, `sent` as (chat, text, state) of every message of the outbox."""
    found = []
    wanted = Counter((chat, text) for chat, text, state in sent if state == "sent")
    allowed = Counter((chat, text) for chat, text, _ in sent)
    unmarked = Counter((chat, text) for chat, texts in shown.items() for text in texts if not text.startswith(MARK))
    marked = Counter(
        (chat, text.removeprefix(MARK)) for chat, texts in shown.items() for text in texts if text.startswith(MARK)
    )
    for key in wanted | unmarked | marked:
        if unmarked[key] + marked[key] < wanted[key]:
            found.append(f"lost: {key}")
        if unmarked[key] > allowed[key] or (marked[key] and not allowed[key]):
            found.append(f"twice: {key}")
    return found


def messages(town: Town) -> list[tuple[int, str, str]]:
    query = (
        "SELECT d.chat, json_extract(o.rendered, '$.text'), o.state FROM outbox o JOIN destination d "
        "ON d.id = o.destination WHERE o.method IN ('send', 'files') AND o.rendered IS NOT NULL"
    )
    return [(chat, plain(text), state) for chat, text, state in town.rows(query)]


async def classify_error(town: Town) -> None:
    """Everybody was told everything once; the ledger holds each event once; nothing is left over."""
    assert faults(town.shown, messages(town)) == []
    order = "SELECT kind FROM event WHERE complaint IS {} NULL ORDER BY seq"
    assert [kind for (kind,) in town.rows(order.format("NOT"))] == STORY
    assert sorted(kind for (kind,) in town.rows(order.format(""))) == sorted(JOINED)
    told = {(k, r): n for k, r, n in town.rows("SELECT kind, recipient_role, count(*) FROM outbox GROUP BY 1, 2") if r}
    assert told == TOLD
    assert town.count("outbox WHERE state != 'sent'") == 0
    assert town.count("inbox WHERE state != 'done'") == 0
    assert town.count("complaint") == 1
    engine = open_engine(f"sqlite+aiosqlite:///{town.database}")
    verdict = await verify(engine)
    await engine.dispose()
    assert (verdict.chains, verdict.events, verdict.breaks) == (2, len(STORY) + len(JOINED), ())
    assert [c.description for c in town.sim.refused if "not modified" not in c.description] == []  # sent twice unseen


def twenty_points(chance: random.Random) -> list[Point]:
    """Spread over the story; apart from one another, since what is cut off twice is given up ("once more")."""
    made = []
    for method, count, last in (
        ("sendMessage", 9, 38),
        ("sendMediaGroup", 2, 2),
        ("editMessageText", 3, 6),
        ("getUpdates", 4, 12),
        ("answerCallbackQuery", 2, 4),
    ):
        stride = last / count
        for n in range(count):
            nth = int(n * stride) + chance.randint(1, max(1, int(stride) - 2))
            made.append(Point(method, ("received", "done")[(n + chance.randint(0, 1)) % 2], nth))
    return made


@pytest.mark.thorough
async def test_killed_again_and_again_the_story_still_comes_to_its_end(tmp_path):
    chosen = random.Random(SEED)
    points = chosen.sample(twenty_points(chosen), KILLS)
    async with town(tmp_path) as here:
        characters = await gather(here)
        here.counted.clear()
        here.points = list(points)
        await story(here, characters)
        assert here.points == []
        assert len(here.killed) == KILLS
        await classify_error(here)


@pytest.mark.thorough
async def test_a_repeat_without_its_mark_is_found_out(tmp_path):
    """The same judge, and a courier that doesn't say that it repeats itself."""
    async with town(tmp_path, forgetful=True) as here:
        characters = await gather(here)
        here.counted.clear()
        here.points = [Point("sendMediaGroup", "done", 1)]
        await files(characters.resident)
        await until(lambda: not here.points and here.at_rest(), "a bot at rest")
        assert {f.partition(":")[0] for f in faults(here.shown, messages(here))} == {"twice"}


def test_the_judge_finds_what_was_lost_or_came_twice():
    sent = [(1, "甲", "sent"), (1, "乙", "sent"), (2, "甲", "dropped")]
    assert faults({1: ["甲", "乙"]}, sent) == []
    assert faults({1: ["甲", f"{MARK}甲", "乙"]}, sent) == []
    assert faults({1: ["乙"]}, sent) == ["lost: (1, '甲')"]
    assert faults({1: ["甲", "甲", "乙"]}, sent) == ["twice: (1, '甲')"]
    assert faults({1: ["甲", f"{MARK}乙"], 2: ["丙"]}, sent) == ["twice: (2, '丙')"]
