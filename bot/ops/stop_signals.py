"""SIGTERM and SIGINT as an event, for what runs until that is set."""

import asyncio
import signal
from contextlib import suppress


def set_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at SIGTERM and SIGINT; where loops handle no signals (Windows), Ctrl+C cancels the main task."""
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
