"""Duties change hands once: by a fresh contact that was asked for, and whoever loses one is told, and the head."""

import pytest

MANAGER = "经理甲,13800000101,project_manager,jchy,2026-01-01,"
WORK_PHONE = "13800000101"
LOST = "您在这里不再是锦城花园的项目经理"
CHANGED = "锦城花园的项目经理换了账号"
IS_MANAGER = "您是锦城花园的项目经理"


@pytest.fixture
def rename(play, load_anew):
    """The registry gives the manager's work phone another name."""

    async def renamed(line=MANAGER, name="经理新"):
        def with_another_name(text):
            assert line in text
            return text.replace(line, ",".join([name, *line.split(",")[1:]]))

        await load_anew(with_another_name)
        await a_minute(play)

    return renamed


async def a_minute(play):
    play.clock.wait(60)
    await play.city.settle()


async def joins(play, name="经理新", phone=WORK_PHONE):
    """Somebody comes to the bot with this telephone number."""
    somebody = play.stranger(name, phone)
    await somebody.opens()
    await somebody.taps("分享手机号")
    return somebody


# --- contacts ---------------------------------------------------------------------------------------------------


async def test_a_predecessor_who_forwards_an_old_contact_gets_nothing_back(play):
    old = await joins(play, "经理旧")
    await play.files(await play.resident())
    contact = next(shown for shown in old.account.sees if not shown.from_bot and shown.media == ["contact"])
    new = await joins(play)
    await old.opens()
    await old.forwards(contact)
    await old.says("/todo")
    assert old.has("这是别人的号码")
    assert "待办1件" not in old.answer.text
    await new.says("/todo")
    assert "待办1件" in new.answer.text


async def test_a_contact_that_nobody_asked_for_gives_no_duty(play):
    somebody = play.stranger("经理新", WORK_PHONE)
    await somebody.shares_contact()
    assert "请再点一次“分享手机号”" in somebody.answer.text
    assert "StaffJoined" not in await play.events()
    await somebody.taps("分享手机号")
    assert IS_MANAGER in somebody.answer.text


async def test_a_request_is_answered_once(play):
    somebody = await joins(play)
    assert IS_MANAGER in somebody.answer.text
    await somebody.shares_contact()
    assert "请再点一次" in somebody.answer.text
    assert (await play.events()).count("StaffJoined") == 1


async def test_a_contact_half_an_hour_after_the_request_is_asked_for_anew(play):
    somebody = play.stranger("经理新", WORK_PHONE)
    await somebody.opens()
    await play.city.pass_by(minutes=31)
    await somebody.taps("分享手机号")
    assert "StaffJoined" not in await play.events()
    await somebody.taps("分享手机号")
    assert IS_MANAGER in somebody.answer.text


