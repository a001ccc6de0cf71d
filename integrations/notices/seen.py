"""Which notices a member has seen."""

from django.db.models import QuerySet

from integrations.models import Notice
from sonora.core import clock
from sonora.workspaces.models import Membership
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS, allows

MOST = 9  # more than these are "9+"


def is_told(member: Membership) -> bool:
    """Whether notices are for *member*."""
    return allows(member.role, MANAGE_INTEGRATIONS)


def new_to(member: Membership) -> "QuerySet[Notice]":
    """The notices that *member* has not seen, no more than are counted."""
    return Notice.objects.filter(at__gt=member.notices_seen_at)[: MOST + 1]


def in_words(number: int) -> str:
    """How many are new: "3", "9+", or "" for none."""
    return f"{MOST}+" if number > MOST else str(number or "")


def mark(member: Membership) -> None:
    """Everything up to now is seen."""
    Membership.objects.filter(pk=member.pk).update(notices_seen_at=clock.now())
