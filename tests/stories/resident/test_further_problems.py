"""Several problems in one message are filed one after the other, and nothing is filler."""

import pytest

TWO = "3栋楼道灯不亮，另外门口垃圾几天没人清"


async def test_what_else_was_said_is_offered_once_the_first_is_filed(play):
    wang = await play.resident()
    await wang.says(TWO)
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert "您还说到：垃圾清运不及时" in wang.finds("您还说到").text
    await wang.taps("也反映")
    assert wang.has("垃圾清运不及时（投诉）")
    await wang.taps("提交")
    assert sorted(c.matter for c in await play.cases()) == ["lighting_out", "rubbish"]
    assert not [shown for shown in wang.sees if "您还说到" in shown.text]  # nothing is left to offer


async def test_what_was_only_mentioned_is_let_go(play):
    wang = await play.resident()
    await wang.says(TWO)
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    await wang.taps("不用了")
    assert wang.has("好的。有问题随时说")
    assert len(await play.cases()) == 1


async def test_one_problem_is_asked_about_no_further(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮，麻烦快点")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert not [shown for shown in wang.sees if "您还说到" in shown.text]


@pytest.mark.parametrize("says", ["你好，有人吗", "你们看着办"])
async def test_where_nothing_is_likely_the_shelves_are_shown(play, says):
    wang = await play.resident()
    await wang.says(says)
    assert wang.answer.labels[0] == "🛗 电梯水电"
    assert "说不清，请物业帮我选" in wang.answer.labels


async def test_no_shelf_shows_more_than_ten_buttons_and_each_has_its_own_rest(play):
    wang = await play.resident()
    catalogue = play.city.app.store.rules.catalogue
    await wang.says("你们看着办")
    for group in catalogue.groups:
        await wang.taps(f"{group.picture} {group.label.zh}")
        pages = -(-(len(catalogue.of_group(group.id)) - 1) // 6)
        shown = set()
        for _ in range(pages):
            assert len(wang.answer.labels) <= 10
            assert catalogue.get(group.other).label.zh in wang.answer.labels
            shown |= set(wang.answer.labels)
            await wang.taps("更多 ▸")
        assert {matter.label.zh for matter in catalogue.of_group(group.id)} <= shown
        await wang.taps("返回")
