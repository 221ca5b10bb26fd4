"""Nothing that is said is lost: bursts of words, photos and files, forwarded, edited or deleted, are all taken."""

import pytest

from handlers.framework import waiting_words

FIRST, SECOND, THIRD = "第一句：灯还是不亮", "第二句：三楼的也不亮", "第三句：请快一点"


@pytest.fixture
async def filed(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    return manager, wang


async def bursts(play, who, *texts):
    """All of them are sent before the bot has heard the first."""
    sent = [who.account.says(text) for text in texts]
    await play.city.settle()
    return sent


def asked(who):
    return [shown for shown in who.hears if "新问题" in shown.labels]


async def test_a_burst_gets_one_question_and_the_answer_takes_all_of_it_in_order(play, filed):
    manager, wang = filed
    await bursts(play, wang, FIRST, SECOND, THIRD)
    [question] = asked(wang)
    assert "这3条" in question.text
    await wang.taps("补充", on=question)
    assert f"{FIRST}\n{SECOND}\n{THIRD}" in manager.finds("住户补充").text
    assert manager.count("住户补充") == 1


async def test_photos_voice_albums_and_words_between_them_all_arrive(play, filed):
    manager, wang = filed
    wang.account.says(FIRST)
    wang.account.sends_photo("天花板")
    wang.account.sends_album(3, caption=SECOND)
    wang.account.sends_voice()
    wang.account.says(THIRD)
    await play.city.settle()
    [question] = asked(wang)
    assert "这7条" in question.text
    await wang.taps("补充", on=question)
    assert f"{FIRST}\n天花板\n{SECOND}\n{THIRD}" in manager.finds("住户补充").text
    assert manager.photos == 4
    assert any(shown.media == ["voice"] for shown in manager.hears)


async def test_every_caption_of_an_album_is_heard(play, filed):
    manager, wang = filed
    album = play.city.sim.world.album()
    for caption in ("左边", "右边"):
        wang.account.sends_file("photo", caption, album=album, reply_to=wang.finds("已收到，"))
    await play.city.settle()
    assert "左边\n右边" in manager.finds("住户补充").text


async def test_a_tap_on_an_older_question_takes_what_that_one_stands_for(play, filed):
    manager, wang = filed
    await bursts(play, wang, FIRST, SECOND)
    await wang.taps("查看进度")
    await wang.says("垃圾三天没人清")
    older, newer = asked(wang)
    assert "条是" not in newer.text
    await wang.taps("新问题", on=newer)
    await wang.taps("垃圾清运不及时")
    await wang.taps("提交")
    await wang.taps("补充", on=older)
    await wang.taps("公共照明不亮")
    assert f"{FIRST}\n{SECOND}" in manager.finds("住户补充").text
    assert "垃圾" in (await play.case()).matter or len(await play.cases()) == 2


async def test_an_edited_message_that_waits_is_taken_in_its_newest_form(play, filed):
    manager, wang = filed
    first, second = await bursts(play, wang, FIRST, SECOND)
    await wang.edits(first, "第一句：3栋的灯还是不亮")
    await wang.edits(first, "第一句：3栋1楼的灯还是不亮")
    await wang.taps("补充", on=asked(wang)[0])
    assert f"第一句：3栋1楼的灯还是不亮\n{SECOND}" in manager.finds("住户补充").text
    await wang.edits(second, "改晚了")
    assert "改动没有转达" in wang.answer.text
    assert not manager.has("改晚了")


async def test_an_edit_of_what_was_given_back_is_answered_once(play, filed):
    _, wang = filed
    for n in range(waiting_words.MOST_QUESTIONS):
        await wang.says(f"第{n + 1}句")
        await wang.says("/mine")
    given_back = await wang.says("再来一句")
    assert "没有收下" in wang.answer.text
    await wang.edits(given_back, "改过的一句")
    assert "没有转达给任何人" in wang.answer.text
    said = len(wang.hears)
    await wang.edits(given_back, "改过的一句")
    assert len(wang.hears) == said


async def test_an_edit_of_words_that_went_to_the_case_at_once_is_answered(play, filed):
    manager, wang = filed
    said = await wang.says("电梯里有人被困")
    assert "已补充" in wang.answer.text
    await wang.edits(said, "夜里水泵很吵")
    assert "没有转达给任何人" in wang.answer.text
    assert not manager.has("夜里水泵很吵")


async def test_an_edited_message_of_a_draft_is_taken_in_its_newest_form(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    said = await wang.says("3栋灯不亮")
    await wang.taps("公共照明不亮")
    await wang.edits(said, "5栋灯不亮")
    assert "5栋灯不亮" in wang.answer.text
    await wang.taps("提交")
    assert manager.has("5栋灯不亮")
    assert not manager.has("3栋灯不亮")


async def test_a_burst_that_begins_a_case_gets_one_question(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await bursts(play, wang, "楼道灯不亮", "三楼也是", "晚上看不见")
    assert sum("公共照明不亮" in shown.labels for shown in wang.hears) == 1
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert "楼道灯不亮\n三楼也是\n晚上看不见" in manager.card.text


async def test_a_draft_that_was_left_goes_on_with_what_is_said_next(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("楼道灯不亮")
    await wang.says("/mine")
    await wang.says("三楼也是")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert "楼道灯不亮\n三楼也是" in manager.card.text


async def test_a_second_tap_on_new_problem_drops_no_draft(play, filed):
    _, wang = filed
    await wang.says("垃圾三天没人清")
    question = asked(wang)[0]
    await wang.taps("新问题", on=question)
    await wang.presses(question, "f:fresh::0")
    await wang.taps("继续填写")
    await wang.taps("垃圾清运不及时")
    await wang.taps("提交")
    assert len(await play.cases()) == 2


async def test_while_a_draft_is_open_other_words_go_on_waiting(play, filed):
    manager, wang = filed
    await wang.says("垃圾三天没人清")
    await wang.says("/mine")
    await wang.says("快递柜坏了")
    rubbish, locker = asked(wang)
    await wang.taps("新问题", on=rubbish)
    await wang.taps("新问题", on=locker)
    assert "还在上面等着" in wang.answer.text
    await wang.taps("继续填写")
    await wang.taps("垃圾清运不及时")
    await wang.taps("提交")
    await wang.taps("补充", on=locker)
    await wang.taps("公共照明不亮")
    assert "快递柜坏了" in manager.finds("住户补充").text


async def test_words_whose_case_was_closed_meanwhile_may_become_a_new_one(play, filed):
    _, wang = filed
    await wang.says("垃圾三天没人清")
    question = asked(wang)[0]
    await wang.taps("撤回")
    await wang.taps("确定撤回")
    await wang.taps("补充", on=question)
    await wang.taps("垃圾清运不及时")
    await wang.taps("提交")
    assert (await play.case()).matter == "rubbish"


async def test_more_than_fits_under_one_question_gets_another_one(play, filed):
    manager, wang = filed
    await bursts(play, wang, "甲" * 1500, "乙" * 1500)
    first, second = asked(wang)
    for question in (second, first):
        await wang.taps("补充", on=question)
    assert manager.count("住户补充") == 2


async def test_a_draft_that_is_full_refuses_what_does_not_fit(play):
    wang = await play.resident()
    await bursts(play, wang, "灯不亮" * 600, "甲" * 1500)
    assert "太长" in wang.answer.text


async def test_forwarded_words_are_collected_as_well(play, filed):
    manager, wang = filed
    neighbour = await play.resident("李先生", ("5栋", "302"))
    await neighbour.says("楼下的灯全坏了")
    own = next(shown for shown in neighbour.sees if not shown.from_bot)
    wang.account.says(FIRST)
    wang.account.forwards(own)
    await play.city.settle()
    await wang.taps("补充", on=asked(wang)[0])
    assert f"{FIRST}\n楼下的灯全坏了" in manager.finds("住户补充").text


async def test_a_photo_that_comes_as_the_place_belongs_to_the_case(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("修改")
    await wang.taps("地点")
    await wang.sends_photo("5栋一楼")
    await wang.taps("提交")
    assert manager.photos == 1
