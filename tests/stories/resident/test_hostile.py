"""Hostile text through every field: cards still go, nothing of ours is hidden, no update becomes a dead letter."""

import re

import pytest
from sqlalchemy import select
from telegram import User
from test_erasing import files_of

from complaints.text.sanitizing import UNSEEN, units
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import OUTBOX
from storage.repositories import destinations, people
from views.framework.screen import Screen
from views.welcome import labels

pytestmark = pytest.mark.thorough

MARKUP = """<b>粗</b></blockquote><script>alert(1)</script>&lt;i&gt;&#0; <a href="tg://user?id=1">x</a>
'; DROP TABLE event;-- " OR 1=1 %_\\% ../../etc/passwd *粗* _斜_ `码` [x](http://a.cn) {place} %(x)s"""
FORMULA = "=cmd|'/C calc'!A0\n+1\n-1\n@SUM(A1)\t=1\r=2"
UNSEEN_MARKS = "\u202e已办结\u202c \u2067a\u2069\u200f\u061c着\u200b火\ufeff\x00\x1b[31m\u3164灯" + "\u0301" * 90
HOSTILE = {
    "everything": "\n".join((FORMULA, MARKUP, UNSEEN_MARKS, "שלום 3 مرحبا 120", "灯" + "\n" * 1000 + "坏")),
    "at the edge": "a" + "😀" * 1000,
    "too long": "灯" + "😀" * 2047 + "a",
    "nothing to see": "\u200b\u2060\ufeff\u3164\x00",
}
ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
DONE = "灯泡已更换，3栋楼道灯恢复正常。"
ISOLATES = re.compile("\u2068[^\u2068\u2069\n]*\u2069")


def cut(text, most):
    while units(text) > most:
        text = text[:-1]
    return text


def every_text(play):
    return [post.text for room in play.city.sim.world.rooms.values() for post in room.posts.values() if post.from_bot]


def nothing_hides(play):
    """Nothing that the bot says holds a mark of somebody else's, nor a line that only looks like ours."""
    for text in every_text(play):
        assert UNSEEN.search(ISOLATES.sub("", text)) is None
        assert "没能处理" not in text


async def all_went(play):
    async with play.city.app.store.work(play.clock.now()) as work:
        assert [r.state for r in await work.rows(select(INBOX.c.state).where(INBOX.c.state != "done"))] == []
        assert not await work.rows(select(OUTBOX.c.id).where(OUTBOX.c.state.in_(("dead", "ready"))))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_resident_who_joins_and_asks(play, text):
    who = play.stranger(cut(text, 60))
    for words in (f"/start {text}", f"/start p_{text}", f"/start i_{text}", f"/home {text}", text):
        await who.says(words)
    await who.says(next(iter(labels("find"))))
    await who.taps("武侯区")
    await who.says(text)
    assert "锦城花园" not in who.answer.labels  # no wildcard finds what it doesn't name
    await who.opens("p_jchy")
    await who.taps("同意并继续")
    await who.says(text)
    await who.opens("p_jchy")
    await who.taps("同意并继续")
    await who.says(cut(f"3栋 {text}", 40))
    await who.taps("分享手机号")
    for data in (text, f"c:{text}:1:1:", f"c:card:1:1:{text}", f"f:matter:{text}", f"m:district:{text}", f"m:{text}"):
        await who.presses(who.answer, cut(data, 64))
    await who.sends_document(text, caption=cut(text, 1024) or None)
    await who.says("/privacy")
    await who.taps("导出我的数据")
    for data in files_of(play, who):
        written = data.decode()
        assert "<script" not in written or written.startswith("{")
        assert not [line for line in written.splitlines() if line[:1] in tuple("=+-@\t\r")]
        assert not re.search(r"<dd>[=+\-@]", written)
    nothing_hides(play)
    await all_went(play)


@pytest.mark.parametrize("which", ["everything", "at the edge"])
async def test_a_case_from_the_first_word_to_the_last(play, characters, which):
    text = HOSTILE[which]
    manager, head, officer, group, wang = characters
    by = User(officer.id, cut(text, 60), is_bot=False)
    group.rename(cut(text, 120) or "群", by)
    words = cut(f"{text}\n楼道灯不亮", 2000)
    await play.files(wang)
    for who, before in ((wang, "补充"), (manager, "一般问题，2个工作日内办结")):
        if who.offers("知道了，马上到"):  # some of it sounds dangerous
            await who.taps("知道了，马上到")
        await who.taps(before)
        await who.says(words)
        await who.says("/cancel")
    await wang.says(words, reply_to=wang.card)
    await manager.says(cut(f"{ANSWER}\n{text}", 2000), reply_to=manager.card)
    if manager.offers("一般问题，2个工作日内办结"):  # else the first words were an answer
        await manager.taps("一般问题，2个工作日内办结")
    await manager.taps("反馈进度")
    await manager.says(words)
    await play.resolves(manager, cut(f"{DONE}\n{text}", 2000))
    await wang.taps("不满意")
    await wang.taps("其他")
    await wang.says(words)
    await play.at(19, day=20)
    await officer.says(f"/project {text}", to=group)
    await officer.says(f"/bind {text}", to=group)
    assert "锦城花园" not in group.last.text
    for act in ("挂牌督办", "提级"):
        await officer.taps(act, to=group)
        await officer.says(words)
    await officer.taps("督办", to=group)
    await officer.taps("其他", to=group)
    await officer.says(text)
    await officer.says("11月23日 12:00")
    await officer.says(words)
    await officer.taps("下达")
    await wang.says("/mine")
    await head.says("/todo")
    assert any(case.number in shown.text for case in await play.cases() for shown in head.hears)
    nothing_hides(play)
    await all_went(play)


async def test_half_a_character_and_nul_fall_out_wherever_they_stand(play):
    wang = await play.resident()
    await play.files(wang)
    card, half = wang.card, "灯\ud83d坏\x00"
    user = {"id": wang.id, "is_bot": False, "first_name": half, "language_code": half}
    chat = {"id": wang.id, "type": "private", "first_name": half}
    message = {"message_id": 900_001, "date": 1_790_000_000, "chat": chat, "from": user, "text": half}
    query = {"id": "1", "from": user, "chat_instance": half, "data": f"m:district:{half}"}
    play.city.sim.inject({"message": message})
    play.city.sim.inject({"message": {**message, "message_id": 900_002, "text": f"/start {half}"}})
    play.city.sim.inject({"callback_query": {**query, "message": {**message, "message_id": card.message_id}}})
    await play.city.settle()
    assert wang.has("这是补充正在办的问题，还是新问题？")
    assert wang.count("没找到这个码对应的小区") == 2
    play.city.sim.calls[:] = [call for call in play.city.sim.calls if call.method != "answerCallbackQuery"]
    await all_went(play)


async def test_a_message_that_is_longer_than_the_messenger_takes_goes_with_its_own_lines_whole(play):
    wang = await play.resident()
    await wang.opens()
    quotes = "".join(f"<blockquote>{'😀' * 1000}</blockquote>\n" for _ in range(3))
    async with play.city.app.store.work(play.clock.now()) as work:
        known = await people.by_user(work, wang.id)
        private = await destinations.of_person(work, known.id)
        work.say(private.id, "long", Screen(f"编号 1\n{quotes}依据：62号").dump())
        await work.commit()
    await play.city.settle()
    assert units(wang.answer.text) <= 4096
    assert (wang.answer.text[:4], wang.answer.text[-6:]) == ("编号 1", "依据：62号")
