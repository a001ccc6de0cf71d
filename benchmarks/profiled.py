"""cProfile around a slice, and another around the wire's event loop, since each thread has its own."""

import asyncio
import cProfile
import io
import pstats
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LINES = 60
_profiles: dict[Path, cProfile.Profile] = {}


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Add what the block does to the profile in *path*: functions by their own time, then by that of all they call."""
    profile = _profiles.setdefault(path, cProfile.Profile())
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        path.write_text(_top(profile))


def profile_wire(folder: Path) -> None:
    """From now on, profile every event loop that runs in the wire's thread into *folder*."""
    run_forever = asyncio.BaseEventLoop.run_forever

    def profiled(self: Any) -> None:
        if threading.current_thread().name != "wire":
            run_forever(self)
            return
        with written(folder / "wire.txt"):
            run_forever(self)

    asyncio.BaseEventLoop.run_forever = profiled  # type: ignore[method-assign]


def _top(profile: cProfile.Profile) -> str:
    text = io.StringIO()
    stats = pstats.Stats(profile, stream=text).strip_dirs()
    for order in ("tottime", "cumulative"):
        stats.sort_stats(order).print_stats(LINES)
    return text.getvalue()
