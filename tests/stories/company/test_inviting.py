"""Links that work once: staff who join by one, family who follow by one, and those who guess."""

import re
import secrets

import pytest
from scenes import scene
from sqlalchemy import func, select

from storage.queries import unreachable_staff
from storage.queries.unreachable_staff import Area
from storage.repositories import invitations
from storage.repositories.invitations import FAILED_CODE_ATTEMPT, INVITATION
from storage.repositories.people import APPOINTMENT


def payload(shown):
    return re.search(r"start=(i_[\w-]+)", shown.text)[1]


async def staff_link(play, head, name="经理乙"):
    await head.says("/invite")
    while not any(name in label for label in head.finds("联系不上").labels):
        await head.taps("下一页")
    await head.taps(name)
    return payload(head.answer)


@pytest.mark.covered
async def test_a_manager_joins_by_a_link_of_the_head(play):
    head = await play.staff("负责人甲")
    code = await staff_link(play, head)
    manager = play.stranger("新经理")
    await manager.opens(code)
    assert "您是望江苑的项目经理" in manager.answer.text
    async with play.city.app.store.work(play.clock.now()) as work:
        _, left = await unreachable_staff.missed(work, Area(companies=("jinan",)), 0, 50)
    assert "经理乙" not in [one.appointment.name for one in left]


async def test_a_head_sees_only_the_own_company(play):
    head = await play.staff("负责人甲")
    await head.says("/unreachable")
    assert head.answer.text.startswith("锦安物业：有")
    async with play.city.app.store.work(play.clock.now()) as work:
        lines = {r.name: r.id for r in await work.rows(APPOINTMENT.select())}
    for name in ("经理丙", "经办员甲", "负责人甲"):
        await head.presses(head.finds("锦安物业"), f"m:invite:{lines[name]}")
        assert "start=" not in head.answer.text


async def test_only_heads_and_officers_make_links(play):
    manager = await play.staff("经理甲")
    await manager.says("/invite")
    assert "start=" not in manager.answer.text
    await manager.presses(manager.answer, "m:invite:2")
    assert "start=" not in manager.answer.text


@pytest.mark.thorough
async def test_of_a_hundred_at_once_one_gets_in(play):
    head = await play.staff("负责人甲")
    code = await staff_link(play, head)
    crowd = [play.stranger(f"人{n}", phone=f"136{n:08d}") for n in range(100)]
    for one in crowd:
        one.account.opens(code)
    await play.city.settle()
    assert sum(one.has("您是望江苑的项目经理") for one in crowd) == 1
    async with play.city.app.store.work(play.clock.now()) as work:
        held = await work.rows(
            select(APPOINTMENT.c.person).where(APPOINTMENT.c.scope == "wjy", APPOINTMENT.c.person.is_not(None))
        )
    assert len(held) == 1


async def test_a_link_is_good_for_72_hours(play):
    head = await play.staff("负责人甲")
    code = await staff_link(play, head)
    await play.city.pass_by(hours=72, seconds=1)
    late = play.stranger("晚到的")
    await late.opens(code)
    assert "过期" in late.answer.text


async def test_after_five_wrong_links_even_the_right_one_waits_an_hour(play):
    head = await play.staff("负责人甲")
    code = await staff_link(play, head)
    guesser = play.stranger("猜的人")
    for _ in range(5):
        await guesser.opens("i_" + secrets.token_urlsafe(24))
    await guesser.opens(code)
    assert "一小时后" in guesser.answer.text
    await play.city.pass_by(hours=1, seconds=1)
    await guesser.opens(code)
    assert "您是望江苑的项目经理" in guesser.answer.text


async def test_a_hundred_thousand_guesses_find_nothing(play):
    """Whoever could guess without being slowed would still find none: 177 bits, and the digest alone is kept."""
    head = await play.staff("负责人甲")
    code = await staff_link(play, head)
    async with play.city.app.store.work(play.clock.now()) as work:
        kept = {r.digest for r in await work.rows(select(INVITATION.c.digest))}
        guesses = {invitations.digest(secrets.token_urlsafe(24)) for _ in range(100_000)}
        row = await work.first(select(func.count()).select_from(FAILED_CODE_ATTEMPT))
    assert invitations.digest(code.removeprefix("i_")) in kept
    assert not kept & guesses
    assert row[0] == 0


