"""The guided tour: it begins by itself, covers nothing, pauses where the time has run out, and leads to its end."""

from contextlib import suppress

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

ENGLISH = {"locale": "en-GB"}
MOVES = 27
TRIES = 4
STILL = """async (ring) => {
  // where it is once it has stayed there for a while
  const next = () => new Promise((frame) => requestAnimationFrame(frame));
  let [at, same] = ["", 0];
  while (same < 8) {
    await next();
    const now = JSON.stringify(ring.getBoundingClientRect());
    [at, same] = now === at ? [at, same + 1] : [now, 0];
  }
  return JSON.parse(at);
}"""


@pytest.mark.parametrize("stage", [ENGLISH], indirect=True)
def test_the_tour_leads_through_eight_steps(stage):
    page = stage.page
    page.locator(".tour-key").click()
    card = page.locator(".tourcard")
    steps: list[str] = []
    for _ in range(MOVES):
        expect(page.locator(".ring")).to_be_visible()
        if (title := card.locator("h2").inner_text()) not in steps:
            steps.append(title)
            stage.pictured(f"tour-{len(steps)}")
            assert any(law in card.inner_text() for law in ("成住建发〔2023〕62号", "个人信息保护法"))
        assert not covered(page)
        if page.locator(".spot").is_visible():
            pauses(stage)
        taps_where_it_points(page)
    expect(page.locator("dialog.ask")).to_contain_text("That was all")
    assert len(steps) == 8
    expect(page.locator("dialog.ask")).to_contain_text("The head signed for the order at 14:0")
    stage.phone("resident").shows("Your rating: Satisfied")


def test_the_tour_can_be_left_at_any_time_and_a_finger_elsewhere_does_not_break_it(stage):
    page = stage.page
    page.locator(".tour-key").click()
    stage.phone("manager").says("/todo")
    stage.phone("manager").shows("没有")
    expect(page.locator(".tourcard .move")).to_have_text("点海报扫码")
    page.get_by_role("button", name="退出引导").click()
    expect(page.locator(".tourcard")).to_be_hidden()


@pytest.mark.parametrize("city", ["chengdu", "pudong", "changzhi", "county"])
def test_the_tour_plays_in_every_city_until_the_order_is_signed_for(stage, city):
    page = stage.page
    if city != "chengdu":
        before = stage.epoch()
        page.get_by_label("城市").select_option(city)
        page.locator("dialog .primary").click()
        expect(page.locator("body")).not_to_have_attribute("data-epoch", before)
        stage.phone("resident").box.locator(".poster img").wait_for()
    page.locator(".tour-key").click()
    paused = 0
    while not page.locator("dialog.ask").is_visible():
        if page.locator(".tourcard .pause").is_visible() and not paused:
            paused += 1
            expect(page.locator(".spot")).to_be_visible()
            stage.pictured(f"tour-pause-{city}")
            expect(page.locator(".tourcard .pause")).to_contain_text("请点“督办”")
        at = page.locator("body").get_attribute("data-move")
        page.locator(".do-it:enabled").click()
        expect(page.locator("body")).not_to_have_attribute("data-move", at)
    expect(page.locator("dialog.ask")).to_contain_text("签收了督办单")
    assert paused == 1


def test_at_a_first_visit_the_tour_begins_by_itself_and_never_again(stage, browser, served):
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(served)
    expect(page.locator(".tourcard")).to_be_visible()
    expect(page.locator(".tourcard h2")).to_have_text("住户扫码进来")
    page.get_by_role("button", name="退出引导").click()
    page.reload()
    page.locator("body[data-language]").wait_for()
    expect(page.locator(".poster img")).to_be_visible()
    expect(page.locator(".tourcard")).to_be_hidden()
    context.close()


def pauses(stage):
    """All but the group's card is dimmed, and the seconds count."""
    late = stage.page.locator(".tourcard .late")
    first = late.inner_text()
    assert first.startswith("Overdue by 00:")
    expect(late).not_to_have_text(first)
    stage.pictured("tour-pause")
    spot, group = (stage.page.locator(one).bounding_box() for one in (".spot", ".phone[data-key=group]"))
    assert group["x"] - 4 <= spot["x"] <= spot["x"] + spot["width"] <= group["x"] + group["width"] + 4


def covered(page):
    """The telephones that the tour's card lies upon."""
    card = page.locator(".tourcard").bounding_box()
    phones = [one.bounding_box() for one in page.locator(".phone").all()]
    return [p for p in phones if p["y"] < card["y"] + card["height"] and card["y"] < p["y"] + p["height"]]


def taps_where_it_points(page):
    """Like a person, once more where the button has moved away under the finger."""
    body = page.locator("body")
    before = body.get_attribute("data-move")
    for _ in range(TRIES):
        spot = page.locator(".ring").evaluate(STILL)
        page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
        with suppress(AssertionError):
            expect(body).not_to_have_attribute("data-move", before, timeout=2500)
            return
    pytest.fail(f"nothing happened at {before} where the tour points")
