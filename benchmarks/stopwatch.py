"""What a measured process notes of itself, and hands over as JSON."""

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self


@dataclass(slots=True)
class Noted:
    """Seconds from the start of the work to its end, CPU seconds within it, and what was stored (kind → number).

    `first_row` and `first_screen`: seconds until a conversation could be read, and a hundred; None: nobody looked.
    `ended` is on the clock that all processes of a machine share; `cpu_process` and `peak_mb` are of the whole process
    up to then, start of Python included.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    cpu_wire: float = 0.0  # of it in the thread that talks HTTP
    ended: float = 0.0
    cpu_process: float = 0.0
    peak_mb: float = 0.0
    first_row: float | None = None
    first_screen: float | None = None
    stored: dict[str, int] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> "Noted":
        return cls(**json.loads(path.read_text()))


class Stopwatch:
    """Use as a context manager around the work; used more than once, it counts from the first start to the last end."""

    def __init__(self) -> None:
        self.started: tuple[float, float] | None = None
        self.noted = Noted()

    def __enter__(self) -> Self:
        if self.started is None:
            self.started = time.monotonic(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        assert self.started is not None
        noted = self.noted
        noted.ended, noted.cpu_process = time.monotonic(), time.process_time()
        noted.seconds, noted.cpu = noted.ended - self.started[0], noted.cpu_process - self.started[1]
        noted.peak_mb = own_peak_mb()


def own_peak_mb() -> float:
    """The largest resident set of this process so far. (getrusage would tell the parent's, if that was larger.)"""
    if sys.platform != "linux":
        raise SystemExit("The benchmarks read /proc, so they run on Linux only.")
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
