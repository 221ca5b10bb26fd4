"""The guided tour, in English: whoever taps what it points at sees the whole way in eight steps."""

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
        hint = card.locator(".move")
        expect(hint).not_to_have_text("One moment…")
        if (title := card.locator("h2").inner_text()) not in steps:
            steps.append(title)
            stage.pictured(f"tour-{len(steps)}")
            assert "成住建发〔2023〕62号" in card.inner_text() or "个人信息保护法" in card.inner_text()
        taps_where_it_points(page)
    expect(page.locator("dialog.ask")).to_contain_text("That was all")
    assert len(steps) == 8
    stage.phone("resident").shows("Your rating: Satisfied")


def test_the_tour_can_be_left_at_any_time_and_a_finger_elsewhere_does_not_break_it(stage):
    page = stage.page
    page.locator(".tour-key").click()
    stage.phone("manager").says("/todo")
    stage.phone("manager").shows("没有")
    expect(page.locator(".tourcard .move")).to_have_text("点海报扫码")
    page.get_by_role("button", name="退出引导").click()
    expect(page.locator(".tourcard")).to_be_hidden()


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
