"""How often a password may be guessed: ten failed tries for one e-mail from one address within fifteen minutes.

The counts live in the cache; where it is a process's own, each web process counts for itself.
"""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from sonora.core import visitors

TRIES = 10
MINUTES = 15


def is_closed(request: HttpRequest, email: str) -> bool:
    """Whether this visitor has used up the tries for *email*."""
    return int(cache.get(_key(request, email), 0)) >= TRIES


def count_failure(request: HttpRequest, email: str) -> None:
    """Note one failed try; the fifteen minutes begin with the first."""
    key = _key(request, email)
    cache.add(key, 0, timeout=MINUTES * 60)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, timeout=MINUTES * 60)


def forget(request: HttpRequest, email: str) -> None:
    """The person proved who they are."""
    cache.delete(_key(request, email))


def _key(request: HttpRequest, email: str) -> str:
    visitor = f"{email.strip().lower()}\n{visitors.address(request) or ''}"
    return "sign-in:" + hashlib.sha256(visitor.encode(errors="replace")).hexdigest()
