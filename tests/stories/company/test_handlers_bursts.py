"""Nothing that a handler says is lost: words that reply to nothing, results in parts, and two cases at once."""

import pytest
from playing import ANSWER, DONE


@pytest.fixture
async def filed(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    return manager, wang


async def test_words_that_reply_to_nothing_go_to_the_case_that_is_tapped(play, filed):
    manager, wang = filed
    manager.account.says(ANSWER)
    manager.account.sends_photo("现场")
    await play.city.settle()
    assert "这2条还没有发给任何人" in manager.answer.text
    await manager.taps("公共照明不亮", on=manager.answer)
    assert f"{ANSWER}\n现场" in wang.finds("答复了您").text
    assert wang.photos == 1


async def test_words_for_no_case_are_dropped_by_a_tap_and_said_to_be(play, filed):
    manager, wang = filed
    await manager.says(ANSWER)
    question = manager.answer
    await manager.taps("都不发", on=question)
    assert "什么都没有发出" in manager.answer.text
    await manager.presses(question, f"f:reply:{(await play.case()).id}:0")
    assert not wang.has("答复了您")


async def test_with_nothing_to_do_words_are_said_to_be_sent_to_nobody(play):
    manager = await play.staff("经理甲")
    await manager.says(ANSWER)
    assert manager.has("没有发给任何人")


async def test_what_is_said_after_the_words_that_were_asked_for_is_kept_as_well(play, filed):
    manager, wang = filed
    await manager.says(ANSWER, reply_to=manager.card)
    await manager.taps("进展") if "进展" in manager.card.labels else None
    manager.account.says("师傅已经换好两盏灯，今天16:00换第三盏")
    await play.city.settle()
    await manager.taps("公共照明不亮", on=manager.answer)
    assert wang.has("换好两盏灯")


async def test_a_result_in_parts_is_looked_at_in_one_message(play, filed):
    manager, wang = filed
    await manager.says(ANSWER, reply_to=manager.card)
    await manager.taps("提交办结")
    for words in (DONE, "另外两盏也换了，19:00试过都亮。"):
        manager.account.says(words)
    manager.account.sends_photo()
    await play.city.settle()
    looks = [shown for shown in manager.hears if "提交" in shown.labels]
    assert len(looks) == 1
    await manager.taps("提交", on=looks[0])
    assert "另外两盏也换了" in wang.finds("已办结").text


async def test_a_result_outlives_a_look_at_another_case(play, filed):
    manager, wang = filed
    await play.files(wang, "垃圾三天没人清", "rubbish")
    first = next(shown for shown in manager.hears if "公共照明不亮" in shown.text and "编号" in shown.text)
    other = next(shown for shown in manager.hears if "垃圾" in shown.text and "编号" in shown.text)
    for card in (first, other):
        await manager.says(ANSWER, reply_to=card)
    cards = {"lighting_out": None, "rubbish": None}
    for case in await play.cases():
        await manager.presses(first, f"c:resolve:{case.id}:1:")
        if case.matter == "lighting_out":
            await manager.says(DONE)
            cards[case.matter] = manager.answer
    await manager.taps("提交", on=cards["lighting_out"])
    assert DONE in wang.finds("已办结").text


async def test_an_edited_result_goes_out_in_its_newest_form(play, filed):
    manager, wang = filed
    await manager.says(ANSWER, reply_to=manager.card)
    await manager.taps("提交办结")
    said = await manager.says(DONE)
    await manager.edits(said, DONE.replace("3栋", "3栋5单元"))
    await manager.taps("提交")
    assert "3栋5单元" in wang.finds("已办结").text


async def test_the_reason_for_another_date_is_given_back_where_another_case_comes_between(play, filed):
    manager, wang = filed
    await play.files(wang, "垃圾三天没人清", "rubbish")
    for card in [shown for shown in manager.hears if "新问题，等您响应" in shown.text]:
        await manager.says(ANSWER, reply_to=card)
    first, second = [case.id for case in await play.cases()]
    await manager.presses(manager.answer, f"c:more_time:{first}:1:")
    await manager.says("灯具要订货，三天后到")
    await manager.presses(manager.answer, f"c:progress:{second}:1:")
    told = manager.finds("这段话没有发出")
    assert "灯具要订货，三天后到" in told.text
