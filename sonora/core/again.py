"""Two transactions that want each other's rows: the database ends one of them, which is made again as it was."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
PAUSE = (0.05, 0.3)  # seconds, by chance between these
PASSING = frozenset({"40001", "40P01", "55P03"})  # SQLSTATE: serialization failure, deadlock, lock not available


def is_passing(error: OperationalError) -> bool:
    """Whether another transaction stood in the way, so that the same may go well a moment later."""
    return getattr(error.__cause__, "sqlstate", None) in PASSING


def repeated(write: Callable[P, R]) -> Callable[P, R]:
    """*write* is one transaction and asks no provider: nothing is read twice when it is made again."""

    @wraps(write)
    def made(*args: P.args, **options: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return write(*args, **options)
            except OperationalError as error:
                if not is_passing(error):
                    raise
            time.sleep(random.uniform(*PAUSE))  # noqa: S311  the other one first, or both meet again
        return write(*args, **options)

    return made
