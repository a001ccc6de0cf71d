"""The leaderboard as a file."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.http import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from sonora.core import csv_safe
from sonora.core.csv_safe import Cell
from sonora.filters.viewer import Viewer
from sonora.insights import counting
from sonora.insights.models import FeatureRequest
from sonora.screens import connection
from sonora.screens.requests.wanted import SORTS, Wanted
from sonora.workspaces import audit
from sonora.workspaces.access import Request, member
from sonora.workspaces.scoping import scope

COLUMNS = ("Request", "Status", "Customers", "People", "ARR", "Mentions", "Last asked", "Quote")
AT_ONCE = 500  # requests


@require_GET
@member
def download(request: Request) -> HttpResponseBase:
    """All requests that the filter of the address lets pass, in its order."""
    counting.settle_for_a_page(request.workspace.pk)
    wanted = Wanted.from_query(request.GET)
    audit.record("requests.exported", request=request)
    return StreamingHttpResponse(
        csv_safe.lines(_rows(request.workspace.pk, wanted, connection.viewer(request))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="feature-requests.csv"'},
    )


def _rows(workspace_id: int, wanted: Wanted, viewer: Viewer) -> Iterator[list[Cell]]:
    """The response is sent after the view returned, so the scope is opened anew."""
    yield list(COLUMNS)
    with scope(workspace=workspace_id):
        keys = list(wanted.requests(viewer).order_by(*SORTS[wanted.sort]).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        with scope(workspace=workspace_id):
            found = FeatureRequest.objects.defer("vector").in_bulk(some)
        yield from (_row(found[pk]) for pk in some if pk in found)


def _row(one: FeatureRequest) -> list[Cell]:
    asked = datetime.fromtimestamp(one.last_asked_at, UTC).date().isoformat() if one.last_asked_at else ""
    arr = f"{one.arr:.2f}" if one.arr else ""
    return [str(one), one.get_status_display(), one.customers, one.people, arr, one.mentions, asked, one.quote]
