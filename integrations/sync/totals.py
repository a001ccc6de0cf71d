"""How many there are by the provider's own count: the other column of the ledger."""

from collections.abc import Callable

from integrations.errors import PermissionMissing, RequestRefused, SpanUnreadable
from integrations.providers import Range
from integrations.sync import outside, spans, streams
from integrations.sync.slice import Slice


def read(work: Slice) -> None:
    """Two requests of one row each, for the totals that their answers carry, and what the lookback leaves out."""
    everything = Range(field="created_at", lo=1, hi=None)
    counts: dict[str, Callable[[], int | None]] = {
        "conversations": lambda: spans.counted(work, everything),
        "contacts": lambda: work.ask(lambda source: source.contacts(size=1)).value.total,
    }
    for stream, count in counts.items():
        try:
            total = count()
        except (PermissionMissing, RequestRefused, SpanUnreadable):
            continue  # the ledger says of when its count is
        with work.commit():
            streams.said(work, stream, total)
    outside.read(work)
    with work.commit(owed=streams.paid(work, "totals")):
        streams.walked(work, "totals")
