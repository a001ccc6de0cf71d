"""Words of customers that ask for something."""

from typing import Any

from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.insights.models import Evidence, FeatureRequest
from tests.factories.conversations import ConversationFactory, MessageFactory
from tests.factories.integrations import NOW


def asked(
    link: Connection,
    quote: str,
    *,
    request: FeatureRequest | None = None,
    conversation: Conversation | None = None,
    state: str = Evidence.State.CERTAIN,
    contact: Any = None,
    at: int = NOW,
) -> Evidence:
    """A message that asks with *quote* in *conversation*, for *request*; None: new ones."""
    conversation = conversation or ConversationFactory(connection=link)
    message = MessageFactory(conversation=conversation, text=quote, contact=contact, created_at=at)
    request = request or FeatureRequest.objects.create(workspace=link.workspace, title=quote[:200], created_at=NOW)
    return Evidence.objects.create(
        workspace=link.workspace,
        message=message,
        conversation=conversation,
        request=request,
        quote=quote,
        probability=0.5 if state == Evidence.State.TO_CHECK else 0.95,
        state=state,
        noted_at=NOW,
    )
