"""Feature requests over the conversations of a staged workspace: certain ones, doubtful ones, dismissed and alike."""

from typing import Any

QUOTES = (
    "We can't roll this out to the depots without single sign-on with our identity provider.",
    "Every Monday I download the same file by hand; a scheduled export to the warehouse would save us an hour.",
    "Auditors should see, not touch: please add roles with read-only access.",
    "Two currencies on one invoice is one too many, so could you show invoices in the local currency?",
    "The ops room is dim and your page is not. A dark mode for the wall screen, please.",
    "A page where I can follow a refund myself would spare us both a mail.",
)
DOUBTFUL = "Is there perhaps a way to see this on a phone?"
BY = "ada@harbour.example"


def fill(workspace_id: int) -> None:
    """Let customers of the workspace ask for `QUOTES`, in its scope; fewer for each."""
    from sonora.conversations.models import Message
    from sonora.insights import counting, deciding
    from sonora.insights.models import FeatureRequest, Likeness

    said = list(
        Message.objects.by_customers()
        .exclude(contact=None)
        .filter(evidence=None)
        .select_related("conversation")
        .order_by("pk")
    )
    made = []
    for place, quote in enumerate(QUOTES):
        request = FeatureRequest.objects.create(workspace_id=workspace_id, created_at=0)
        made.append(request)
        for message in [said.pop() for _ in range(9 - place)]:
            _ask(message, request, quote, "certain")
    for message in [said.pop() for _ in range(3)]:
        _ask(message, made[4], DOUBTFUL, "to_check")
    counting.settle(workspace_id)
    for request, status in zip(made, ("planned", "under_review", "shipped", "not_planned"), strict=False):
        deciding.set_status(request, status, by=BY)
    deciding.dismiss(made[5], by=BY)
    deciding.rename(made[4], "Dark mode", by=BY)
    Likeness.objects.create(
        workspace_id=workspace_id,
        first=made[0],
        second=made[2],
        score=0.5,
        reasons=["Their words mean much the same", "2 customers ask for both"],
    )


def _ask(message: Any, request: Any, quote: str, state: str) -> None:
    from sonora.insights.models import Evidence

    Evidence.objects.create(
        workspace_id=message.workspace_id,
        message=message,
        conversation=message.conversation,
        request=request,
        quote=quote,
        probability=0.9 if state == "certain" else 0.55,
        state=state,
        noted_at=message.created_at,
    )