async def test_whoever_has_left_the_registry_meanwhile_does_not_get_in(play):
    head = await play.staff("负责人甲")
    code = await staff_link(play, head)
    await play.dismisses("经理乙")
    manager = play.stranger("新经理")
    await manager.opens(code)
    assert not manager.has("您是")


# --- family -------------------------------------------------------------------------------------------------------


@scene
async def family(play, filed):
    """A resident with an open case, and a daughter who follows it by the link."""
    manager, wang = filed
    await wang.taps("查看进度")
    await wang.taps("请家人一起看")
    daughter = play.stranger("女儿", phone="13700000001")
    await daughter.opens(payload(wang.answer))
    return manager, wang, daughter


async def test_family_sees_what_happens_and_has_no_button_that_changes_it(family):
    manager, _, daughter = family
    assert daughter.card.labels == ["不再看这件事"]
    await manager.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=manager.card)
    told = daughter.finds("今天17:00前更换灯泡")
    assert set(told.labels) <= {"查看进度", "不再看这件事"}


async def test_family_is_asked_nothing_and_can_change_nothing(play, family):
    manager, wang, daughter = family
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    assert "满意" in wang.finds("已办结（").labels
    assert "满意" not in daughter.finds("已办结（").labels
    case = await play.case()
    await daughter.presses(daughter.card, f"c:rate:{case.id}:1:satisfied")
    assert daughter.answer.text == "没找到这个问题。"
    assert (await play.case()).ratings == ()


async def test_what_family_replies_is_not_taken_for_the_household(play, family):
    manager, _, daughter = family
    heard = len(manager.hears)
    await daughter.says("请快一点", reply_to=daughter.card)
    assert "由家人自己来说" in daughter.answer.text
    assert len(manager.hears) == heard


async def test_family_that_leaves_hears_no_more(family):
    manager, _, daughter = family
    await daughter.taps("不再看这件事")
    heard = len(daughter.hears)
    await manager.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=manager.card)
    assert len(daughter.hears) == heard


async def test_family_finds_the_case_in_its_list(play, family):
    _, _, daughter = family
    await daughter.says("/mine")
    assert "公共照明不亮 · 3栋 · 11月18日10:00：等待响应" in daughter.answer.text
    assert daughter.answer.labels == ["公共照明不亮 · 3栋"]


# --- who may let in whom --------------------------------------------------------------------------------------------


async def test_the_link_of_a_dismissed_head_lets_nobody_in(play):
    head = await play.staff("负责人甲")
    code = await staff_link(play, head)
    await play.dismisses("负责人甲")
    stranger = play.stranger("新经理")
    await stranger.opens(code)
    assert not stranger.has("您是")


async def test_a_link_gives_no_duty_outside_the_company(play):
    head = await play.staff("负责人甲")
    async with play.city.app.store.work(play.clock.now()) as work:
        line = await work.first(APPOINTMENT.select().where(APPOINTMENT.c.name == "经理乙"))
        officer = {"name": "经理乙", "phone": line.phone, "role": "district_officer", "scope": "510107"}
        work.queue_write(APPOINTMENT.insert(), {**officer, "since": line.since, "until": None, "person": None})
        await work.commit()
    stranger = play.stranger("新经理")
    await stranger.opens(await staff_link(play, head))
    assert "您是望江苑的项目经理" in stranger.answer.text
    assert "武侯区" not in stranger.answer.text


async def test_whoever_looks_at_the_company_is_not_let_in_by_it(play):
    head = await play.staff("负责人甲")
    await head.says("/unreachable")
    seen = head.answer
    pages = seen.text
    while "下一页" in seen.labels:
        await head.taps("下一页", on=seen)
        seen = head.finds("联系不上")
        pages += seen.text
    assert "网格长" not in pages
    assert "业委会" not in pages


async def test_a_verified_number_takes_its_duties_back_to_a_new_account(play):
    old, wang = await play.staff("经理甲"), await play.resident()
    new = play.stranger("经理甲", phone=old.phone)
    await new.opens()
    await new.taps("分享手机号")
    assert "您是锦城花园的项目经理" in new.answer.text
    await play.files(wang)
    assert new.has("新问题，等您响应")
    assert not old.has("新问题，等您响应")
