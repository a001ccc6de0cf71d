"""What the groups of an answer are called."""

from collections.abc import Sequence
from typing import Any

from sonora.chat.query import Group
from sonora.conversations.models import Conversation, Tag, Teammate
from sonora.customers.models import Customer
from sonora.insights.models import FeatureRequest, Sentiment
from sonora.people.models import Person

Key = int | str | None

_ROWS: dict[Group, Any] = {
    Group.CUSTOMER: Customer,
    Group.PERSON: Person,
    Group.TAG: Tag,
    Group.TEAMMATE: Teammate,
    Group.REQUEST: FeatureRequest,
}
_WORDS = {
    Group.STATE: {str(value): str(label) for value, label in Conversation.State.choices},
    Group.SENTIMENT: {str(value): str(label) for value, label in Sentiment.choices},
}


def of(group: Group, keys: Sequence[Key]) -> dict[Key, str]:
    """How each of *keys* of *group* is called; one that is gone meanwhile is left out."""
    if group in _ROWS:
        held: dict[Key, str] = {
            one.pk: str(one) for one in _ROWS[group].objects.filter(pk__in=[key for key in keys if key])
        }
        return held | ({None: "Nobody"} if None in keys else {})
    words = _WORDS.get(group, {})
    return {key: words.get(str(key), str(key)) for key in keys}
