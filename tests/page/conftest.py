"""Fixtures for the page's tests: a browser on the page of a real `mashang demo`."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Stage
from playwright.sync_api import Browser, ConsoleMessage, Playwright, expect, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE = 15_000  # milliseconds; a busy machine may need some


def needed(found: object, what: str, how: str) -> None:
    """What is absent is skipped on somebody's own machine, and a failure in CI."""
    if found:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: {how}")
    pytest.skip(f"{what} is missing: {how}")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """For a module only: while it lives, its event loop is in the way of all others."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    needed(chromium, "Chromium", "apt-get install chromium")
    opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    needed(script.exists(), "axe-core", "npm ci")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of a demo that runs as a process of its own."""
    command = [sys.executable, "-u", "-m", "cli", "demo", "--port", "0"]
    demo = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    line = demo.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, f"the demo said {line!r}"
    yield found[0]
    demo.terminate()
    assert demo.wait(20) == 0
    demo.stdout.close()


@pytest.fixture
def stage(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[Stage]:
    """A window on a fresh city; nothing may go wrong in its script. Parametrise to change the window."""
    usual = {"viewport": {"width": 1280, "height": 720}, "locale": "zh-CN", "reduced_motion": "reduce"}
    options = {**usual, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" and not _cleared(said) else None)
    page.goto(f"{served}?tour=0")
    seen = Stage(page)
    seen.phone("resident").box.wait_for()
    page.locator("body[data-language]").wait_for()
    language = "en" if options["locale"].startswith("en") else "zh"
    if not seen.untouched(language):
        seen.begins_anew(language)
    yield seen
    context.close()
    assert wrong == []


def _cleared(said: ConsoleMessage) -> bool:
    """A photo of the city before, asked for while it was cleared away."""
    return "404" in said.text and "/media/" in said.location.get("url", "")
