"""The watchdog of the event loop: ends the process when the loop has stood still for a minute."""

import asyncio
import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.ops.heartbeat import CODE, HANGS

log = structlog.get_logger("event_loop_watchdog")
PULSE = 1.0  # seconds
DEEPEST = 5  # innermost places that are logged of where it hangs


class EventLoopWatchdog:
    """A callback on the loop each second, and a thread that counts the seconds without one.

    Counting spares a process that was stopped as a whole, or a machine that slept: its thread has slept as well.
    """

    def __init__(self, end: Callable[[int], object] = os._exit) -> None:
        self.end = end
        self._stop = threading.Event()
        self._still = 0

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Watch the loop that this is called in."""
        self._pulse(loop)
        watcher = threading.Thread(
            target=self.watch, args=(threading.get_ident(),), name="event-loop-watchdog", daemon=True
        )
        watcher.start()

    def stop(self) -> None:
        self._stop.set()

    def beat(self) -> None:
        self._still = 0

    def watch(self, watched: int, wait: Callable[[float], bool] | None = None) -> None:
        """Until stopped; `wait` says after so many seconds whether that is so."""
        wait = wait or self._stop.wait
        while not wait(PULSE):
            self._still += 1
            if self._still * PULSE >= HANGS:
                log.critical("the event loop hangs, the process ends", seconds=HANGS, where=_where(watched))
                sys.stderr.flush()
                self.end(CODE)
                return

    def _pulse(self, loop: asyncio.AbstractEventLoop) -> None:
        self.beat()
        if not self._stop.is_set():
            loop.call_later(PULSE, self._pulse, loop)


def _where(thread: int) -> list[str]:
    """The innermost places of that thread, without anything that is worked on there."""
    frame = sys._current_frames().get(thread)
    found = traceback.extract_stack(frame) if frame is not None else []
    return [f"{place.name} {Path(place.filename).name}:{place.lineno}" for place in found[-DEEPEST:]]
