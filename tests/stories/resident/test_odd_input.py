"""Odd input: bad values, old and forged buttons, people who can't be reached, malformed updates."""

import pytest
from scenes import scene

from simulator.world.messages import Shown

MEGABYTE = 1024 * 1024
UNUSABLE = "这个我处理不了。请发文字、照片、语音、视频或位置。"


@scene
async def filed(play):
    manager, head = await play.staff("经理甲", "负责人甲")
    wang = await play.resident()
    await play.files(wang)
    return manager, head, wang


def unknown(shown: Shown) -> bool:
    return "没找到这个问题" in shown.text


@pytest.mark.parametrize(
    ("sends", "how", "says"),
    [
        ("says", ("长" * 2001,), "太长了，最多2000个字"),
        ("sends_sticker", (), UNUSABLE),
        ("sends_document", ("big.pdf", 21 * MEGABYTE), "超过20MB的文件收不了"),
    ],
)
@pytest.mark.parametrize("where", ["outside", "supplement", "filing"])
async def test_what_cannot_be_taken_is_refused_and_changes_nothing(play, sends, how, says, where):
    wang = await play.resident()
    await play.files(wang)
    if where == "supplement":
        await wang.taps("补充")
    elif where == "filing":
        await wang.says("反映问题")
    before = await play.events()
    await getattr(wang, sends)(*how)
    assert says in wang.answer.text
    assert await play.events() == before


async def test_two_thousand_characters_are_taken(play):
    wang = await play.resident()
    await wang.says("灯" * 2000)
    assert "是什么问题？" in wang.answer.text


@pytest.mark.covered
async def test_a_managers_sticker_is_refused(play, filed):
    manager, _, _wang = filed
    before = await play.events()
    await manager.sends_sticker(reply_to=manager.card)
    assert UNUSABLE in manager.answer.text
    assert await play.events() == before


async def test_a_reply_to_a_message_of_no_case_is_told_so(play):
    manager = await play.staff("经理甲")
    await manager.opens()
    await manager.says("已处理", reply_to=manager.answer)
    assert "您回复的消息不属于哪个问题" in manager.answer.text
    assert await play.events() == []


async def test_a_resident_who_replies_to_some_message_begins_a_case(play):
    wang = await play.resident()
    await wang.opens()
    await wang.says("3栋楼道灯不亮", reply_to=wang.answer)
    assert "公共照明不亮" in wang.answer.labels


# --- buttons ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["x", "c:card", "c:card:abc:1:", "f", "m:", "zz:1:2:3", "c:nothing:1:1:", "🙂"])
async def test_garbage_on_a_button_does_nothing(play, filed, data):
    _, _, wang = filed
    before = await play.events()
    await wang.presses(wang.card, data)
    assert "旧版" in wang.answer.text or unknown(wang.answer)
    assert await play.events() == before


@pytest.mark.parametrize(
    "verb",
    [
        "card", "rate",
        *(pytest.param(v, marks=pytest.mark.covered)
          for v in ("sum", "supplement", "urge", "withdraw", "withdraw_sure", "agree")),
    ],
)  # fmt: skip
async def test_somebody_elses_case_is_not_found(play, filed, verb):
    stranger = await play.resident("李先生", ("5栋", "302"))
    await stranger.opens()
    before, case = await play.events(), await play.case()
    await stranger.presses(stranger.answer, f"c:{verb}:{case.id}:1:satisfied")
    assert stranger.answer.text == "没找到这个问题。"
    assert await play.events() == ["Refused", *before]


@pytest.mark.parametrize("verb", ["sort", "phone", "resolve", "take_over", "supervise", "accept", "sign", "details"])
async def test_a_resident_who_forges_a_button_of_staff_changes_nothing(play, filed, verb):
    _, _, wang = filed
    case = await play.case()
    await wang.presses(wang.card, f"c:{verb}:{case.id}:1:general")
    events = [name for name in await play.events() if name != "Refused"]
    assert events == ["Filed"]
    assert not wang.has("业主电话")


