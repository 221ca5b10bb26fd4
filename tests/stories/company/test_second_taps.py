"""Two taps on one message, before its buttons have gone: the first counts, and nothing that it brought is unsaid."""

import pytest

DONE = "灯泡已更换，3栋楼道灯恢复正常。"
NO_MORE = "您刚才点的已经生效，这一下没有改动。"
BEFORE = "这一步已经过去了"


async def both(play, who, first, then):
    """Two fingers, or one that trembles: the second tap leaves before the first is answered."""
    who.account.taps(first)
    who.account.taps(then)
    await play.city.settle()


@pytest.mark.parametrize("then", ["提交", "取消", "修改"])
async def test_a_case_that_has_been_submitted_stays_so(play, then):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await both(play, wang, "提交", then)
    assert len(await play.cases()) == 1
    assert wang.has("已提交，回执马上发给您。")
    assert not wang.has(BEFORE)
    assert not wang.has("已取消")
    assert NO_MORE in wang.toasts


async def test_a_second_tap_leaves_the_further_problem_offered(play):
    wang = await play.resident()
    await wang.says("物业侵占公共收益，从不公示，收费也没有明码标价")
    await wang.taps("公共收益不公开被挪用")
    await both(play, wang, "提交", "提交")
    assert wang.offers("也反映")
    await wang.taps("也反映")
    await wang.taps("提交")
    assert len(await play.cases()) == 2


@pytest.mark.parametrize("then", ["提交", "取消", "先存草稿"])
async def test_a_result_that_has_been_submitted_stays_so(play, answered, then):
    manager, wang = answered
    await manager.taps("提交办结")
    await manager.says(DONE)
    await both(play, manager, "提交", then)
    assert wang.count("已办结（") == 1
    assert manager.has("结果已提交。")
    assert not manager.has("已取消")
    assert not manager.has("情况已经变了")


@pytest.mark.parametrize("then", ["发", "取消"])
async def test_a_date_that_has_been_sent_stays_so(play, filed, then):
    manager, _ = filed
    await manager.taps("情况复杂，和业主商定")
    await manager.says("灯具老化，要整体更换，得先采购。")
    await manager.says("11月25日 18:00")
    await both(play, manager, "发", then)
    assert manager.has("您提出的时间：11月25日(周三) 18:00。")
    assert not manager.has(BEFORE)
    assert not manager.has("已取消")


async def test_a_rating_that_is_tapped_twice_brings_no_second_card(play, answered):
    manager, wang = answered
    await play.resolves(manager)
    await both(play, wang, "满意", "满意")
    assert wang.has("谢谢，您的评价：满意")
    assert not wang.has("情况已经变了")
    assert NO_MORE in wang.toasts


async def test_what_has_been_withdrawn_is_not_said_to_be_kept(play, filed):
    _, wang = filed
    await wang.taps("撤回", on=wang.card)
    await both(play, wang, "确定撤回", "取消")
    assert wang.has("已撤回。")
    assert not wang.has("什么都没")


@pytest.mark.parametrize("menu", ["联系 ▸", "分类 ▸"])
async def test_a_menu_opens_again_after_the_card_was_drawn_anew(play, filed, menu):
    manager, wang = filed
    number = manager.card.message_id

    def card():
        return next(shown for shown in manager.sees if shown.message_id == number)

    await manager.taps(menu, on=card())
    assert "返回" in card().labels
    await wang.taps("催一催")
    await play.city.pass_by(minutes=1)
    assert menu in card().labels  # it shows the case as it is now, its menus closed
    await manager.taps(menu, on=card())
    assert NO_MORE not in manager.toasts
    assert "返回" in card().labels
