"""Two windows see the same; reloading loses nothing."""

import re

import pytest
from hands import Stage, comes_in, files
from playwright.sync_api import expect

ALL = ("resident", "manager", "head", "group")


@pytest.mark.thorough
def test_two_windows_stay_in_step(stage, browser, served):
    other = browser.new_context(viewport={"width": 1280, "height": 720}, locale="zh-CN")
    try:
        page = other.new_page()
        page.goto(f"{served}?tour=0")
        second = Stage(page)
        comes_in(stage)
        second.phone("resident").shows("好了")
        second.phone("resident").says("6栋楼道灯不亮")
        stage.phone("resident").shows("6栋楼道灯不亮")
        second.opens("street")
        stage.phone("street").box.wait_for()
        stage.moves("hour")
        expect(page.locator(".now")).to_contain_text("11:0")
    finally:
        other.close()


@pytest.mark.thorough
def test_reloading_loses_nothing(stage):
    resident = files(stage)
    stage.opens("officer")
    stage.moves("deadline")
    resident.box.locator("textarea").fill("写到一半")
    resident.attaches("leak.jpg")
    stage.page.locator(".behind-key").click()
    before = {key: stage.phone(key).rows for key in ALL}
    stage.page.reload()
    stage.phone("officer").box.wait_for()
    expect(resident.box.locator("textarea")).to_have_value("写到一半")
    expect(resident.box.locator(".tray img")).to_have_count(1)
    expect(stage.page.locator(".drawer")).to_be_visible()
    for key, rows in before.items():
        stage.phone(key).keeps(rows)
    expect(stage.page.locator(".stage.running").first).to_be_visible()


@pytest.mark.thorough
def test_telephones_can_be_put_away_and_opened_again(stage):
    stage.phone("head").box.get_by_role("button", name="收起").click()
    expect(stage.phone("head").box).to_have_count(0)
    stage.opens("head").shows("您是锦安物业的企业负责人")


@pytest.mark.thorough
def test_changing_the_pages_language_in_mid_case_keeps_every_chat(stage):
    files(stage)
    before = {key: stage.phone(key).rows for key in ALL}
    stage.page.get_by_role("button", name="English", exact=True).click()
    expect(stage.page.locator(".brand")).to_contain_text("Mashang")
    for key, rows in before.items():
        stage.phone(key).keeps(rows)
    stage.phone("resident").says("6栋楼道灯不亮")
    stage.phone("resident").shows("6栋楼道灯不亮")


@pytest.mark.thorough
def test_the_tour_begins_anew_from_the_middle_of_a_case_with_photos(stage):
    files(stage)
    stage.page.locator(".tour-key").click()
    stage.page.locator("dialog .primary").click()
    expect(stage.page.locator(".tourcard .move")).to_have_text("点海报扫码")
    expect(stage.page.locator(".about")).to_have_count(0)


@pytest.mark.thorough
def test_what_comes_to_a_telephone_that_is_put_away_is_counted(stage):
    stage.phone("manager").box.get_by_role("button", name="收起").click()
    files(stage)
    expect(stage.page.locator(".people-key")).to_contain_text(re.compile(r"[0-9]"))  # the list counts when it is opened
    stage.page.locator(".people-key").click()
    expect(stage.page.locator("[data-open=manager] .badge")).to_be_visible()


@pytest.mark.thorough
def test_every_sample_city_can_be_chosen_and_lived_in(stage):
    choice = stage.page.get_by_label("城市")
    cities = choice.locator("option").evaluate_all("options => options.map((one) => one.value)")
    assert set(cities) == {"chengdu", "county", "pudong", "changzhi"}
    for city in sorted(cities, key=lambda one: one == "chengdu"):  # the last leaves the stage as it was
        before = stage.epoch()
        choice.select_option(city)
        stage.page.locator("dialog .primary").click()
        expect(stage.page.locator("body")).not_to_have_attribute("data-epoch", before)
        expect(choice).to_have_value(city)
        for key in ("resident", "manager", "head", "group"):
            expect(stage.phone(key).box).to_be_visible()
    files(stage)


@pytest.mark.thorough
def test_a_telephone_that_is_opened_comes_into_sight(stage):
    for key in ("officer", "street"):
        opened = stage.opens(key).box
        expect(opened).to_be_in_viewport(ratio=0.99)


@pytest.mark.thorough
def test_the_pages_language_is_the_telephones_too(stage, browser, served):
    """The browser's at a first visit, and whatever the page is switched to."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(f"{served}?tour=0")
    expect(page.locator("body")).to_have_attribute("data-language", "en")
    visitor = Stage(page)
    visitor.phone("head").shows("You are")
    visitor.phone("resident").box.locator(".poster").click()
    visitor.phone("resident").taps("Agree and go on")
    visitor.phone("resident").shows("building and room")
    page.locator("[data-name=language]").click()
    expect(page.locator("body")).to_have_attribute("data-language", "zh")
    visitor.phone("resident").says("3栋 1201")
    visitor.phone("resident").taps("分享手机号")
    visitor.phone("resident").shows("好了")
    context.close()


@pytest.mark.thorough
def test_a_case_of_another_city_runs_by_its_own_rules(stage):
    before = stage.epoch()
    stage.page.get_by_label("城市").select_option("changzhi")
    stage.page.locator("dialog .primary").click()
    expect(stage.page.locator("body")).not_to_have_attribute("data-epoch", before)
    files(stage)
    for name in ("责任到人", "初步结果"):
        expect(stage.page.locator(".stage", has_text=name)).to_be_visible()
    stage.pictured("7-changzhi")
