"""What a search shows of a conversation besides its date. Nobody promises that putting on a tag moves the date."""

from collections.abc import Iterable, Mapping

from integrations.records import ConversationSeen
from integrations.sync.slice import Slice
from sonora.conversations.models import Conversation, ConversationTag

A_DAY = 86_400  # seconds: no oftener is one read again, should search and conversation never agree


def differing(work: Slice, seen: Iterable[ConversationSeen], *, target: int) -> dict[str, int]:
    """Those of *seen* that are held with other tags or another company (id → the version held)."""
    told = {one.external_id: one for one in seen}
    held = Conversation.objects.present().filter(connection_id=work.connection.pk, external_id__in=list(told))
    old = held.filter(fetched_at__lt=target - A_DAY)
    tags = _tags(old.values_list("pk", flat=True))
    rows = old.values_list("pk", "external_id", "updated_at", "company__external_id")
    return {
        external_id: updated or 0
        for pk, external_id, updated, company in rows
        if _differs(told[external_id], tags=tags.get(pk, set()), company=company)
    }


def _differs(seen: ConversationSeen, *, tags: set[str], company: str | None) -> bool:
    """A company that is not told says nothing: old versions name none."""
    return (seen.tags is not None and set(seen.tags) != tags) or (bool(seen.company) and seen.company != company)


def _tags(conversations: Iterable[int]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = {}
    links = ConversationTag.objects.filter(conversation__in=conversations)
    for conversation, tag in links.values_list("conversation_id", "tag__external_id"):
        found.setdefault(conversation, set()).add(tag)
    return found
