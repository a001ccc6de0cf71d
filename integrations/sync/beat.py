"""The scheduler's own row: when it last ticked, and how far the sharing between the connections has come."""

from integrations.models import Beat
from sonora.core import clock

THE_ONE = 1  # its primary key
SILENT = 120  # seconds without a tick after which people are told


def locked() -> Beat:
    """The row, held until the end of the transaction: places are counted and given away by one process at a time."""
    return Beat.objects.select_for_update().get_or_create(pk=THE_ONE)[0]


def last_tick() -> int | None:
    """When a tick was last carried out (Unix seconds, database clock); None before the first one."""
    return Beat.objects.filter(pk=THE_ONE).values_list("ticked_at", flat=True).first()


def silent_since() -> int | None:
    """When a tick was last carried out (Unix seconds, database clock), if that is too long ago; else None."""
    ticked = last_tick()
    return ticked if is_silent(ticked, now=clock.now()) else None


def is_silent(ticked_at: int | None, *, now: int) -> bool:
    """Whether the last tick, at *ticked_at*, is too long ago; before the first one nobody is silent."""
    return ticked_at is not None and now - ticked_at > SILENT
