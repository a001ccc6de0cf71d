"""The workspace's connection as the pages know it, asked for once a request."""

from datetime import UTC

from integrations import snapshot, standing
from integrations.models import Connection, SyncState
from sonora.core import clock
from sonora.filters.viewer import Viewer
from sonora.workspaces.access import Request
from sonora.workspaces.permissions import Role

TAGS_PROBLEMS = {
    "missing": "Tags aren't available: this token can't read tags.",
    "plan": "Tags aren't available: your Intercom plan doesn't include them.",
}


def of(request: Request) -> Connection | None:
    """The connection of the workspace with its sync state, or None when nothing was ever connected."""
    if not hasattr(request, "_connection"):
        read = standing.of_request(request) or Connection.objects.select_related("state")[:1]  # one without a state yet
        request._connection = next(iter(read), None)  # type: ignore[attr-defined] # noqa: SLF001 - kept for this request
    return request._connection  # type: ignore[attr-defined, no-any-return] # noqa: SLF001


def state_of(connection: Connection | None) -> SyncState | None:
    """How far the sync of *connection* has come; None where there is none, or nobody began."""
    try:
        return connection.state if connection else None
    except SyncState.DoesNotExist:
        return None


def synced_at(connection: Connection | None) -> int | None:
    """When a run last finished, in Unix seconds; None before the first one did."""
    state = state_of(connection)
    return state.last_run_finished_at if state else None


def held_since(connection: Connection | None) -> int | None:
    """From when on (Unix seconds) all closed conversations are held; None: none is left out, or nobody reads them."""
    state = state_of(connection)
    if state is None or state.closed_done:
        return state.closed_edge if state else None
    return state.closed_frontier or state.backfill_start


def may_read_notes(request: Request) -> bool:
    """Admins may always read internal notes; members while the connection shows them to members."""
    connection = of(request)
    return request.membership.role == Role.ADMIN or connection is None or connection.show_internal_notes


def feels(request: Request) -> bool:
    """Whether sentiment is analysed; without a connection nothing says that it is not."""
    connection = of(request)
    return connection is None or connection.analyse_sentiment


def viewer(request: Request) -> Viewer:
    """For whom a filter is asked, and now; days begin as in the provider's workspace. The same one all request long."""
    if not hasattr(request, "_viewer"):
        request._viewer = _viewer(request)  # type: ignore[attr-defined] # noqa: SLF001 - kept for this request
    return request._viewer  # type: ignore[attr-defined, no-any-return] # noqa: SLF001


def _viewer(request: Request) -> Viewer:
    connection = of(request)
    zone = snapshot.zone_of(connection) if connection else UTC
    now = connection.moment.now if connection and connection.moment else clock.now()
    return Viewer(notes=may_read_notes(request), now=now, zone=zone, looks={})


def tags_problem(connection: Connection | None) -> str:
    """Why tags can't all be picked, in words for people; empty when they can, or when nobody knows."""
    return TAGS_PROBLEMS.get(connection.tags_verdict, "") if connection else ""
