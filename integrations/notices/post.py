"""Notices by mail: to the admins of the workspace and to whoever set the token, each by themselves."""

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.urls import reverse

from integrations.models import Connection, Notice
from sonora.core import clock
from sonora.workspaces.models import Membership, Workspace
from sonora.workspaces.permissions import GRANTED, MANAGE_INTEGRATIONS
from sonora.workspaces.scoping import scope, scopes_disabled

log = structlog.get_logger(__name__)

TRIES = 5
FRESH = 86_400  # seconds: older news is on the page, and no use in a mailbox


def send_waiting() -> int:
    """Mail what is not mailed yet, one mail a workspace and person; returns how many mails went out. Never raises.

    A mail server that is away is asked again at the next call, five times in all.
    """
    return sum(_send(workspace) for workspace in _with_news())


def _with_news() -> Sequence[Workspace]:
    with scopes_disabled():
        return list(Workspace.objects.filter(pk__in=_waiting(clock.now()).values("workspace")))


def _waiting(now: int) -> QuerySet[Notice]:
    return Notice.objects.filter(mailed_at__isnull=True, at__gte=now - FRESH, tries__lt=TRIES).order_by("at", "pk")


def _send(workspace: Workspace) -> int:
    with scope(workspace=workspace):
        notices = _claimed()
        people = who_is_told()
        if not notices or not people:
            return 0
        try:
            with get_connection() as line:
                return line.send_messages([_mail(workspace, person, notices) for person in people]) or 0
        except OSError as error:  # smtplib's errors are OSErrors too
            log.warning("notices_not_mailed", workspace=workspace.pk, notices=len(notices), reason=type(error).__name__)
            Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=None)
            return 0


def _claimed() -> list[Notice]:
    """The waiting notices, marked as mailed: of two callers each gets some, and none gets the same."""
    now = clock.now()
    return [notice for notice in _waiting(now) if _claim(notice, now)]


def _claim(notice: Notice, now: int) -> bool:
    mine = Notice.objects.filter(pk=notice.pk, mailed_at__isnull=True)
    return mine.update(mailed_at=now, tries=notice.tries + 1) == 1


def who_is_told() -> list[str]:
    """Whose mail in this workspace: everybody who may act, and whoever set the token while they are a member."""
    setters = Connection.objects.exclude(token_set_by="").values_list("token_set_by", flat=True)
    acting = [role for role, permissions in GRANTED.items() if MANAGE_INTEGRATIONS in permissions]
    members = Membership.objects.filter(user__is_active=True)
    found = members.filter(role__in=acting) | members.filter(user__email__in=setters)
    return sorted(set(found.values_list("user__email", flat=True)))


def _mail(workspace: Workspace, person: str, notices: Sequence[Notice]) -> EmailMessage:
    lines = [line for notice in notices for line in (notice.text, f"See {_address(notice)}", "")]
    subject = notices[0].text if len(notices) == 1 else f"{len(notices)} notices"
    return EmailMessage(
        subject=" ".join(f"{workspace.name}: {subject}".split())[:200],
        body="\n".join([*lines, f"Sonora tells the admins of {workspace.name} once for each change."]),
        to=[person],
    )


def _address(notice: Notice) -> str:
    if notice.connection_id is None:
        return f"{settings.SONORA_URL}{reverse('integrations')}"
    return f"{settings.SONORA_URL}{reverse('integration', args=[notice.provider])}"
