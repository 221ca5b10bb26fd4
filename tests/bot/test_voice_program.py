"""A program of the operator's: bounded in time and size, ended with whatever it has started, told no secret."""

import os
import sys
import time
from pathlib import Path

import pytest

from bot.voice.program import ProgramFailed, heard, split


def python(code, *more):
    return [sys.executable, "-c", code, *more]


def name_of(path):
    return Path(path).name


def is_there(path):
    return Path(path).exists()


async def test_it_gets_the_audio_and_its_words_come_back_clean():
    code = "import sys; sys.stdout.buffer.write('听到'.encode() + sys.stdin.buffer.read() + b'\\x00\\xff ')"
    assert await heard(python(code), b"abc", "voice.oga") == "听到abc\ufffd"


async def test_it_may_want_a_file_instead_which_nobody_else_reads_and_which_goes(tmp_path):
    code = "import os, sys; print(oct(os.stat(os.path.dirname(sys.argv[1])).st_mode)[-3:], sys.argv[1])"
    mode, path = (await heard(python(code, "{file}"), b"abc", "../../voice.oga")).split()
    assert (mode, name_of(path), is_there(path)) == ("700", "voice.oga", False)


async def test_a_program_that_reads_no_audio_is_no_fault():
    assert await heard(python("print('短')"), b"x" * 5_000_000, "v") == "短"


@pytest.mark.parametrize(
    "command",
    [
        python("import sys; print('x' * 10); sys.exit(3)"),
        python("import sys; sys.stdout.write('x' * 1_000_000)"),
        ["/nowhere/no-such-program"],
        ["/etc"],
    ],
    ids=["ends badly", "says too much", "isn't there", "is no program"],
)
async def test_what_goes_wrong_is_one_failure_that_tells_no_words(command):
    with pytest.raises(ProgramFailed) as failed:
        await heard(command, b"abc", "v")
    assert "xxx" not in str(failed.value)


def is_alive(process):
    """Whether it runs; one that nobody has buried yet doesn't."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


async def test_one_that_takes_too_long_is_ended_with_its_children(tmp_path):
    child = tmp_path / "child"
    code = (
        "import subprocess, sys, time; p = subprocess.Popen(['sleep', '600'])\n"
        "with open(sys.argv[1], 'w') as file: file.write(str(p.pid))\n"
        "time.sleep(600)"
    )
    began = time.monotonic()
    with pytest.raises(ProgramFailed):
        await heard(python(code, str(child)), b"abc", "v", longest=2.0)
    assert time.monotonic() - began < 30
    assert not is_alive(int(child.read_text(encoding="utf-8")))


async def test_it_is_told_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("MASHANG_TOKEN", "123456:secret")
    monkeypatch.setenv("MODEL", "small")
    code = "import os; print(sorted(n for n in os.environ if n.startswith('MASHANG')), os.environ['MODEL'])"
    assert await heard(python(code), b"", "v") == "[] small"


def test_no_shell_reads_the_command():
    assert split("whisper --model 'a b' ; rm -rf /") == ["whisper", "--model", "a b", ";", "rm", "-rf", "/"]
