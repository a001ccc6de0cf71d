"""Conversations that no answer ever came of: too large, always an error, or the end of the worker that read them.

Each try may cost a worker. So a pass that meets one again, as it was, leaves it alone for a day, and then it is tried
by itself, and once. When it changes, or somebody presses the button, it is tried at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from integrations.models import DeadLetter
from integrations.sync.slice import Slice
from sonora.core import clock

TRIES = 3  # that never came back; then it is read alone
RESTS = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Poison:
    """One that is kept as a dead letter: its change that was seen (the provider's clock), and since when (ours)."""

    seen_updated_at: int | None
    kept_at: int

    def rests(self, changed: int) -> bool:
        """Whether it is left alone where a search shows that it changed last at *changed*."""
        return self.seen_updated_at is not None and changed <= self.seen_updated_at and _is_recent(self.kept_at)


def known(work: Slice, external_ids: Iterable[str]) -> dict[str, Poison]:
    """Those of *external_ids* that are poison."""
    rows = _letters(work).filter(external_id__in=list(external_ids))
    return {
        one: Poison(seen, kept_at)
        for one, seen, kept_at in rows.values_list("external_id", "seen_updated_at", "last_at")
    }


def remember(work: Slice, external_id: str, *, seen_updated_at: int) -> None:
    """Which change of it was seen when it was set aside."""
    _letters(work).filter(external_id=external_id).update(seen_updated_at=seen_updated_at)


def left_alone(work: Slice) -> "QuerySet[DeadLetter]":
    """The letters that a walk may have passed over; it takes a day at most."""
    return _letters(work).filter(last_at__gt=clock.now() - 2 * RESTS, seen_updated_at__isnull=False)


def _is_recent(kept_at: int) -> bool:
    return abs(clock.now() - kept_at) < RESTS  # our clock may have been set back


def _letters(work: Slice) -> "QuerySet[DeadLetter]":
    return DeadLetter.objects.filter(connection_id=work.connection.pk, stream="conversations", raw=b"")
