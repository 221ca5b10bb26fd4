"""A telephone's window: how few taps, and how little time, the two ways that matter most take there."""

import re
import time

import pytest
from hands import Phone, Stage, comes_in, files
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
pytestmark = pytest.mark.thorough
AT_MOST = 20.0  # seconds for a way of three, on a busy machine


@pytest.mark.parametrize("stage", [PHONE], indirect=True)
def test_danger_takes_three_taps_from_a_cold_start(stage: Stage):
    """「反映问题」, 「有危险」, and the numbers to call are there; the third is the card of what has gone out."""
    resident = comes_in(stage)
    stage.page.reload()
    resident.box.wait_for()
    began, taps = time.monotonic(), 0
    for label, comes in (("反映问题", "请说说哪里有问题"), ("有危险", "119")):
        resident.taps(label)
        taps += 1
        resident.shows(comes)
    resident.shows("有危险，已紧急通知")
    taken = time.monotonic() - began
    print(f"danger: {taps} taps, {taken:.1f} s from the first tap to the receipt")
    stage.pictured("390-danger")
    assert taps <= 3
    assert taken < AT_MOST
    assert fits(stage)


@pytest.mark.parametrize("stage", [PHONE], indirect=True)
def test_the_usual_filing_takes_three_interactions(stage: Stage):
    """Words, the matter, 「提交」."""
    resident = comes_in(stage)
    began = time.monotonic()
    resident.says("3栋电梯坏了，一直停在1楼")
    resident.taps("电梯停运或故障")
    resident.taps("提交")
    resident.shows("已收到，")
    taken = time.monotonic() - began
    print(f"usual filing: 3 interactions, {taken:.1f} s to the receipt")
    stage.pictured("390-filed")
    assert taken < AT_MOST
    assert fits(stage)


def fits(stage: Stage) -> bool:
    """Nothing of the page lies beside the screen, and the telephone is wide and high enough to be used."""
    wide = stage.page.evaluate("document.documentElement.scrollWidth")
    box = stage.phone("resident").box
    expect(box).to_have_class(re.compile("phone"))
    seen = box.bounding_box()
    return wide <= 390 and seen is not None and seen["width"] >= 300 and seen["height"] >= 400


@pytest.mark.thorough
@pytest.mark.parametrize("stage", [PHONE], indirect=True)
def test_no_label_of_a_card_is_cut_off(stage: Stage):
    """The manager's card and its menus, a question with its ways out, a reminder, the card in the bureau's group."""
    files(stage)
    manager, group = stage.phone("manager"), stage.phone("group")
    manager.shows("新问题，等您响应")
    pictured(stage, manager, "390-card")
    for menu in ("分类 ▸", "联系 ▸"):
        manager.taps(menu)
        manager.shows("返回")
        pictured(stage, manager, f"390-menu-{menu[:2]}")
        manager.taps("返回")
    manager.taps("分类 ▸")
    manager.taps("不归物业管，帮业主指路")
    manager.shows("归哪个部门管")
    pictured(stage, manager, "390-departments")
    stage.moves("deadline")
    manager.shows("去办理")
    pictured(stage, manager, "390-nudge")
    for _ in range(3):  # two more reminders, then the end
        stage.moves("deadline")
    group.shows("挂牌督办")
    pictured(stage, group, "390-group")
    group.taps("督办")
    group.shows("下班前")
    pictured(stage, group, "390-order")


def pictured(stage: Stage, phone: Phone, name: str) -> None:
    """A picture of what stands there now, of which no button's label may be cut off."""
    phone.box.locator(".row").last.scroll_into_view_if_needed()
    stage.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    stage.pictured(name)
    cut = phone.box.locator(".key").evaluate_all(
        "keys => keys.filter(k => k.scrollWidth > k.clientWidth || k.scrollHeight > k.clientHeight)"
        ".map(k => k.dataset.label)"
    )
    assert cut == []
