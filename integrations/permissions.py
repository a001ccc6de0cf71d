"""What a check found, kept with its connection for people to read."""

from collections.abc import Iterable

from integrations.checks import CheckResult
from integrations.models import Connection, PermissionCheck, StreamState

TITLES = {
    "admins": "Read admins",
    "conversations": "Read conversations",
    "contacts": "Read users and contacts",
    "companies": "Companies",
    "tags": "Read tags",
}
NECESSARY = ("conversations", "contacts")
STREAMS_OF = {"admins": ("teammates", "teams")}  # where a permission is not called as what it lets read


def necessary_are_missing(result: CheckResult) -> bool:
    """Whether the token cannot read what no connection can do without."""
    return any(row.permission in NECESSARY and row.verdict in ("missing", "plan") for row in result.rows)


def remember(connection: Connection, result: CheckResult) -> None:
    """Replace what was known of the token's permissions, and let streams that were off be tried again."""
    PermissionCheck.objects.filter(connection=connection).delete()
    PermissionCheck.objects.bulk_create(
        PermissionCheck(
            workspace_id=connection.workspace_id,
            connection=connection,
            permission=row.permission,
            verdict=row.verdict,
            detail=row.detail[:300],
            checked_at=result.at,
        )
        for row in result.rows
    )
    allowed = [row.permission for row in result.rows if row.verdict in ("allowed", "empty")]
    streams = [stream for permission in allowed for stream in STREAMS_OF.get(permission, (permission,))]
    StreamState.objects.filter(connection=connection, stream__in=streams).update(off_reason="", off_detail="")


def listed(checks: Iterable[PermissionCheck]) -> list[dict[str, object]]:
    """What the last check found, for a list: title, verdict, detail and time of each permission."""
    found = {check.permission: check for check in checks}
    return [
        {"title": title, "verdict": check.verdict, "detail": check.detail, "checked_at": check.checked_at}
        for name, title in TITLES.items()
        if (check := found.get(name)) is not None
    ]
