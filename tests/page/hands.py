"""Helpers for the page: tap, write, attach, move the clock, and find what is shown."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

FIRST_CITY = "chengdu"
FIRST_OPEN = 4  # telephones
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "page"


class Stage:
    """The page in one window; `phone` finds a telephone by its owner's key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def phone(self, key: str) -> "Phone":
        return Phone(self.page.locator(f".phone[data-key={key}]"))

    def moves(self, jump: str) -> None:
        """The clock, until it stands still again."""
        key = self.page.locator(f"[data-jump={jump}]")
        key.click()
        expect(self.page.locator(".top")).not_to_have_class(re.compile("moving"))

    def opens(self, key: str) -> "Phone":
        self.page.locator(".people-key").click()
        self.page.locator(f"[data-open={key}]").click()
        self.phone(key).box.wait_for()
        return self.phone(key)

    def begins_anew(self, language: str = "zh") -> None:
        """Through the page's own button, in the language that it speaks."""
        before = self.epoch()
        cities = self.page.locator(".top select")
        if cities.input_value() == FIRST_CITY:
            self.page.get_by_role("button", name={"zh": "重来", "en": "Restart"}[language], exact=True).click()
        else:
            cities.select_option(FIRST_CITY)
        self.page.locator("dialog .primary").click()
        expect(self.page.locator("body")).not_to_have_attribute("data-epoch", before)
        self.phone("resident").box.locator(".poster img").wait_for()

    def untouched(self, language: str) -> bool:
        """Whether the city is as it was laid out, with telephones in that language."""
        page = self.page
        return (
            page.locator(".top select").input_value() == FIRST_CITY
            and self.phone("resident").box.locator(".poster").is_visible()
            and not page.locator(".about").is_visible()
            and page.locator(".phone").count() == FIRST_OPEN
            and page.locator(".now").inner_text().startswith("10:0")
            and {"zh": "您是", "en": "You are"}[language] in self.phone("head").box.locator(".log").inner_text()
            and self.phone("manager").box.locator("textarea").is_visible()
        )

    def epoch(self) -> str:
        return self.page.locator("body").get_attribute("data-epoch") or ""

    def pictured(self, name: str) -> None:
        """A screenshot, kept as an artefact."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


class Phone:
    """One telephone on the page, as a finger and two eyes use it."""

    def __init__(self, box: Locator) -> None:
        self.box = box

    def says(self, words: str) -> None:
        self.box.locator("textarea").fill(words)
        self.box.get_by_role("button", name=re.compile("^(发送|Send)$")).click()

    def taps(self, label: str) -> None:
        """The newest button of that label, or the key of the keyboard."""
        self.box.locator(f".key[data-label='{label}']").last.click()

    def attaches(self, *samples: str) -> None:
        self.box.get_by_role("button", name=re.compile("^(附件|Attach)$")).click()
        for name in samples:
            self.box.locator(f".sample:has(img[src='/sample/{name}'])").click()

    def shows(self, words: str) -> None:
        expect(self.box.locator(".log").get_by_text(words).last).to_be_visible()

    def asked(self, times: int, words: str) -> None:
        """So often, each with its buttons."""
        expect(self.box.locator(".row").filter(has_text=words)).to_have_count(times)

    @property
    def rows(self) -> int:
        return self.box.locator(".row").count()

    def keeps(self, rows: int) -> None:
        """As many messages as there were; more may have come meanwhile."""
        expect(self.box.locator(".row").nth(rows - 1)).to_be_attached()

    def hints(self, words: str) -> None:
        expect(self.box.locator(".toast")).to_contain_text(words)


def comes_in(stage: Stage) -> Phone:
    """The resident scans the poster and goes all the way in."""
    resident = stage.phone("resident")
    resident.box.locator(".poster").click()
    resident.taps("同意并继续")
    resident.shows("请一次发来楼栋和房号")
    resident.says("3栋 1201")
    resident.taps("分享手机号")
    resident.shows("好了")
    return resident


def files(stage: Stage, words: str = "3栋电梯坏了，一直停在1楼") -> Phone:
    """A complaint about the lift, with two photos."""
    resident = comes_in(stage)
    resident.attaches("lift.jpg", "blocked.jpg")
    resident.says(words)
    resident.taps("电梯停运或故障")
    resident.taps("提交")
    resident.shows("已收到，")
    return resident
