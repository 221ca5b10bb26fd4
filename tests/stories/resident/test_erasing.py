"""/privacy: people read it, take their data along, and have them deleted; the cases stay whole without them."""

import json
from datetime import timedelta

import pytest
from rebuilt_case import every_case_is_what_its_events_make_it
from sqlalchemy import select

from complaints.model.complaint import State
from complaints.model.people import Role
from storage.maintenance.audit import verify
from storage.privacy.pseudonyms import complainants
from storage.repositories import duties, people
from storage.tables import DIALOGUE, HOUSEHOLD, INBOX, OUTBOX, PERSON, STATEMENT

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
WORDS = "3栋电表箱那家姓欧阳的把楼道堵了"
TABLES = (HOUSEHOLD, DIALOGUE, INBOX, OUTBOX, PERSON, STATEMENT)


async def kept(play):
    """Everything that the database holds, as text."""
    async with play.city.app.store.work(play.clock.now()) as work:
        rows = [row for table in TABLES for row in await work.rows(select(table))]
    return " ".join(json.dumps([v.decode() if isinstance(v, bytes) else v for v in row], default=str,
                               ensure_ascii=False) for row in rows)  # fmt: skip


async def erases(who):
    await who.says("/privacy")
    await who.taps("删除我的数据")
    await who.taps("确认删除")


def files_of(play, who):
    """What is in the documents that the bot has sent here."""
    sent = [post for post in who.room.posts.values() if post.from_bot and "document" in post.media]
    return [play.city.sim.world.files.of(post.fields["document"].file_id).data for post in sent]


async def counted(play, kinds=None):
    async with play.city.app.store.work(play.clock.now()) as work:
        return await complainants(work, "project", "jchy", play.clock.now() - timedelta(days=180), kinds=kinds)


async def test_nothing_is_left_of_a_resident_and_the_case_goes_on(play):
    manager, wang = await play.staff("经理甲"), await play.resident("欧阳王女士", ("3栋", "四二零七"))
    await wang.says(WORDS)
    await wang.sends_photo()
    await play.files(wang, WORDS, "lighting_out")
    await wang.sends_photo("补一张照片", reply_to=wang.card)
    await manager.says(ANSWER, reply_to=manager.finds(WORDS))
    assert manager.has(WORDS)
    assert manager.photos == 1
    phone = wang.phone
    await erases(wang)
    assert "个人信息已删除" in wang.answer.text
    everything = await kept(play)
    for trace in (WORDS, "欧阳", "四二零七", phone, str(wang.id)):
        at = everything.find(trace)
        assert at < 0, everything[max(0, at - 200) : at + 100]
    assert not manager.has(WORDS)
    assert not manager.has("四二零七")
    assert manager.photos == 0
    assert manager.has("住户已要求删除个人信息")
    case = await play.case()
    assert case.state is State.ANSWERED
    assert case.households == ()
    assert (await verify(play.city.app.store.engine)).breaks == ()
    assert (await play.events()).count("Erased") == 1
    await play.resolves(manager)
    assert (await play.case()).state is State.RESOLVED
    await every_case_is_what_its_events_make_it(play.city, play)


async def test_a_resident_who_comes_back_is_a_stranger_and_counts_as_the_same(play):
    wang = await play.resident()
    await play.files(wang)
    await erases(wang)
    assert await counted(play) == 1
    await wang.says("/mine")
    assert not wang.answer.labels
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says("3栋 1201")
    await wang.taps("暂不分享")
    await play.files(wang)
    assert wang.has("已收到")
    assert await counted(play) == 1
    li = await play.resident("李先生", ("4栋", "301"))
    await play.files(li)
    assert await counted(play) == 2
    assert await counted(play, frozenset({"complaint"})) == 0
    await li.taps("撤回", on=li.card)
    await li.taps("确定撤回")
    assert await counted(play) == 1


