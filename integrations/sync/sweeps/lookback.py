"""A lookback that was made shorter: what lies before it leaves Sonora. It is still in Intercom, and a wider one brings
it back.
"""

from integrations import store
from integrations.sync.slice import Slice
from sonora.conversations.models import Conversation

LOT = 200


def is_narrowed(work: Slice) -> bool:
    return work.state.narrowed_to is not None


def leave(work: Slice) -> None:
    """Remove one lot of closed conversations that changed last before the new edge."""
    old = Conversation.objects.filter(
        connection_id=work.connection.pk,
        fetched_at__isnull=False,
        updated_at__lt=work.state.narrowed_to,
        state=Conversation.State.CLOSED,
        open=False,
    )
    lot = list(old.order_by("pk").values_list("pk", flat=True)[:LOT])
    with work.commit(**({} if len(lot) == LOT else {"narrowed_to": None})):
        store.remove_conversations(work.holder, lot)
