"""The kinds of objects: which of them this token may read, and when each was last read whole."""

from integrations.errors import PermissionMissing, PlanRestricted, RequestRefused
from integrations.models import StreamState
from integrations.sync.slice import Slice
from sonora.core import clock

PERMISSION = {
    "conversations": "Read conversations",
    "contacts": "Read users and contacts",
    "companies": "Read users and contacts",
    "teammates": "Read admins",
    "teams": "Read admins",
    "tags": "Read tags",
}


def turn_off(work: Slice, stream: str, error: PermissionMissing | RequestRefused) -> None:
    """Note that *stream* cannot be read, inside a transaction. Each run tries again; the others go on."""
    permission = PERMISSION.get(stream, stream)
    if isinstance(error, PlanRestricted):
        reason, sentence = "plan", f"Your Intercom plan doesn't include {stream}."
    elif isinstance(error, PermissionMissing):
        reason, sentence = "missing", f"Intercom doesn't let this token read {stream}. Turn on {permission}."
    else:
        reason, sentence = "refused", f"Intercom refused the request for {stream} ({error.status}, {error.code})."
    _row(work, stream, off_reason=reason, off_detail=permission)
    work.issue(sentence)


def turn_on(work: Slice, stream: str) -> None:
    """Note that *stream* could be read, inside a transaction."""
    work.connection.streams.filter(stream=stream).exclude(off_reason="").update(off_reason="", off_detail="")


def walked(work: Slice, stream: str) -> None:
    """Note that *stream* was read whole just now, inside a transaction."""
    _row(work, stream, off_reason="", off_detail="", walked_at=clock.now())


def said(work: Slice, stream: str, total: int | None) -> None:
    """Note how many the provider says there are, inside a transaction; None: it did not say."""
    if total is not None:
        _row(work, stream, said=total, said_at=clock.now())


def was_whole(work: Slice, stream: str, *, began: int) -> None:
    """Note that a walk that *began* then (the provider's time) met all there is of *stream*, inside a transaction."""
    _row(work, stream, whole_at=began, whole_before=_whole_at(work, stream))


def whole_before(work: Slice, stream: str) -> int | None:
    """When the last complete walk but one began (the provider's time); None when there were not two."""
    return work.connection.streams.filter(stream=stream).values_list("whole_before", flat=True).first()


def unknown(work: Slice, stream: str) -> dict[str, int]:
    """The values that this version does not know, by name, and how often each came."""
    row = work.connection.streams.filter(stream=stream).values_list("unknown", flat=True)
    return dict(row.first() or {})


def met(work: Slice, stream: str, unknown: dict[str, int]) -> None:
    """Note *unknown* in the place of what was noted before, inside a transaction."""
    _row(work, stream, unknown=unknown)


def _whole_at(work: Slice, stream: str) -> int | None:
    return work.connection.streams.filter(stream=stream).values_list("whole_at", flat=True).first()


def is_off(work: Slice, stream: str) -> bool:
    return work.connection.streams.filter(stream=stream).exclude(off_reason="").exists()


def paid(work: Slice, stream: str) -> list[str]:
    """What the run still owes once *stream* is read."""
    return [one for one in work.state.owed if one != stream]


def _row(work: Slice, stream: str, **columns: object) -> None:
    StreamState.objects.update_or_create(
        workspace_id=work.connection.workspace_id, connection=work.connection, stream=stream, defaults=columns
    )
