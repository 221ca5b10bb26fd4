"""The wheel, installed alone beside a package that is called `scheduler` like one of our folders."""

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import zipfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from wheels import write_wheel

from simulator.server import Simulator

ROOT = Path(__file__).parents[2]
TOKEN = "424242:simulated-token-of-an-installed-wheel"
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
UP_WITHIN = 60  # seconds, of a machine that does other things, too


def pip(*words):
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-index", "--no-build-isolation", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """A new environment with the wheel and a foreign `scheduler`; its dependencies are those of the tests.

    They are found by path alone, so that this environment's link to the checkout isn't followed.
    """
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
    python = folder / "env/bin/python"
    foreign = write_wheel(folder, "scheduler", "9.9")
    pip("--python", str(python), "install", "--no-index", "--no-deps", str(wheel), str(foreign))
    link = folder / f"env/lib/{PYTHON}/site-packages/dependencies.pth"
    link.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "env"


@pytest.fixture
def call(environment, tmp_path):
    """How to start a program of the new environment, away from the checkout."""
    known = {k: v for k, v in os.environ.items() if not k.startswith(("MASHANG_", "PYTHON"))}

    def call(program, *words, **variables):
        return {"args": [environment / "bin" / program, *words], "cwd": tmp_path, "env": known | variables}

    return call


def says(called):
    return subprocess.run(**called, capture_output=True, text=True, check=True).stdout


@pytest.mark.thorough
def test_site_packages_get_one_name_of_ours(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"mashang", f"mashang-{version('mashang')}.dist-info"}
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rooms = {path.split("/")[0] for path in tracked.split() if "/" in path} - {"tests", "benchmarks", "mashang"}
    assert {name.split("/")[2] for name in names if name.startswith("mashang/app/")} == rooms
    for needed in ("locales/zh_CN/LC_MESSAGES/mashang.mo", "simulator/web/index.html", "storage/sample/people.csv"):
        assert f"mashang/app/{needed}" in names


@pytest.mark.thorough
def test_ours_and_the_foreign_scheduler_leave_each_other_alone(call, environment):
    site = environment / f"lib/{PYTHON}/site-packages"
    assert says(call("python", "-c", "import scheduler; print(scheduler.VERSION)")) == "9.9\n"
    asked = "import mashang, scheduler, scheduler.due_timers, bot; print(scheduler.__file__); print(bot.__file__)"
    assert says(call("python", "-c", asked)).split() == [
        str(site / "mashang/app/scheduler/__init__.py"),
        str(site / "mashang/app/bot/__init__.py"),
    ]


@pytest.mark.thorough
def test_it_says_its_version_completes_words_and_counts_deadlines(call):
    assert says(call("mashang", "--version")) == says(call("python", "-m", "mashang", "--version"))
    assert says(call("python", "-m", "mashang", "--version")) == f"mashang {version('mashang')}\n"
    typed = {"_MASHANG_COMPLETE": "complete_bash", "COMP_WORDS": "mashang reg", "COMP_CWORD": "1"}
    assert says(call("mashang", **typed)).split() == ["registry"]
    asked = "deadline --pack chengdu --stage resolve_general --from 2026-12-31T10:00:00+08:00 --language zh"
    assert "〔2023〕62号" in says(call("mashang", *asked.split()))


@pytest.mark.thorough
def test_the_demo_answers(call):
    # With -m, whose path begins where one stands: there is a folder `bot` here that isn't ours.
    called = call("python", "-u", "-m", "mashang", "demo", "--port", "0")
    (called["cwd"] / "bot").mkdir()
    (called["cwd"] / "bot/__init__.py").write_text("raise ImportError('not ours')\n")
    demo = subprocess.Popen(**called, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", demo.stdout.readline())[0]
        with urllib.request.urlopen(address, timeout=UP_WITHIN) as page:
            assert "马上" in page.read().decode()
    finally:
        demo.terminate()
        assert demo.wait(60) == 0
        demo.stdout.close()


@pytest.mark.thorough
async def test_the_bot_polls_and_answers(call, tmp_path):
    async with Simulator(token=TOKEN, username="mashang_bot", now=lambda: datetime.now(UTC)) as sim:
        wang = sim.person("王女士", phone="13900000001")
        wang.opens()
        settings = {"TOKEN": TOKEN, "API_URL": sim.url, "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"}
        called = call("mashang", "run", **{f"MASHANG_{name}": value for name, value in settings.items()})
        bot = subprocess.Popen(**called, stderr=subprocess.PIPE, text=True)
        try:
            async with asyncio.timeout(UP_WITHIN):
                while not any(shown.from_bot for shown in wang.sees):
                    assert bot.poll() is None, bot.stderr.read()[-2000:]
                    await asyncio.sleep(0.05)
        finally:
            bot.terminate()
            bot.communicate(timeout=20)
        assert bot.returncode == 0


def test_every_room_is_packed_checked_and_held_by_the_floors():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    wheel = tools["hatch"]["build"]["targets"]["wheel"]
    assert wheel["sources"] == {room: f"mashang/app/{room}" for room in wheel["packages"] if room != "mashang"}
    checked = {file for file in tools["mypy"]["files"] if not file.startswith("tests/")}
    assert checked == {*wheel["packages"], "benchmarks"}  # which are for developers
    assert set(tools["importlinter"]["root_packages"]) == set(wheel["packages"])


@pytest.mark.thorough
def test_the_wheel_carries_what_was_learnt_and_not_what_it_was_learnt_from(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "mashang/app/complaints/catalogue/weights.json" in names
    assert "mashang/app/complaints/catalogue/syllables.txt" in names
    assert "mashang/app/complaints/catalogue/kinds.txt" in names
    assert "mashang/app/complaints/catalogue/traditional.txt" in names
    assert not [name for name in names if "/catalogue/examples/" in name or "/training/" in name]


@pytest.mark.thorough
def test_an_installed_wheel_finds_matters_without_what_learnt_them(call):
    assert "公共照明不亮" in says(call("mashang", "catalogue", "suggest", "楼道灯不亮"))
