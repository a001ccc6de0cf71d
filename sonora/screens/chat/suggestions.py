"""Questions to begin with, about what the workspace really has."""

from sonora.conversations.models import ConversationTag
from sonora.customers.models import Customer
from sonora.insights.models import FeatureRequest

BEGINNINGS = ("Who asked for ", "What changed for ")  # to be ended by whoever asks
LONGEST_NAME = 40  # characters: longer names make no handy question
ABOUT = "What changed in the last 30 days?"  # asked within a customer or a person
LONGEST = 2_000  # characters of a question


def of_workspace() -> list[str]:
    """Up to six questions that have an answer here; where there is no tag, customer or request yet, fewer."""
    tag = ConversationTag.objects.filter(tag__deleted_at__isnull=True, tag__name__gt="").select_related("tag").first()
    customer = Customer.objects.filter(conversations__isnull=False).order_by("name", "pk").first()
    wished = FeatureRequest.objects.all().listed().order_by("-customers", "-people", "-mentions", "-pk")[:20]
    request = next((one for one in wished if len(str(one)) <= LONGEST_NAME), None)
    return [
        "Unhappy customers this month",
        *([about(customer)] if customer else []),
        *([f"How many open conversations are tagged {_quoted(str(tag.tag))}?"] if tag else []),
        *([f"Who asked for {_quoted(str(request))}?"] if request else []),
        "Which tags are most common in the last 30 days?",
        "Conversations per week over the last 6 months",
    ]


def about(customer: Customer) -> str:
    """A question about *customer*."""
    return f"What changed for {customer} in the last 30 days?"


def _quoted(name: str) -> str:
    return f"“{name}”" if "”" not in name else name
