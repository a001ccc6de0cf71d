"""Where each fact of a customer is from, kept with it: {fact: {"how", "by", "at"}}.

Of what was known before this was kept nothing is claimed.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

Sources = dict[str, dict[str, Any]]


class How(StrEnum):
    FILE = "file"  # an imported one
    PERSON = "person"


def noted(facts: Iterable[str], how: How, *, by: str, at: int) -> Sources:
    """What is kept of *facts* (names of columns) that *by* (an e-mail, or empty) said at *at* (Unix seconds)."""
    return {fact: {"how": how.value, "by": by, "at": at} for fact in facts}


def only(sources: Sources, facts: Iterable[str]) -> Sources:
    """*sources* of *facts* alone."""
    wanted = set(facts)
    return {fact: source for fact, source in sources.items() if fact in wanted}