async def test_a_resident_who_thinks_it_over_is_asked_once_more_and_loses_nothing(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says("3栋 1201")
    await play.city.pass_by(hours=2)
    await wang.taps("分享手机号")
    await wang.taps("分享手机号")
    assert "好了：锦城花园 3栋 1201" in wang.answer.text


async def test_whoever_is_displaced_by_the_same_number_is_told_and_so_is_the_head(play):
    old, head = await play.staff("经理甲", "负责人甲")
    new = await joins(play)
    await a_minute(play)
    assert "另一个账号证明了登记的手机号归其所有" in old.finds(LOST).text
    assert head.count(CHANGED) == 1
    assert not new.has(CHANGED)
    assert "StaffDisplaced" in await play.events()
    await a_minute(play)
    assert (old.count(LOST), head.count(CHANGED)) == (1, 1)


async def test_open_cases_go_to_whoever_has_the_number_now(play):
    old = await play.staff("经理甲")
    await play.files(await play.resident())
    new = await joins(play)
    await a_minute(play)
    assert "3栋楼道灯不亮" in new.finds("这个问题现在由您负责").text
    await old.says("/todo")
    assert "待办1件" not in old.answer.text


# --- the registry -----------------------------------------------------------------------------------------------


async def test_another_name_at_the_same_phone_clears_the_old_account_and_is_asked_anew(play, rename):
    old, head = await play.staff("经理甲", "负责人甲")
    await play.files(await play.resident())
    card = old.card
    await rename()
    assert "登记表上换了姓名" in old.finds(LOST).text
    assert "登记表上换了姓名" in head.finds(CHANGED).text
    await old.says("电工已到现场查看，今天17:00前更换。", reply_to=card)
    assert "Answered" not in await play.events()
    await old.says("/todo")
    assert "待办1件" not in old.answer.text
    assert head.has("这个问题现在由您负责")
    new = await joins(play)
    assert IS_MANAGER in new.answer.text


async def test_a_load_that_changes_no_name_displaces_nobody(play, rename):
    old, head = await play.staff("经理甲", "负责人甲")
    await rename(line="经理乙,13800000102,project_manager,wjy,2026-01-01,")
    assert not old.has("您在这里不再是")
    assert not head.has("换了账号")


async def test_the_same_person_under_a_mended_name_is_back_with_one_tap(play, rename):
    old = await play.staff("经理甲")
    await rename()
    await old.opens()
    await old.taps("分享手机号")
    assert IS_MANAGER in old.answer.text


async def test_a_link_for_the_name_before_lets_nobody_in(play, rename):
    head = await play.staff("负责人甲")
    await head.says("/invite")
    while not any("经理乙" in label for label in head.finds("联系不上").labels):
        await head.taps("下一页")
    await head.taps("经理乙")
    code = head.answer.text.split("start=")[1].split()[0]
    await rename(line="经理乙,13800000102,project_manager,wjy,2026-01-01,")
    stranger = play.stranger("乙")
    await stranger.opens(code)
    assert "过期" in stranger.answer.text


# --- links, codes and groups ------------------------------------------------------------------------------------


async def test_the_maker_of_a_link_reads_which_account_has_used_it(play):
    head = await play.staff("负责人甲")
    await head.says("/invite")
    while not any("经理乙" in label for label in head.finds("联系不上").labels):
        await head.taps("下一页")
    await head.taps("经理乙")
    code = head.answer.text.split("start=")[1].split()[0]
    await play.stranger("捡到链接的人").opens(code)
    assert "已由账号“捡到链接的人”使用" in head.answer.text
    owner = await joins(play, "经理乙", "13800000102")
    assert "您是望江苑的项目经理" in owner.answer.text


async def posted(play, officer, *titles):
    """`/bind`, and its line in each of these new groups."""
    await officer.says("/bind")
    line = next(line for line in officer.answer.text.splitlines() if line.startswith("/bind "))
    groups = [play.city.sim.group(title, members=[officer.account]) for title in titles]
    for group in groups:
        group.add_bot(by=officer.account)
        await officer.says(line, to=group)
    return groups


async def test_a_code_binds_the_group_that_was_named_when_it_was_posted(play):
    officer = await play.staff("经办员甲")
    first, second = await posted(play, officer, "甲群", "乙群")
    assert "这个码用过了" in second.last.text
    await officer.taps("确认")
    assert "本群已是武侯区的工作群" in first.last.text


async def test_a_binding_is_confirmed_within_its_hour(play):
    officer = await play.staff("经办员甲")
    await posted(play, officer, "甲群")
    await play.city.pass_by(hours=1, minutes=1)
    await officer.taps("确认")
    assert "GroupBound" not in await play.events()


@pytest.mark.parametrize("command", ["/today", "/overdue", "/project 锦城花园"])
async def test_a_group_tells_no_figures_to_an_officer_who_has_left_office(play, command):
    officer = await play.staff("经办员甲")
    group = await play.group(officer)
    await officer.says(command, to=group)
    assert "您用不了" not in group.last.text
    await play.dismisses("经办员甲")
    await officer.says(command, to=group)
    assert group.last.text == "这一步要由其他岗位的人办理。"


async def test_a_group_tells_figures_to_every_office_of_its_area_and_to_its_city(play):
    city, street, manager = await play.staff("市局经办员", "街道专员甲", "经理甲")
    group = await play.group(city)
    for somebody in (street, manager):
        group.add(somebody.account)
    for somebody in (city, street):
        await somebody.says("/today", to=group)
        assert "武侯区" in group.last.text
    await manager.says("/today", to=group)
    assert group.last.text == "这一步要由其他岗位的人办理。"
