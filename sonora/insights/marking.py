"""What the store says of conversations that it wrote: they are to be read again, or they are gone.

All of it runs in the store's own transaction, so a change and the need to read it commit together.
"""

from collections.abc import Collection, Iterable

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.core.upsert import upsert
from sonora.insights import keeping
from sonora.insights.models import Analysis, ConversationSentiment, MessageReading, Turn


def changed(workspace_id: int, connection_id: int, conversations: Collection[int]) -> None:
    """Messages of *conversations* (primary keys) are new or differ. What was removed from them is forgotten at once."""
    if not conversations:
        return
    owner = {"workspace_id": workspace_id, "connection_id": connection_id}
    rows = [{**owner, "conversation_id": pk, "changed_at": 0} for pk in sorted(conversations)]
    if upsert(Analysis, rows, key=("conversation_id",), update=()).inserted:
        upsert(Turn, [{**owner, "looked_at": clock.now()}], key=("connection_id",), update=())
    time = Conversation.objects.filter(pk=OuterRef("pk")).values("updated_at")
    Analysis.objects.filter(pk__in=conversations).update(
        changes=F("changes") + 1, changed_at=Coalesce(Subquery(time), 0), sentiment_by="", requests_by=""
    )
    _forget_removed_words(conversations)


def leaving(conversations: Collection[int]) -> None:
    """*conversations* (primary keys) are about to go, words and all: what people decided about them is kept."""
    keeping.keep(conversations)


def gone(conversations: Iterable[int]) -> None:
    """*conversations* (primary keys) were deleted: nothing is said of them any more. Their readings went before."""
    keys = list(conversations)
    Analysis.objects.filter(pk__in=keys).delete()
    ConversationSentiment.objects.filter(pk__in=keys).delete()


def _forget_removed_words(conversations: Collection[int]) -> None:
    """No reading and no sentiment keeps a sentence of a message that was removed at the provider."""
    removed = MessageReading.objects.filter(message__conversation__in=conversations, message__redacted=True)
    messages = list(removed.values_list("pk", flat=True))
    if messages:
        ConversationSentiment.objects.filter(message__in=messages).update(message=None, sentence="")
        MessageReading.objects.filter(pk__in=messages).delete()
