"""What people decide about feature requests. Each act is remembered whole, so that it can be undone, and no analysis
and no sync changes what was decided.

All of it runs inside the scope of the workspace, each act in one transaction. An act that would change nothing returns
None. `by` is a person's e-mail.
"""

from collections.abc import Collection, Iterable

from django.db import transaction

from sonora.core import clock
from sonora.core.words import counted
from sonora.insights import edits, versions
from sonora.insights.edits import Edit
from sonora.insights.models import Evidence, FeatureRequest, RequestDecision
from sonora.insights.models.requests import LONGEST_TITLE

Kind = RequestDecision.Kind
State = Evidence.State


class Refused(Exception):
    """It cannot be done; the text says why, for a person."""


def rename(request: FeatureRequest, title: str, *, by: str) -> RequestDecision | None:
    """Call it *title*; empty: by its most typical quote again."""
    title = " ".join(title.split())[:LONGEST_TITLE]
    edit = Edit(model=FeatureRequest, rows=[request.pk], columns={"edited_title": title})
    return _decide(Kind.RENAME, [edit], by=by, request=request, note=title)


def set_status(request: FeatureRequest, status: str, *, by: str) -> RequestDecision | None:
    """Raises Refused for a status that is none."""
    if status not in FeatureRequest.Status.values:
        raise Refused("There is no such status.")
    edit = Edit(model=FeatureRequest, rows=[request.pk], columns={"status": status})
    return _decide(Kind.STATUS, [edit], by=by, request=request, note=FeatureRequest.Status(status).label)


def dismiss(request: FeatureRequest, *, by: str) -> RequestDecision | None:
    """It is none; new words like its own join it and stay out of the leaderboard as well."""
    edit = Edit(model=FeatureRequest, rows=[request.pk], columns={"dismissed": True})
    return _decide(Kind.DISMISS, [edit], by=by, request=request)


def restore(request: FeatureRequest, *, by: str) -> RequestDecision | None:
    """It is one after all."""
    edit = Edit(model=FeatureRequest, rows=[request.pk], columns={"dismissed": False})
    return _decide(Kind.RESTORE, [edit], by=by, request=request)


def merge(gone: Collection[int], kept: FeatureRequest, *, by: str) -> RequestDecision | None:
    """*gone* (primary keys) are the same as *kept*: their words go there, now and later. Raises Refused."""
    with transaction.atomic():
        versions.advance(kept.workspace_id)
        _there(kept)
        merged = FeatureRequest.objects.filter(pk__in=gone, merged_into__isnull=True).exclude(pk=kept.pk)
        requests = list(merged.order_by("pk").values_list("pk", flat=True))
        earlier = FeatureRequest.objects.filter(merged_into__in=requests).values_list("pk", flat=True)
        words = Evidence.objects.filter(request__in=requests).order_by("pk").values_list("pk", flat=True)
        act = [
            Edit(model=FeatureRequest, rows=[*requests, *earlier], columns={"merged_into_id": kept.pk}),
            Edit(model=Evidence, rows=list(words), columns={"request_id": kept.pk}),
        ]
        note = counted(len(requests), "request")
        return _decide(Kind.MERGE, act, by=by, request=kept, other=_first(requests), note=note)


def split(quotes: Collection[int], *, by: str) -> RequestDecision | None:
    """*quotes* (primary keys of evidence), all of one request, ask for something of their own. Raises Refused."""
    with transaction.atomic():
        chosen = _of_one_request(quotes)
        request = chosen[0].request
        versions.advance(request.workspace_id)
        left = Evidence.objects.filter(request=request).exclude(pk__in=quotes).exclude(state=State.DISMISSED)
        if not left.exists():
            raise Refused("These are all of its quotes. Rename the request instead.")
        new = FeatureRequest.objects.create(workspace_id=request.workspace_id, created_at=clock.now())
        return _decide(Kind.SPLIT, [_moved(chosen, new, by)], by=by, request=request, other=new, note=_quotes(chosen))


def move(quotes: Collection[int], home: FeatureRequest, *, by: str) -> RequestDecision | None:
    """*quotes* (primary keys of evidence), all of one request, ask for *home*. Raises Refused."""
    with transaction.atomic():
        versions.advance(home.workspace_id)
        _there(home)
        chosen = _of_one_request(quotes)
        act = [_moved(chosen, home, by)]
        return _decide(Kind.MOVE, act, by=by, request=chosen[0].request, other=home, note=_quotes(chosen))


def accept_quotes(quotes: Collection[int], *, by: str) -> RequestDecision | None:
    """*quotes* (primary keys of evidence) do ask for what they stand under. Raises Refused."""
    return _judge(Kind.ACCEPT_QUOTES, quotes, State.ACCEPTED, by=by)


def dismiss_quotes(quotes: Collection[int], *, by: str) -> RequestDecision | None:
    """*quotes* (primary keys of evidence) ask for nothing. Raises Refused."""
    return _judge(Kind.DISMISS_QUOTES, quotes, State.DISMISSED, by=by)


def _judge(kind: Kind, quotes: Collection[int], state: State, *, by: str) -> RequestDecision | None:
    chosen = list(Evidence.objects.filter(pk__in=quotes).exclude(state=state).select_related("request").order_by("pk"))
    if not chosen:
        return None
    act = Edit(model=Evidence, rows=[one.pk for one in chosen], columns={"state": str(state), "decided_by": by})
    request = chosen[0].request if len({one.request_id for one in chosen}) == 1 else None
    return _decide(kind, [act], by=by, request=request, workspace_id=chosen[0].workspace_id, note=_quotes(chosen))


def _decide(
    kind: Kind,
    act: Iterable[Edit],
    *,
    by: str,
    request: FeatureRequest | None,
    other: FeatureRequest | None = None,
    note: str = "",
    workspace_id: int = 0,
) -> RequestDecision | None:
    workspace_id = request.workspace_id if request else workspace_id
    with transaction.atomic():
        changes = edits.carry_out(act, version=versions.advance(workspace_id))
        if not changes:
            return None
        decision = RequestDecision.objects.create(
            workspace_id=workspace_id,
            kind=kind,
            request=request,
            other=other,
            note=note[:250],
            by=by,
            at=clock.now(),
        )
        edits.remember(changes, decision)
        return decision


def _there(request: FeatureRequest) -> None:
    if not FeatureRequest.objects.filter(pk=request.pk, merged_into__isnull=True).exists():
        raise Refused("This request was merged into another one. Choose that one.")


def _of_one_request(quotes: Collection[int]) -> list[Evidence]:
    chosen = list(Evidence.objects.filter(pk__in=quotes).select_related("request").order_by("pk"))
    if not chosen:
        raise Refused("Choose at least one quote.")
    if len({one.request_id for one in chosen}) > 1:
        raise Refused("Choose quotes of one request.")
    return chosen


def _moved(quotes: Iterable[Evidence], home: FeatureRequest, by: str) -> Edit:
    columns = {"request_id": home.pk, "moved_by": by}
    return Edit(model=Evidence, rows=[one.pk for one in quotes], columns=columns)


def _first(requests: list[int]) -> FeatureRequest | None:
    return FeatureRequest.objects.filter(pk__in=requests[:1]).first()


def _quotes(chosen: Collection[Evidence]) -> str:
    return counted(len(chosen), "quote")