@pytest.mark.covered
async def test_the_other_household_goes_on_and_negotiates(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    li = await play.resident("李先生", ("3栋", "301"))
    await play.files(wang, WORDS)
    await li.says("楼道灯也不亮，电表箱这里也过不去")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    await erases(wang)
    case = await play.case()
    assert len(case.households) == 1
    assert case.first_complainant == case.households[0]
    assert not manager.has(WORDS)
    assert "其他住户继续跟进" in manager.finds("已要求删除个人信息").text
    await manager.says(ANSWER, reply_to=manager.card)
    assert li.has(ANSWER)
    assert not wang.has(ANSWER)


@pytest.mark.covered
async def test_what_will_happen_is_said_first_and_nothing_happens_by_an_old_button(play):
    wang = await play.resident()
    await play.files(wang)
    await wang.says("/privacy delete")
    question = wang.answer
    assert "还有1件没办完" in question.text
    assert question.labels == ["确认删除", "取消"]
    await wang.taps("取消")
    await wang.presses(question, "m:erase:yes")
    assert "要删除您的个人信息吗" in wang.answer.text
    assert "Erased" not in await play.events()


async def test_a_managers_duties_and_answers_stay(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.says(ANSWER, reply_to=manager.card)
    await manager.says("/privacy delete")
    assert "姓名、工作电话和任职留在名册里，任职结束180天后清除" in manager.answer.text
    assert "会删除：您的称呼、电话" not in manager.answer.text
    await manager.taps("确认删除")
    assert "作为住户的信息已删除" in manager.answer.text
    async with play.city.app.store.work(play.clock.now()) as work:
        known = await people.by_user(work, manager.id)
    assert known.phone == manager.phone
    assert ANSWER in await kept(play)
    await manager.says("灯泡换好了", reply_to=manager.card)
    assert wang.has("灯泡换好了")


async def test_the_export_holds_all_of_ones_own_and_nothing_of_anybody_else(play):
    manager, wang = await play.staff("经理甲"), await play.resident("王<b>女士", ("3栋", "1201"))
    li = await play.resident("李先生", ("3栋", "301"))
    await play.files(wang, f"{WORDS} & <i>急</i>")
    await li.says("楼道灯不亮，我家门口也堵了")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    await manager.says(ANSWER, reply_to=manager.card)
    await wang.says("/privacy")
    await wang.taps("导出我的数据")
    page, data = (content.decode() for content in files_of(play, wang))
    found = json.loads(data)
    assert (found["phone"], found["user"], found["homes"][0]["room"]) == (wang.phone, wang.id, "1201")
    assert found["cases"][0]["words"][0]["text"] == f"{WORDS} & <i>急</i>"
    assert "&lt;i&gt;急" in page
    assert "<b>女士" not in page
    for theirs in ("我家门口", "301", "李先生", "经理甲", li.phone, "13800000101", ANSWER):
        assert theirs not in page + data
    async with play.city.app.store.work(play.clock.now()) as work:
        rows = await work.rows(select(OUTBOX).where(OUTBOX.c.method == "document"))
    assert [(row.state, row.rendered) for row in rows] == [("sent", None)] * 2


async def exported(play, who):
    await who.says("/privacy export")
    page, data = (content.decode() for content in files_of(play, who)[-2:])
    return json.loads(data), page


async def follows(wang, daughter):
    await wang.taps("查看进度")
    await wang.taps("请家人一起看")
    await daughter.opens("i_" + wang.answer.text.split("start=i_")[1].split()[0])


async def test_the_export_tells_who_looked_at_ones_number_and_what_one_follows(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    daughter = play.stranger("女儿", phone="13700000001")
    await play.files(wang, WORDS)
    await manager.taps("显示电话")
    await follows(wang, daughter)
    await wang.says("另一件还没说完的事")
    data, page = await exported(play, wang)
    [look] = data["cases"][0]["looks"]
    assert look["role"] == "project_manager"
    assert "您的电话被查看" in page
    assert "另一件还没说完的事" in page
    assert "经理甲" not in page + str(data)
    data, page = await exported(play, daughter)
    [case] = data["followed"]
    assert (case["community"], case["number"]) == ("锦城花园", (await play.case()).number)
    assert case["number"] in page
    assert WORDS not in page + str(data)


async def test_family_reads_the_notice_and_is_told_once_when_the_household_is_gone(play):
    wang, daughter = await play.resident(), play.stranger("女儿", phone="13700000001")
    await play.files(wang, WORDS)
    await follows(wang, daughter)
    assert "/privacy" in daughter.finds("家里的这件事").text
    await erases(wang)
    assert (await play.case()).number in daughter.finds("家人已删除个人信息，这件事不再显示").text
    assert daughter.count("家人已删除个人信息") == 1


async def test_the_export_of_staff_holds_absences_and_watches(play):
    manager, deputy = await play.staff("经理甲", "副经理丁")
    now = play.clock.now()
    async with play.city.app.store.work(now) as work:
        ids = [(await people.by_user(work, who.id)).id for who in (manager, deputy)]
        duties.leave(work, *ids, Role.PROJECT_MANAGER, "jchy", now.date(), now.date())
        await duties.post(work, "jchy", ids[1], [(now, now + timedelta(hours=8))])
        await work.commit()
    assert [a["deputy"] for a in (await exported(play, manager))[0]["absences"]] == [False]
    data, page = await exported(play, deputy)
    assert [a["deputy"] for a in data["absences"]] == [True]
    assert [w["community"] for w in data["watches"]] == ["锦城花园"]
    assert "您值班" in page


async def test_what_telegram_no_longer_lets_us_delete_is_left_and_nothing_is_asked_of_it(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang, WORDS)
    await wang.sends_photo(reply_to=wang.card)
    play.clock.move(timedelta(days=3))
    await erases(wang)
    assert manager.photos == 1
    assert not manager.has(WORDS)  # the card is drawn anew
    assert WORDS not in await kept(play)
