"""Whoever syncs or shows pages on this machine comes before the analysis."""

import os
from contextlib import suppress
from pathlib import Path

NICE = 10
AUTOGROUP = Path("/proc/self/autogroup")


def yield_to_others() -> None:
    """Make this process nice, and on Linux its session as well where that is the worker's own.

    Linux may share the processors among sessions first and then among the processes of each (sched(7), autogroup):
    niceness alone then says nothing to a worker that was started in another session.
    """
    os.nice(max(0, NICE - os.nice(0)))  # whoever was started nicer than that stays so
    if os.getsid(0) in {os.getpid(), os.getppid()}:
        with suppress(OSError):  # no such file: sessions do not count here
            AUTOGROUP.write_text(str(NICE), encoding="ascii")
