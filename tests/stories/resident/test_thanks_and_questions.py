"""Thanks, "when will it be done?" and "broken again" are answered; nothing is asked that nobody needs."""

import pytest
from scenes import scene


@scene
async def closed(play, filed):
    """A lamp that was mended, rated and closed."""
    manager, wang = filed
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    await wang.taps("满意")
    return manager, wang


async def test_thanks_are_thanked_and_nothing_is_asked(play, filed):
    manager, wang = filed
    await wang.says("好的，谢谢师傅🙏")
    assert "不客气" in wang.answer.text
    assert wang.answer.labels == []
    assert not manager.has("谢谢师傅")


@pytest.mark.parametrize("words", ["什么时候能好？", "修好了没有", "怎么还没人来"])
async def test_who_asks_when_gets_the_live_card(filed, words):
    _, wang = filed
    before = len(wang.hears)
    await wang.says(words)
    assert len(wang.hears) == before + 1
    assert "查看进度" in wang.answer.labels or "催一催" in wang.answer.labels
    assert "公共照明不亮" in wang.answer.text


async def test_who_asks_when_with_several_cases_gets_their_list(play, filed):
    _, wang = filed
    await play.files(wang, "物业侵占公共收益", "public_income")
    await wang.says("什么时候能好？")
    for matter in ("公共照明不亮", "公共收益"):
        assert any(matter in label for label in wang.answer.labels) or matter in wang.answer.text


async def test_what_is_broken_again_is_filed_again_in_one_tap(play, closed):
    manager, wang = closed
    await wang.says("又坏了")
    assert "是不是这个问题又来了？公共照明不亮" in wang.answer.text
    await wang.taps("还是这个问题，重新办理")
    first, second = await play.cases()
    assert (second.matter, second.building) == (first.matter, first.building)
    assert "又坏了" in manager.card.text
    assert "楼道灯不亮" in manager.card.text


async def test_what_says_more_is_not_swallowed(play, closed):
    _, wang = closed
    await wang.says("电梯又坏了")
    assert "还是这个问题，重新办理" not in wang.answer.labels


async def test_another_problem_begins_with_the_words_that_were_sent(play, closed):
    _, wang = closed
    await wang.says("又坏了")
    await wang.taps("新问题")
    assert "还是这个问题，重新办理" not in wang.answer.labels
    assert len(await play.cases()) == 1
