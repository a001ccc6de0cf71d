"""How far the provider has moved away from what this version knows: the words that it uses and nobody told us of."""

from collections import Counter
from collections.abc import Iterable

import structlog
from django.db import transaction

from integrations.sync import streams
from integrations.sync.slice import Slice

log = structlog.get_logger(__name__)

MOST = 50  # names of one stream
BEYOND = "other"


def note(work: Slice, stream: str, met: Iterable[str]) -> None:
    """Count the unknown words *met* in objects of *stream*, by name, inside a transaction; tell the log of new ones."""
    counted = Counter(met)
    if not counted:
        return
    held = streams.unknown(work, stream)
    fresh = [name for name in counted if name not in held][: max(0, MOST - 1 - len(held))]
    for name, number in counted.items():
        key = name if name in held or name in fresh else BEYOND
        held[key] = held.get(key, 0) + number
    streams.met(work, stream, held)
    if fresh:
        facts = {"connection": work.connection.pk, "stream": stream, "names": fresh}
        transaction.on_commit(lambda: log.warning("unknown words", **facts))
