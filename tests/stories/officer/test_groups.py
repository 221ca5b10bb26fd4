"""The bot in a group: who added it, what it tells and stores, and what becomes of the group."""

import pytest
from sqlalchemy import select
from telegram import User

from simulator.people.accounts import ANONYMOUS_ADMIN
from storage.messaging.inbox import INBOX
from storage.repositories.destinations import DESTINATION
from storage.repositories.people import PERSON

NOBODY = User(ANONYMOUS_ADMIN, "Group", is_bot=True, username="GroupAnonymousBot")


async def kept(play) -> str:
    """Everything that was ever stored of updates."""
    async with play.city.app.store.work(play.clock.now()) as work:
        return b"\n".join(row.raw for row in await work.rows(select(INBOX.c.raw))).decode()


async def chats(play):
    async with play.city.app.store.work(play.clock.now()) as work:
        rows = await work.rows(select(DESTINATION.c.chat, DESTINATION.c.scope, DESTINATION.c.title))
        return {row.chat: (row.scope, row.title) for row in rows if row.chat < 0}


def said_by_bot(group):
    return [shown.text for shown in group.sees if shown.from_bot]


# --- what the bot hears -----------------------------------------------------------------------------------------


async def test_an_admin_bot_says_that_it_sees_everything_and_keeps_nothing_of_it(play, characters):
    _, _, officer, group, _ = characters
    group.promotes_bot(officer)
    await play.city.settle()
    assert "群里说的每句话" in group.last.text
    assert "只留“管理话题”一项就行" in group.last.text
    said = len(said_by_bot(group))
    await officer.says("今天中午吃什么，昨天那户真难缠", to=group)
    await officer.says("/help@another_bot 难缠", to=group)
    await officer.says("难缠", to=group, reply_to=group.sees[-1])
    await officer.sends_photo("难缠.jpg 难缠", to=group)
    assert len(said_by_bot(group)) == said
    assert "难缠" not in await kept(play)
    await officer.says("/today", to=group)
    assert "武侯区" in group.last.text
    group.demotes_bot(officer)
    group.promotes_bot(officer, "can_manage_topics")
    await play.city.settle()
    assert "只有“管理话题”这一项权限" in group.last.text


@pytest.mark.covered
async def test_words_in_a_topic_that_the_bot_made_are_no_answers_to_it(play, characters):
    _, _, officer, group, wang = characters
    group.room.forum = True
    group.promotes_bot(officer, "can_manage_topics")
    await play.files(wang)
    await officer.says("这户真难缠", to=group, topic="浆洗街街道")
    assert "难缠" not in await kept(play)


async def test_what_an_anonymous_admin_does_to_the_group_holds_and_makes_nobody(play, characters):
    _, _, officer, group, _ = characters
    group.rename("武侯区住建2群", NOBODY)
    group.promotes_bot(NOBODY)
    await play.city.settle()
    assert await chats(play) == {group.id: ("510107", "武侯区住建2群")}
    assert "群里说的每句话" in group.last.text
    officer.says_anonymously("/today", to=group)
    await play.city.settle()
    assert "请用您自己的账号" in group.last.text
    async with play.city.app.store.work(play.clock.now()) as work:
        assert await work.first(select(PERSON).where(PERSON.c.user == ANONYMOUS_ADMIN)) is None


# --- unbound groups ---------------------------------------------------------------------------------------------


async def test_an_unbound_group_learns_nothing_but_how_to_bind(play, filed):
    officer = await play.staff("经办员甲")
    case = await play.case()
    group = play.city.sim.group("别的群", members=[officer.account])
    group.add_bot(by=officer.account)
    await play.city.settle()
    before = len(group.sees)
    for words in ("/today", "/overdue", "/project 锦城花园", "/todo", "/start p_jchy", "/nonsense"):
        await officer.says(words, to=group)
    await officer.says("说说看", to=group, reply_to=group.finds("本群尚未绑定", from_bot=True))
    told = {shown.text for shown in group.sees[before:] if shown.from_bot}
    assert len(told) == 1
    assert "本群尚未绑定" in told.pop()
    for verb in ("details", "supervise", "card", "work"):
        await officer.presses(group.finds("本群尚未绑定", from_bot=True), f"c:{verb}:{case.id}:1:")
    assert not any(case.number in shown.text for shown in [*group.sees, *officer.hears])
    assert not any(case.number in toast for toast in officer.toasts)


