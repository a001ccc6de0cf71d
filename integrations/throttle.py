"""How often one person may have the provider asked: a check costs requests of the customer's own limit."""

import time

from django.core.cache import cache

CHECKS, WINDOW = 20, 600  # checks a person in that many seconds


def checks_left(user_id: int) -> bool:
    """Count one check of the person and tell whether it may still be made."""
    key = f"integration-checks:{user_id}:{int(time.time()) // WINDOW}"
    cache.add(key, 0, timeout=2 * WINDOW)  # longer than the window, so that it cannot run out between the two lines
    return int(cache.incr(key)) <= CHECKS
