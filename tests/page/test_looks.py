"""Hostile words stay words; a screen reader finds its way; the page is light and quick."""

import re

import pytest
from hands import Stage, comes_in, files
from playwright.sync_api import expect

HOSTILE = (
    "<script>window.hurt=1</script><img src=x onerror='window.hurt=1'> "
    '"><b>粗</b> &amp; \u202egnp\u202c \u200b{name} %s'
)
TOO_WIDE = "[...document.querySelectorAll('.log')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
MANY = 1000
LIGHTEST = 150 * 1024
LOADS = 4
AT_ONCE = 500  # milliseconds
SMOOTH = 50  # milliseconds of a frame; 17 on a screen, more where the processor draws
FILL = """async (many) => {
  const live = new WebSocket(`ws://${location.host}/live`);
  const next = (fits) => new Promise((found) => {
    live.onmessage = (message) => { const said = JSON.parse(message.data); if (fits(said)) found(said); };
  });
  const { players } = await next((said) => said.type === "stage");
  const speaker = players.find((one) => one.key === "group").people[0].id;
  let done = 0;
  const all = next((said) => said.type === "done" && ++done === many);
  for (let id = 1; id <= many; id++) {
    const text = `第${id}条：${"今天巡查三栋。".repeat(id % 7 + 1)}`;
    live.send(JSON.stringify({ id, act: "say", phone: "group", speaker, text }));
  }
  await all;
  live.close();
}"""
SCROLL = """() => new Promise((done) => {
  const log = document.querySelector(".phone[data-key=group] .log");
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    log.scrollTop -= 400;
    if (frames.length < 200) requestAnimationFrame(step); else done(frames.slice(1));
  };
  requestAnimationFrame(step);
})"""


@pytest.mark.thorough
def test_hostile_text_in_every_field_shows_as_text(stage):
    page, resident = stage.page, comes_in(stage)
    resident.says(HOSTILE)
    resident.shows("<script>window.hurt=1</script>")
    resident.taps("其他类别")
    stage.phone("manager").says(HOSTILE)
    stage.phone("manager").shows("<b>粗</b>")
    stage.phone("group").says(HOSTILE)
    stage.phone("group").shows("window.hurt")
    name = "<img src=x onerror=window.hurt=1>.pdf"
    with page.expect_file_chooser() as chooser:
        resident.attaches()
        resident.box.get_by_role("button", name="从本机选择…").click()
    chooser.value.set_files({"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4 hurt"})
    resident.says("x" * 3000)
    resident.shows(name)
    assert page.evaluate("window.hurt") is None
    assert page.locator(".log script, .log img[src=x]").count() == 0
    wide = page.evaluate(
        "[...document.querySelectorAll('.log')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
    )
    assert wide == 0
    stage.pictured("6-hostile")


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(stage, axe, scheme):
    stage.page.emulate_media(color_scheme=scheme)
    files(stage)
    stage.moves("deadline")
    assert serious(stage, axe) == []
    stage.page.locator(".behind-key").click()
    stage.phone("resident").attaches("leak.jpg")
    assert serious(stage, axe) == []
    stage.page.locator(".tour-key").click()
    assert serious(stage, axe) == []


def serious(stage: Stage, axe: str) -> list[str]:
    """What axe-core calls serious or critical, with the elements."""
    stage.page.evaluate(axe)
    found = stage.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


@pytest.mark.thorough
def test_the_keyboard_alone_files_a_complaint(stage):
    page = stage.page
    stage.phone("resident").box.locator(".poster").focus()
    page.keyboard.press("Enter")
    stage.phone("resident").shows("同意并继续")
    stage.phone("resident").box.locator(".log").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    for _ in range(6):
        if page.evaluate("document.activeElement.textContent") == "同意并继续":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stage.phone("resident").shows("请一次发来楼栋和房号")
    stage.phone("resident").box.locator("textarea").focus()
    page.keyboard.type("3栋 1201")
    page.keyboard.press("Enter")
    expect(stage.phone("resident").box.locator(".keyboard")).to_contain_text("分享手机号")


@pytest.mark.thorough
@pytest.mark.alone
def test_a_thousand_messages_scroll_smoothly(stage):
    page, group = stage.page, stage.phone("group").box
    before = group.locator(".row").count()
    page.evaluate(FILL, MANY)  # a group's own talk: the bot doesn't hear it
    expect(group.locator(".row")).to_have_count(before + MANY, timeout=60_000)
    frames = sorted(page.evaluate(SCROLL))
    median, most = frames[len(frames) // 2], frames[int(len(frames) * 0.95)]
    print(f"{before + MANY} messages: a frame takes {median:.0f} ms, 95 % at most {most:.0f} ms, of {len(frames)}")
    assert most < SMOOTH


@pytest.mark.thorough
@pytest.mark.alone
def test_the_page_weighs_little_and_paints_at_once(browser, served):
    """The best of a few loads: the others say how busy the machine is."""
    loads = [loaded(browser, served) for _ in range(LOADS)]
    parts, paint = min(loads, key=lambda load: load[1])
    print(f"the page weighs {sum(parts.values()) / 1024:.0f} KB in {len(parts)} parts, first paint {paint:.0f} ms")
    assert len(parts) > 5
    assert sum(parts.values()) < LIGHTEST
    assert paint < AT_ONCE


def loaded(browser, served):
    """In a fresh browser window: what each part weighs (bytes by address), and when the first of it is seen (ms)."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="zh-CN")
    page = context.new_page()
    weights: dict[str, int] = {}
    page.on("response", lambda r: weights.update({r.url: int(r.headers.get("content-length", 0))}))
    page.goto(f"{served}?tour=0")
    page.locator(".phone, .waiting").first.wait_for()
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
    context.close()
    return {url: size for url, size in weights.items() if re.search(r"/($|page/)", url)}, paint
