"""A process that is measured: on a core of its own, with what it has used of it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
ENDING = 15.0  # seconds in which it must end when it is told to


@dataclass(frozen=True)
class MeasuredProcess:
    process: asyncio.subprocess.Process

    def cpu(self) -> float:
        """Seconds of processor time that it has used so far."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICKS

    def memory(self) -> float:
        """MB that it holds now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@asynccontextmanager
async def measured(*command: str, env: dict[str, str], log: Path) -> AsyncIterator[MeasuredProcess]:
    """Run `python COMMAND` on the last core, and this process on the others, as far as there are several."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, cores[:-1])

    def alone() -> None:
        os.sched_setaffinity(0, cores[-1:])

    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, env={**os.environ, **env}, stdout=out, stderr=out, preexec_fn=alone
        )
        try:
            yield MeasuredProcess(process)
        finally:
            os.sched_setaffinity(0, cores)
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                try:
                    await asyncio.wait_for(process.wait(), ENDING)
                except TimeoutError:
                    process.kill()
                    await process.wait()
