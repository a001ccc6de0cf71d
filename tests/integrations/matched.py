"""What tests of the matching pages begin with: a workspace's connection, and what its pages say."""

import html
import re
from typing import Any

from integrations.models import Connection, SyncState
from sonora.customers import decisions
from sonora.customers.models import Company, Match
from sonora.workspaces.models import AuditEntry, Workspace
from tests.factories.integrations import ConnectionFactory
from tests.integrations.conftest import CARD

PAGE = f"{CARD}/matching"
DECIDE, BULK, RULES, HISTORY, WHY = (f"{PAGE}/{name}" for name in ("decisions", "bulk", "rules", "history", "why"))


def linked(workspace: Workspace) -> Connection:
    """A connection with the rows of its sync; needs the workspace's scope."""
    link = ConnectionFactory(workspace=workspace, provider="intercom")
    SyncState.objects.create(workspace=workspace, connection=link, next_due=1)
    return link


def said(response: Any) -> str:
    """The words of a page, on one line."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(words).split())


def form(company: Company, act: str, **more: Any) -> dict[str, Any]:
    """What the buttons of a row send."""
    match = Match.objects.select_related("company").get(company=company)
    sent = {"company": company.pk, "seen": decisions.token(match), "act": act, "next": PAGE}
    return {**sent, **({"customer": match.customer_id} if match.customer_id else {}), **more}


def entries(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action).order_by("pk"))
