"""Coming to the bot: with a code, without one, as staff, and with words already written."""

import pytest

NOTICE = ["1. ", "2. ", "3. ", "4. ", "5. ", "6. "]
PHONES = {
    "副经理丁": "13800000104",
    "负责人甲": "13800000105",
    "经办员甲": "13800000107",
    "市局经办员": "13800000110",
    "网格长甲": "13800000113",
    "街道专员甲": "13800000111",
}
MENU = ["反映问题", "我的问题", "我的小区", "帮助", "中文/English"]


def keys(shown):
    return [key.label for row in shown.keyboard for key in row]


async def test_a_code_greets_with_the_community_and_the_privacy_notice(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    assert "锦城花园" in wang.answer.text
    assert [line[:3] for line in wang.answer.text.splitlines()[1:]] == NOTICE
    assert wang.answer.labels == ["同意并继续", "查看全文"]


async def test_the_whole_privacy_notice_can_be_read_before_agreeing(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.taps("查看全文")
    assert "不出售" in wang.answer.text
    await wang.taps("同意并继续")
    assert "楼栋和房号" in wang.answer.text


async def test_nobody_is_asked_for_a_room_before_agreeing(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.says("3栋 1201")
    assert not wang.has("分享手机号，也可以")
    assert "Consented" not in await play.events()


async def test_agreeing_is_on_record(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    assert await play.events() == ["Consented"]


@pytest.mark.covered
async def test_sharing_the_phone_ends_in_the_menu(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says("3栋 1201")
    await wang.taps("分享手机号")
    assert "好了：锦城花园 3栋 1201" in wang.answer.text
    assert keys(wang.answer) == MENU


async def test_a_resident_may_keep_the_phone_number(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says("3栋1201")
    assert keys(wang.answer) == ["分享手机号", "暂不分享"]
    await wang.taps("暂不分享")
    assert "好了：锦城花园 3栋 1201" in wang.answer.text
    assert keys(wang.answer) == MENU


async def test_a_code_in_the_lift_knows_the_building(play):
    wang = play.stranger()
    await wang.opens("p_jchy_3")
    await wang.taps("同意并继续")
    assert "您的楼栋：3" in wang.answer.text
    await wang.says("2单元1201")
    await wang.taps("暂不分享")
    assert "锦城花园 3栋 2单元1201" in wang.answer.text


async def test_without_a_code_the_community_is_found_by_district_and_part_of_its_name(play):
    wang = play.stranger()
    await wang.opens()
    await wang.taps("我住这里，找我的小区")
    await wang.taps("武侯区")
    await wang.says("锦城")
    await wang.taps("锦城花园")
    assert "锦城花园的住户" in wang.answer.text
    await wang.taps("同意并继续")
    await wang.says("3栋 1201")
    assert keys(wang.answer) == ["分享手机号", "暂不分享"]


async def test_a_name_that_no_community_bears_is_asked_for_again(play):
    wang = play.stranger()
    await wang.opens()
    await wang.taps("我住这里，找我的小区")
    await wang.taps("武侯区")
    await wang.says("东湖里")
    assert "没找到这样的小区" in wang.answer.text
    await wang.says("望江")
    assert wang.answer.labels == ["望江苑", "返回", "取消"]


@pytest.mark.parametrize("payload", ["p_nowhere", "x", "p_", "p_nowhere_3"])
async def test_an_unknown_code_offers_the_other_ways_in(play, payload):
    wang = play.stranger()
    await wang.opens(payload)
    assert "没找到这个码对应的小区" in wang.answer.text
    assert "我住这里，找我的小区" in keys(wang.answer)
    assert await play.events() == []


async def test_somebody_elses_contact_is_not_taken(play):
    wang, manager = play.stranger(), play.stranger("经理甲", "13800000101")
    await wang.opens()
    await wang.forwards_contact(manager.account)
    assert "这是别人的号码" in wang.answer.text
    assert await play.events() == []


async def test_a_number_outside_the_registry_is_told_whom_to_ask(play):
    nobody = play.stranger("陌生人", "13900009999")
    await nobody.opens()
    await nobody.taps("分享手机号")
    assert "没有登记" in nobody.answer.text
    assert "请公司或区县住建部门登记" in nobody.answer.text


async def test_a_manager_is_known_by_phone_and_reads_four_rules(play):
    manager = play.stranger("经理甲", "13800000101")
    await manager.opens()
    await manager.taps("分享手机号")
    first, *rules = manager.answer.text.splitlines()
    assert first == "您是锦城花园的项目经理"
    assert [rule[:2] for rule in rules] == ["1.", "2.", "3.", "4."]
    assert "工作时间4小时内" in manager.answer.text


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("副经理丁", "您是锦城花园的副经理"),
        ("负责人甲", "您是锦安物业的企业负责人"),
        ("经办员甲", "您是武侯区的住建部门经办员"),
        ("市局经办员", "您是成都市的住建局经办员"),
        ("网格长甲", "您是锦城花园的网格长"),
        ("街道专员甲", "您是武侯区浆洗街街道的街道专员"),
    ],
)
async def test_everybody_of_the_registry_is_greeted_by_role_and_place(play, name, line):
    somebody = play.stranger(name, PHONES[name])
    await somebody.opens()
    await somebody.taps("分享手机号")
    assert somebody.answer.text.splitlines()[0] == line


@pytest.mark.covered
async def test_words_sent_before_joining_are_offered_afterwards(play):
    wang = play.stranger()
    await wang.says("3栋楼道灯不亮")
    assert "您说的已经记下，加入后接着办" in wang.answer.text
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says("3栋 1201")
    await wang.taps("暂不分享")
    assert "公共照明不亮" in wang.answer.labels
    await wang.taps("公共照明不亮")
    assert "3栋楼道灯不亮" in wang.answer.text


async def test_photos_sent_before_joining_are_offered_afterwards(play):
    manager, wang = await play.staff("经理甲"), play.stranger()
    await wang.sends_album(2)
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says("3栋 1201")
    await wang.taps("暂不分享")
    await wang.taps("电梯水电")
    await wang.taps("公共照明不亮")
    await wang.taps("没有")
    await wang.taps("提交")
    assert manager.photos == 2


async def test_an_english_phone_is_greeted_in_english(play):
    ann = play.stranger("Ann", language="en")
    await ann.opens("p_jchy")
    assert "Welcome to 锦城花园" in ann.answer.text
    assert ann.answer.labels == ["Agree and go on", "Read it all"]


async def test_a_room_of_a_hundred_characters_is_refused(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says("3栋" + "长" * 100)
    assert "最多40个字" in wang.answer.text
    await wang.says("3栋 1201")
    assert keys(wang.answer) == ["分享手机号", "暂不分享"]


async def test_scanning_another_code_moves_a_resident(play):
    wang = await play.resident()
    await wang.opens("p_wjy")
    await wang.taps("同意并继续")
    await wang.says("1栋 101")
    await wang.taps("暂不分享")
    assert "好了：望江苑 1栋 101" in wang.answer.text


async def test_a_resident_who_tells_of_a_problem_instead_of_a_community_is_heard(play):
    wang = play.stranger()
    await wang.opens()
    await wang.taps("我住这里，找我的小区")
    await wang.taps("武侯区")
    await wang.says("望江")
    await wang.taps("望江苑")
    await wang.taps("同意并继续")
    await wang.says("3栋 1201")
    await wang.taps("暂不分享")
    await wang.taps("返回")  # under the question for the room, which stands there still
    await wang.taps("返回")
    await wang.taps("武侯区")
    await wang.says("夜里水泵很吵")
    assert "是什么问题" in wang.answer.text
    await wang.taps("取消")
    await wang.taps("返回")
    await wang.taps("武侯区")
    await wang.says("锦成花园")
    assert "没找到这样的小区" in wang.answer.text
