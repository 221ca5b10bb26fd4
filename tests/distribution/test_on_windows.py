"""Without file locks and signal handlers, as on Windows, the commands of a clerk's desk work."""

import os
import re
import signal
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "storage/sample"
HATCH = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
OURS = rf"({'|'.join(HATCH['build']['targets']['wheel']['packages'])})(\.|$)"
# Both are taken away, files must name their encoding, and the console knows no Chinese.
WINDOWS = f"""\
import asyncio, signal, sys, warnings
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run in the background
sys.modules["fcntl"] = None
def unheard(*_): raise NotImplementedError
asyncio.SelectorEventLoop.add_signal_handler = unheard
warnings.filterwarnings("error", category=EncodingWarning, module={OURS!r})
from mashang.__main__ import main
main()
"""
KNOWN = {k: v for k, v in os.environ.items() if not k.startswith("MASHANG_")}
KNOWN |= {"PYTHONIOENCODING": "cp1252", "PYTHONWARNDEFAULTENCODING": "1"}
DEADLINE = "--pack chengdu --stage resolve_general --from 2026-12-31T10:00:00+08:00 --language zh"


def windows(*words):
    return [sys.executable, "-u", "-c", WINDOWS, *words]


def called(folder, *words):
    asked = windows(*words)
    return subprocess.run(asked, cwd=folder, env=KNOWN, capture_output=True, encoding="cp1252", check=False)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--help",), "registry"),
        (("registry", "check", str(SAMPLE)), "All is well: 26 districts"),
        (("registry", "template", "city.xlsx"), "Wrote city.xlsx"),
        (("registry", "load", str(SAMPLE), "--dry-run"), "Nothing was changed."),
        (("deadline", *DEADLINE.split()), "2027?1?5?(??) 18:00"),
        (("pack", "show", "chengdu"), "resolve_general"),
        (("pack", "check", str(ROOT / "complaints/packs/chengdu.toml")), "All is well: chengdu"),
        (("calendar", "load", "notice.csv"), "2027"),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, tuple) else "",
)
def test_a_clerks_commands_answer(tmp_path, words, answer):
    (tmp_path / "notice.csv").write_text("date,kind,source\n2027-01-01,休,国办发明电〔2026〕号\n", encoding="utf-8")
    told = called(tmp_path, *words)
    assert told.returncode == 0, told.stderr
    assert answer in told.stdout


@pytest.mark.thorough
def test_the_demo_answers_and_ends_on_ctrl_c(tmp_path):
    quiet = KNOWN | {"TMPDIR": str(tmp_path)}
    demo = subprocess.Popen(windows("demo", "--port", "0"), env=quiet, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", demo.stdout.readline())[0]
        with urllib.request.urlopen(address, timeout=60) as page:
            assert "马上" in page.read().decode()
        demo.send_signal(signal.SIGINT)
        assert demo.wait(20) == 0
    finally:
        demo.kill()
        demo.stdout.close()
    assert list(tmp_path.iterdir()) == []


def test_the_bot_refuses_in_one_sentence(tmp_path):
    told = called(tmp_path, "run")
    assert told.returncode == 2
    assert told.stderr.startswith("mashang run needs Linux or macOS, on Windows WSL or Docker: ")
    assert told.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
