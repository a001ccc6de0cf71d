"""A conversation whose answer never comes right while Intercom answers for others: too large, cut off, a server error.

It must neither stop the others nor be forgotten: it is tried three times, then kept as a dead letter.
"""

from collections.abc import Sequence

from integrations.errors import ProviderUnavailable
from integrations.models import Pending
from integrations.records import ConversationRecord, Unreadable
from integrations.sync import tries
from integrations.sync.pump import Got
from integrations.sync.slice import Slice
from sonora.core import clock

WAITS = (60, 600)  # seconds after the first failure and after the second; the third is the last

Failing = Sequence[Got[ConversationRecord]]


def failing_of(lot: Failing) -> Failing:
    """Those of *lot* for which no answer came."""
    return [one for one in lot if isinstance(one.error, ProviderUnavailable)]


def put_off(work: Slice, failing: Failing) -> None:
    """Try *failing* again later, and set aside what failed for the last time.

    Asks Intercom whether it answers at all; raises what that request raises: then the failures are not theirs.
    """
    if not failing:
        return
    work.ask(lambda source: source.identity())
    mine = Pending.objects.filter(connection_id=work.connection.pk)
    begun = dict(
        mine.filter(external_id__in=[one.external_id for one in failing]).values_list("external_id", "attempts")
    )
    last = [one for one in failing if begun.get(one.external_id, 0) > len(WAITS)]
    with work.commit():
        for external_id, attempts in begun.items():
            mine.filter(external_id=external_id).update(not_before=clock.now() + WAITS[min(attempts, len(WAITS)) - 1])
        tries.set_aside(work, [_letter(one) for one in last])


def _letter(one: Got[ConversationRecord]) -> Unreadable:
    code = getattr(one.error, "code", "") or getattr(one.error, "status", "")
    return Unreadable(external_id=one.external_id, error=f"No answer that can be read, three times ({code}).")
