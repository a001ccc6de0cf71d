"""How often one person may have the provider asked: it costs requests of the customer's own limit."""

import time

from django.core.cache import cache

CHECKS, FILES, WINDOW = 20, 100, 600  # checks and files a person in that many seconds


def checks_left(user_id: int) -> bool:
    """Count one check of the person and tell whether it may still be made."""
    return _counted("integration-checks", user_id) <= CHECKS


def files_left(user_id: int) -> bool:
    """The same of a file that is looked up."""
    return _counted("integration-files", user_id) <= FILES


def _counted(what: str, user_id: int) -> int:
    key = f"{what}:{user_id}:{int(time.time()) // WINDOW}"
    cache.add(key, 0, timeout=2 * WINDOW)  # longer than the window, so that it cannot run out between the two lines
    return int(cache.incr(key))
