"""A program of the operator's that reads audio and prints text: bounded in time and size, and told no secret."""

import asyncio
import os
import shlex
import signal
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from complaints.text.sanitizing import clean

LONGEST = 120.0  # seconds that one message may take
MOST = 64 * 1024  # bytes of text; no voice message says more
FILE = "{file}"  # in the command: the audio's path takes its place; without it the audio comes by stdin
SECRETS = "MASHANG_"  # how the variables begin that it isn't given


class ProgramFailed(Exception):
    """It ended badly, took too long, or said too much; what it said isn't told."""


def split(command: str) -> list[str]:
    """The command as a shell would split it; no shell runs it. ValueError where that can't be done."""
    return shlex.split(command)


async def heard(command: Sequence[str], audio: bytes, name: str, longest: float = LONGEST) -> str:
    """What it prints of the audio; ProgramFailed for everything else."""
    with tempfile.TemporaryDirectory(prefix="mashang-voice-") as folder:  # for its owner alone
        file = Path(folder) / (Path(name).name or "voice")
        by_file = any(FILE in part for part in command)
        if by_file:
            await asyncio.to_thread(file.write_bytes, audio)
        process = await _started([part.replace(FILE, str(file)) for part in command])
        try:
            async with asyncio.timeout(longest):
                said = await _said(process, b"" if by_file else audio)
        except (TimeoutError, OSError) as error:
            raise ProgramFailed(type(error).__name__) from None
        finally:
            await _ended(process)
    return clean(said.decode("utf-8", "replace"))


async def _started(command: Sequence[str]) -> asyncio.subprocess.Process:
    known = {name: value for name, value in os.environ.items() if not name.upper().startswith(SECRETS)}
    try:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=known,
            start_new_session=True,  # so that whatever it starts ends with it
        )
    except OSError as error:
        raise ProgramFailed(type(error).__name__) from None


async def _said(process: asyncio.subprocess.Process, audio: bytes) -> bytes:
    fed = asyncio.create_task(_fed(process, audio))
    try:
        said = await _read(process)
        await fed
        if await process.wait():
            raise ProgramFailed("exit code")
        return said
    finally:
        fed.cancel()


async def _fed(process: asyncio.subprocess.Process, audio: bytes) -> None:
    """A program that reads no audio closes its end early."""
    if process.stdin is None:
        return
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(audio)
        await process.stdin.drain()
    process.stdin.close()


async def _read(process: asyncio.subprocess.Process) -> bytes:
    said = b""
    while process.stdout is not None and (more := await process.stdout.read(MOST)):
        said += more
        if len(said) > MOST:
            raise ProgramFailed("too much")
    return said


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Whatever is left of it, and of what it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