@pytest.mark.covered
async def test_neither_renaming_nor_promoting_nor_a_restart_puts_off_leaving(play):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("别的群", members=[officer.account])
    group.add_bot(by=officer.account)
    await play.city.app.settle()
    play.clock.wait(14 * 60)
    group.rename("还是别的群", officer.account)
    group.promotes_bot(officer.account)
    await play.city.app.outbox_dispatcher.recover()
    await play.city.app.settle()
    assert group.room.bot == "administrator"
    play.clock.wait(61)
    await play.city.app.settle()
    assert group.room.bot == "left"


async def test_a_group_that_was_replaced_is_left(play, characters):
    _, _, officer, group, _ = characters
    other = play.city.sim.group("新群", members=[officer.account])
    other.add_bot(by=officer.account)
    await officer.says("/bind")
    await officer.says(next(x for x in officer.answer.text.splitlines() if x.startswith("/bind ")), to=other)
    await officer.taps("确认")
    assert "不再是工作群" in "".join(said_by_bot(group))
    play.clock.wait(901)
    await play.city.settle()
    assert (group.room.bot, other.room.bot) == ("left", "member")


# --- what becomes of a group ------------------------------------------------------------------------------------


async def test_a_bot_that_was_removed_and_comes_back_goes_on(play, characters):
    _, _, officer, group, wang = characters
    group.remove_bot(by=officer.account)
    await play.city.settle()
    assert "我被移出了“武侯区住建工作群”" in officer.answer.text
    group.add_bot(by=officer.account)
    await play.city.settle()
    assert "本群已是武侯区的工作群" in group.last.text
    await play.files(wang)
    assert "抄告" in group.last.text
    play.clock.wait(901)
    await play.city.settle()
    assert group.room.bot == "member"


@pytest.mark.covered
async def test_a_group_bound_while_the_old_one_was_lost_is_the_only_one(play, characters):
    _, _, officer, group, wang = characters
    group.remove_bot(by=officer.account)
    await play.city.settle()
    other = play.city.sim.group("新群", members=[officer.account])
    other.add_bot(by=officer.account)
    await officer.says("/bind")
    await officer.says(next(x for x in officer.answer.text.splitlines() if x.startswith("/bind ")), to=other)
    await officer.taps("确认")
    group.add_bot(by=officer.account)
    await play.files(wang)
    assert "抄告" in other.last.text
    assert not any("抄告" in text for text in said_by_bot(group))


@pytest.mark.parametrize("order", ["as told", "backwards", "sent meanwhile"])
async def test_a_migrated_group_stays_bound_whatever_is_heard_first(play, characters, order):
    _, _, _officer, group, wang = characters
    updates = play.city.sim.updates
    group.migrate()
    if order == "backwards":
        waiting = list(updates._pending.items())
        updates.clear()
        for (number, _), (_, raw) in zip(waiting, reversed(waiting), strict=True):
            updates.inject({**raw, "update_id": number})
    if order == "sent meanwhile":
        waiting = list(updates._pending.items())
        updates.clear()
        await play.files(wang)
        assert len([call for call in play.city.sim.refused if "upgraded" in call.description]) == 1
        play.city.sim.calls[:] = [c for c in play.city.sim.calls if c.status != 400]
        for number, raw in waiting:
            updates.inject({**raw, "update_id": number + 100})
    await play.city.settle()
    await play.files(wang, "电梯坏了", "lift_stopped")
    assert "抄告" in group.last.text
    assert await chats(play) == {group.id: ("510107", "武侯区住建工作群")}
