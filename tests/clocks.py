"""A clock that several processes share and one of them moves, and the machine's clock of each, which can be wrong."""

import mmap
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import SystemClock, steady

FIELDS = struct.Struct("dddd")


class SharedClock:
    """Real time runs steadily, and can pass at once; case time is ahead of it. The machine's clock can be set.

    All of it stands in a small file that all processes share: what real time began from, how far case time is ahead of
    it, how much passed at once, and by how much the machine's clock is wrong.
    """

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), FIELDS.size)

    @classmethod
    def made(cls, path: Path, at: datetime) -> "SharedClock":
        path.write_bytes(FIELDS.pack(time.time() - steady(), at.timestamp() - time.time(), 0.0, 0.0))
        return cls(path)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.real() + self.ahead(), UTC)

    def real(self) -> float:
        return self._read()[0] + self.steadily()

    def steadily(self) -> float:
        return steady() + self._read()[2]

    def wall(self) -> float:
        """What the machine's clock shows."""
        return self.real() + self._read()[3]

    def ahead(self) -> float:
        return self._read()[1]

    def move_to(self, at: datetime) -> None:
        """Case time goes on to then, with no real time between; forward only, as the world's time."""
        began, ahead, passed, wrong = self._read()
        further = (at - self.now()).total_seconds()
        if further > 0:
            self._write(began, ahead + further, passed, wrong)

    def pass_by(self, seconds: float) -> None:
        """So much time passes at once, of both kinds."""
        began, ahead, passed, wrong = self._read()
        self._write(began, ahead, passed + seconds, wrong)

    def set_wrong(self, seconds: float) -> None:
        """Somebody sets the machine's clock, to so many seconds before or after the time that it is."""
        began, ahead, passed, _ = self._read()
        self._write(began, ahead, passed, seconds)

    def _read(self) -> tuple[float, ...]:
        return FIELDS.unpack(self._shared[: FIELDS.size])

    def _write(self, *fields: float) -> None:
        self._shared[: FIELDS.size] = FIELDS.pack(*fields)


class MachineClock(SystemClock):
    """The clock of a process as `mashang run` has it, on a machine whose clock can be set; case time is ahead of it."""

    def __init__(self, shared: SharedClock) -> None:
        super().__init__(shared.wall, shared.steadily)
        self._shared = shared

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.real() + self._shared.ahead(), UTC)

    def not_before(self, known: datetime) -> None:
        super().not_before(datetime.fromtimestamp(known.timestamp() - self._shared.ahead(), UTC))
