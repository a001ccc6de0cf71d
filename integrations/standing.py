"""The connections of a workspace as every page needs them, read once a request: the rows, the clock, the last tick, and
how many notices are new to whoever asks.
"""

from collections.abc import Iterable

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from integrations.models import Beat, Connection, PermissionCheck
from integrations.moment import Moment
from integrations.notices import seen
from integrations.sync import beat
from sonora.core import clock
from sonora.core.counted import Counted
from sonora.workspaces.models import Membership

KEPT = "_connections_read"  # on the request


def of_request(request: HttpRequest) -> list[Connection]:
    """The connections of the request's workspace, each with its `state`, `rules`, `moment` and `tags_verdict`."""
    if not hasattr(request, KEPT):
        member = getattr(request, "membership", None)
        setattr(request, KEPT, _read(member) if member else [])
    found: list[Connection] = getattr(request, KEPT)
    return found


def new_notices(request: HttpRequest) -> int:
    """How many notices whoever asks has not seen; 0 for who is not told."""
    member: Membership | None = getattr(request, "membership", None)
    if member is None or not seen.is_told(member):
        return 0
    connections = of_request(request)
    return connections[0].new_notices if connections else seen.new_to(member).count()


def again(connection: Connection) -> Connection:
    """*connection* as its rows are now, with its `state` and `moment`."""
    return _at_moments(_asked().filter(pk=connection.pk))[0]


def moment_of(connection: Connection) -> Moment:
    """When *connection* was read, by one of the two above."""
    if connection.moment is None:
        raise ValueError("The connection was not read for a page.")
    return connection.moment


def _read(member: Membership) -> list[Connection]:
    rows = _asked().exclude(state=None)
    if seen.is_told(member):
        rows = rows.annotate(new_to_member=Counted(seen.new_to(member).values("pk"), output_field=IntegerField()))
    return _at_moments(rows)


def _asked() -> "QuerySet[Connection]":
    ticked = Beat.objects.filter(pk=beat.THE_ONE).values("ticked_at")
    tags = PermissionCheck.objects.filter(connection=OuterRef("pk"), permission="tags").values("verdict")
    rows = Connection.objects.select_related("state", "rules")
    return rows.annotate(asked_at=clock.expression(), ticked_at=Subquery(ticked), on_tags=Subquery(tags))


def _at_moments(rows: Iterable[Connection]) -> list[Connection]:
    found = list(rows)
    for one in found:
        one.moment = Moment(now=one.asked_at, ticked_at=one.ticked_at)  # type: ignore[attr-defined]
        one.tags_verdict = one.on_tags or ""  # type: ignore[attr-defined]
        one.new_notices = getattr(one, "new_to_member", 0)
    return found