@pytest.mark.parametrize("data", ["c:sort:{id}:1:nonsense", "c:rate:{id}:1:great"])
async def test_a_forged_argument_is_an_old_button(play, filed, data):
    manager, _, wang = filed
    who = manager
    if "rate" in data:
        who = wang
        await manager.taps("已当场解决")
        await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    before = await play.events()
    await who.presses(who.card, data.format(id=(await play.case()).id))
    assert await play.events() == before
    assert not who.has("没能处理")
    assert "旧版" in who.answer.text


async def test_a_button_of_an_earlier_round_shows_the_case_as_it_is(play, filed):
    manager, _, wang = filed
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    result = wang.finds("已办结（")
    await wang.taps("不满意")
    await play.resolves(manager)
    before = await play.events()
    await wang.presses(result, f"c:rate:{(await play.case()).id}:1:satisfied")
    assert "情况已经变了，现在是这样" in wang.answer.text
    assert await play.events() == before


@pytest.mark.covered
async def test_a_form_that_is_over_says_so(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    question = wang.answer
    await wang.says("/cancel")
    await wang.taps("公共照明不亮", on=question)
    assert wang.has("这一步已经过去了")
    assert await play.cases() == []


async def test_a_dialogue_of_a_case_that_is_gone_changes_nothing(play, filed):
    manager, _, wang = filed
    await manager.taps("一般问题，2个工作日内办结")
    await wang.taps("撤回")
    await wang.taps("确定撤回")
    before = await play.events()
    await manager.says("电工已到现场查看，今天17:00前更换。")
    assert "情况已经变了" in manager.answer.text
    assert await play.events() == before


# --- people who can't be reached --------------------------------------------------------------------------------


@pytest.mark.covered
async def test_with_no_manager_the_deputy_gets_the_card(play):
    deputy, wang = await play.staff("副经理丁"), await play.resident()
    await play.files(wang)
    assert "新问题，等您响应" in deputy.card.text


async def test_with_nobody_of_the_project_the_head_gets_it_and_is_told_why(play):
    head, wang = await play.staff("负责人甲"), await play.resident()
    await play.files(wang)
    assert "在这里联系不上项目经理，所以通知您" in head.card.text


async def test_with_nobody_of_the_company_the_group_is_told(play):
    officer, wang = await play.staff("经办员甲"), await play.resident()
    group = await play.group(officer)
    await play.files(wang)
    told = group.finds("联系不上物业公司").text
    assert "项目经理 经理甲：还没加入" in told
    assert "企业负责人 负责人甲：还没加入" in told
    assert "已通知：武侯区住建部门" in wang.finds("已收到，").text


async def test_a_manager_who_blocks_the_bot_is_replaced_at_once(play, filed):
    manager, head, wang = filed
    await manager.blocks_bot()
    lost = head.finds("经办人收不到消息了")
    assert "公共照明不亮" in lost.text
    assert lost.labels == ["去办理"]
    await wang.taps("催一催")
    assert "在这里联系不上项目经理，所以通知您" in head.finds("住户在催").text


async def test_a_resident_who_comes_back_is_told_again(play, filed):
    manager, _, wang = filed
    await wang.blocks_bot()
    await manager.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=manager.card)
    assert not wang.has("答复了您")
    await wang.opens()
    await manager.taps("一般问题，2个工作日内办结")
    await play.resolves(manager)
    assert wang.has("已办结（")


# --- malformed updates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"message": None},
        {"message": "hello"},
        {"message": {"message_id": "x"}},
        {"message": {"message_id": 5, "date": 0, "chat": {"id": 1}, "from": {"id": "nobody"}}},
        {"callback_query": {"id": 1}},
        {"never_heard_of": {"a": 1}},
        {"message": [1, 2, 3]},
    ],
)
async def test_a_malformed_update_blocks_nobody(play, raw):
    wang = await play.resident()
    play.city.sim.inject(raw)
    await wang.says("3栋楼道灯不亮")
    assert "公共照明不亮" in wang.answer.labels


async def test_a_malformed_update_of_ones_own_blocks_nothing_that_follows(play):
    wang = await play.resident()
    play.city.sim.inject({"message": {"from": {"id": wang.id}, "chat": {"id": wang.id}, "text": 5}})
    await wang.says("3栋楼道灯不亮")
    assert "公共照明不亮" in wang.answer.labels
