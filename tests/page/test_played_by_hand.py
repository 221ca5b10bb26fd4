"""The whole story, played by hand through the page alone."""

import re

import pytest
from hands import files
from playwright.sync_api import expect

LATE = {"viewport": {"width": 1280, "height": 720}, "color_scheme": "light"}


@pytest.mark.thorough
@pytest.mark.parametrize("stage", [LATE], indirect=True)
def test_the_whole_way_from_a_poster_to_a_good_rating(stage):
    resident = files(stage)
    manager, head, group = (stage.phone(key) for key in ("manager", "head", "group"))
    manager.shows("电梯停运或故障")
    group.shows("抄告")
    stage.pictured("1-filed")
    for which in ("第1次提醒", "第2次提醒", "最后一次提醒"):
        stage.moves("deadline")
        manager.shows(which)
    stage.moves("deadline")
    for told in (resident, manager, head, group):
        told.shows("超时")
    expect(stage.page.locator(".stage.expired")).to_have_count(1)
    stage.pictured("2-escalated-light")
    stage.page.emulate_media(color_scheme="dark")
    stage.pictured("2-escalated-dark")
    for size, name in (((820, 1180), "tablet"), ((1920, 1080), "hall")):
        stage.page.set_viewport_size({"width": size[0], "height": size[1]})
        stage.pictured(f"2-escalated-{name}")
    stage.page.set_viewport_size({"width": 1280, "height": 720})
    stage.page.emulate_media(color_scheme="light")

    group.taps("督办")
    group.taps("2小时")
    group.hints("私信")
    stage.opens("officer").taps("下达")
    head.taps("签收")
    group.shows("签收")
    head.taps("一般问题，2个工作日内办结")
    head.says("已联系维保单位，正在更换门机配件，今天18:00前恢复。")
    resident.shows("已联系维保单位")
    head.taps("提交办结")
    head.says("门机配件已更换，电梯恢复运行。")
    head.taps("提交")
    resident.shows("门机配件已更换")
    resident.taps("不满意")
    resident.taps("没有解决")
    group.shows("重新办理")
    stage.pictured("3-reopened")
    head.box.get_by_text(re.compile("^重新办理$")).last.wait_for()  # the card is that of the new round
    head.taps("提交办结")
    head.says("已请厂家到场，更换控制板并试运行2小时，正常。")
    head.taps("提交")
    resident.shows("已请厂家到场")
    resident.asked(1, "您对结果满意吗")  # the card says it first; the older question was answered
    resident.taps("满意")
    resident.shows("您的评价：满意")
    expect(stage.page.locator(".about .chip.state")).to_have_text("已结案")

    stage.page.locator(".behind-key").click()
    events = stage.page.locator(".events li code")
    for kind in ("Filed", "Nudged", "Expired", "Supervised", "Signed", "Reopened", "Closed"):
        expect(events.filter(has_text=kind).first).to_be_attached()
    stage.page.get_by_role("tab", name="发件箱").click()
    expect(stage.page.locator(".outbox li.dead")).to_have_count(0)
    stage.pictured("4-behind")


@pytest.mark.thorough
def test_when_the_manager_blocks_the_bot_the_deputy_has_the_case_at_once(stage):
    stage.page.locator(".behind-key").click()
    stage.page.get_by_role("tab", name="故障").click()
    stage.page.locator("[data-trouble=blocked]").click()
    expect(stage.page.locator("[data-trouble=blocked]")).to_have_attribute("aria-checked", "true")
    stage.page.locator(".drawer").get_by_role("button", name="收起").click()
    expect(stage.phone("manager").box.locator(".gate")).to_contain_text("已屏蔽机器人")
    files(stage)
    stage.opens("deputy").shows("新问题，等您响应")
    stage.pictured("5-blocked")


@pytest.mark.thorough
def test_what_happens_while_the_connection_is_lost_is_told_once_it_is_back(stage):
    resident, group = files(stage), stage.phone("group")
    stage.page.locator(".behind-key").click()
    stage.page.get_by_role("tab", name="故障").click()
    lost = stage.page.locator("[data-trouble=lost]")
    lost.click()
    expect(stage.page.locator(".top .fault")).to_contain_text("连接中断")
    for _ in range(4):
        stage.moves("deadline")
    resident.says("门口也有水，请快一点")
    expect(group.box.locator(".log")).not_to_contain_text("超时 · 响应")
    lost.click()
    expect(stage.page.locator(".top .fault")).to_have_count(0)
    group.shows("超时 · 响应")
    resident.shows("补充")
    stage.page.get_by_role("tab", name="发件箱").click()
    expect(stage.page.locator(".outbox li.unknown, .outbox li.dead")).to_have_count(0)
