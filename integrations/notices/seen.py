"""Which notices a member has seen."""

from integrations.models import Notice
from sonora.core import clock
from sonora.workspaces.models import Membership
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS, allows

MOST = 9  # more than these are "9+"


def new_to(member: Membership | None) -> str:
    """How many notices *member* has not seen: "3", "9+", or "" for none and for who is not told."""
    if member is None or not allows(member.role, MANAGE_INTEGRATIONS):
        return ""
    new = Notice.objects.filter(at__gt=member.notices_seen_at)[: MOST + 1].count()
    return f"{MOST}+" if new > MOST else str(new or "")


def mark(member: Membership) -> None:
    """Everything up to now is seen."""
    Membership.objects.filter(pk=member.pk).update(notices_seen_at=clock.now())
