"""The menu and the commands, in both languages."""

import re

import pytest

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("label", "command", "says"),
    [
        ("反映问题", "/report", "请说说哪里有问题，发文字、语音、照片、视频或位置都行。"),
        ("我的问题", "/mine", "您还没反映过问题"),
        ("我的小区", "/home", "锦城花园 · 小区问题马上解决"),
        ("帮助", "/help", "我的问题：/mine"),
    ],
)
@pytest.mark.covered
async def test_a_label_and_its_command_do_the_same(play, label, command, says):
    wang = await play.resident()
    await wang.opens()
    await wang.taps(label)
    tapped = wang.answer
    await wang.says(command)
    assert says in tapped.text
    assert (wang.answer.text, wang.answer.labels) == (tapped.text, tapped.labels)


@pytest.mark.parametrize("how", ["中文/English", "/language"])
async def test_the_language_is_changed_and_changed_back(play, how):
    wang = await play.resident()
    await wang.says(how)
    assert wang.answer.text == "From now on I speak English."
    assert wang.answer.keyboard[0][0].label == "Report a problem"
    await wang.says(how)
    assert wang.answer.text == "从现在起，我说中文。"


async def test_a_label_of_the_other_language_still_works(play):
    wang = await play.resident()
    await wang.says("/language")
    await wang.says("我的问题")
    assert "You have no cases yet" in wang.answer.text


async def test_the_privacy_notice_can_be_read_at_any_time(play):
    wang = await play.resident()
    await wang.says("/privacy")
    assert "我们怎么对待您的数据" in wang.answer.text


@pytest.mark.covered
async def test_the_notice_board_names_manager_telephones_promise_and_figures(play):
    await play.staff("经理甲")
    wang = await play.resident()
    await play.files(wang)
    await wang.says("我的小区")
    lines = wang.answer.text.splitlines()
    assert lines[1:5] == [
        "项目经理：经理甲",
        "项目电话：028-80000011（每天 08:00-22:00）",
        "锦安物业：028-80000001（工作日 09:00-18:00）",
        "武侯区住建部门：028-85293449（工作日 09:00-18:00）",
    ]
    assert "工作时间4小时内、非工作时间8小时内响应" in wang.answer.text
    assert "本月反映1件，办结0件，超时0件；现在未结1件" in wang.answer.text


@pytest.mark.covered
async def test_a_whole_filing_in_english(play):
    ann = play.stranger("Ann", language="en")
    await ann.opens("p_jchy")
    await ann.taps("Agree and go on")
    await ann.says("Building 3, 1201")
    await ann.taps("Share my phone number")
    await ann.taps("Report a problem")
    await ann.says("The lamp on the third floor is broken")
    await ann.taps("Public lighting is out")
    await ann.taps("Submit")
    receipt = ann.finds("Received. The clock is running.")
    assert "They must respond by Wed 18 Nov 14:00 (filed in working time, response within 4 hours)" in receipt.text
    labels = [label for shown in ann.hears for label in shown.labels]
    assert [label for label in labels if CHINESE.search(label)] == []


async def test_each_side_reads_its_own_language(play):
    manager = await play.staff("经理甲")
    ann = play.stranger("Ann", language="en")
    await ann.opens("p_jchy")
    await ann.taps("Agree and go on")
    await ann.says("Building 3, 1201")
    await ann.taps("Not now")
    await ann.says("The lamp is broken")
    await ann.taps("Public lighting is out")
    await ann.taps("Submit")
    assert "公共照明不亮（报修）" in manager.card.text
    await manager.says("The lamp is replaced today at 17:00.", reply_to=manager.card)
    assert "has answered" in ann.finds("The lamp is replaced").text


@pytest.mark.covered
async def test_the_menu_leaves_a_dialogue(play):
    wang = await play.resident()
    await wang.says("反映问题")
    await wang.says("我的问题")
    await wang.says("灯坏了")
    assert "公共照明不亮" in wang.answer.labels


async def test_cancel_with_nothing_begun_says_so(play):
    wang = await play.resident()
    await wang.says("/cancel")
    assert wang.answer.text == "现在没有可取消的。"


@pytest.mark.parametrize("said", ["/report", "/home", "灯坏了"])
async def test_somebody_who_has_not_joined_is_shown_both_ways_in(play, said):
    nobody = play.stranger()
    await nobody.says(said)
    assert "住户" in nobody.answer.text
