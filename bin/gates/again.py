"""A second chance for a few failed tests, run alone: a machine that was busy for a moment is no defect of Sonora's.

What fails twice is a failure; what passes then is named at the end, so that somebody mends it.
"""

import re
from dataclasses import replace

from legs import Leg

MOST = 3  # more failures than this are no accident
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+\.py::.+?)(?:@[\w-]+)?(?: - .*)?$", re.MULTILINE)  # without xdist's group


def failed(output: str) -> list[str]:
    """The names of the tests that pytest's summary in *output* calls failed, each once."""
    return list(dict.fromkeys(FAILED.findall(output)))


def alone(leg: Leg, output: str) -> Leg | None:
    """*leg* for its failed tests alone, one after the other; None when they are too many for an accident."""
    names = failed(output)
    without_folders = [word for word in leg.command if not word.startswith("tests/")]
    return replace(leg, command=[*without_folders, "-n", "0", *names]) if 0 < len(names) <= MOST else None
