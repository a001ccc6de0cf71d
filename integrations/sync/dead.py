"""Dead letters: what could not be read, kept as it came, so that it can be looked at and tried again."""

from collections.abc import Iterable

from django.db.models import F

from integrations.models import DeadLetter
from integrations.records import Unreadable
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.core.upsert import upsert

RAW = 1_000_000  # bytes kept of one


def keep(work: Slice, stream: str, unreadable: Iterable[Unreadable]) -> None:
    """Keep *unreadable* (one row an object, counted), and say so in the run."""
    now = 0
    for one in unreadable:
        now = now or clock.now()  # a question to PostgreSQL, and nearly always there is nothing to keep
        mine = DeadLetter.objects.filter(
            connection_id=work.connection.pk, stream=stream, external_id=one.external_id[:200]
        )
        facts = {"error": one.error[:300], "raw": one.raw[:RAW], "last_at": now}
        if not mine.update(**facts, count=F("count") + 1):
            upsert(
                DeadLetter,
                [
                    {
                        **work.holder.owner,
                        "stream": stream,
                        "external_id": one.external_id[:200],
                        "first_at": now,
                        **facts,
                    }
                ],
                key=("connection_id", "stream", "external_id"),
            )
        work.issue(f"One of the {stream} could not be read ({one.external_id[:64]}). It is kept and tried again.")


def settle(work: Slice, stream: str, external_ids: Iterable[str]) -> None:
    """What could be read after all is no dead letter any more."""
    DeadLetter.objects.filter(
        connection_id=work.connection.pk, stream=stream, external_id__in=list(external_ids)
    ).delete()
