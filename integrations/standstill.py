"""A sync that stands still although something is due: since when, and why. Pure."""

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from integrations import phrases

if TYPE_CHECKING:
    from integrations.status import Snapshot

WITHOUT_PROGRESS = 15 * 60  # seconds for which a due connection may commit nothing
ASK = "Ask whoever operates Sonora"


def since(seen: "Snapshot", *, now: int) -> int | None:
    """When something was committed last (Unix seconds), if that is too long ago for a connection that is due."""
    due = _due_since(seen, now=now)
    if due is None or now - max(due, seen.last_progress or 0) <= WITHOUT_PROGRESS:
        return None
    return seen.last_progress or due


def sentence(seen: "Snapshot", *, now: int, zone: tzinfo = UTC) -> str:
    """Since when nothing came in, and why, in one sentence; "" when all goes on."""
    stopped = since(seen, now=now)
    if stopped is not None:
        return f"Nothing came in since {phrases.since(stopped, now=now, zone=zone)}: {_cause(seen, now)}"
    if _is_to_work(seen) and seen.silent_since is not None:
        return f"Sonora's scheduler hasn't run since {phrases.since(seen.silent_since, now=now, zone=zone)}."
    return ""


def advice(seen: "Snapshot", *, now: int) -> str:
    """What a person can do about it; "" when only waiting helps."""
    if seen.silent_since is not None:
        return f"{ASK} to start the beat process."
    if seen.failing_since is not None or _is_held(seen, now):
        return ""
    return f"{ASK} whether a worker runs."


def _due_since(seen: "Snapshot", *, now: int) -> int | None:
    """From when on it should have worked: what fails is due all the time, however far its next try is put off."""
    if not _is_to_work(seen):
        return None
    if seen.failing_since is not None:
        return seen.failing_since
    return seen.next_due if seen.next_due is not None and seen.next_due <= now else None


def _is_to_work(seen: "Snapshot") -> bool:
    return seen.setup == "ok" and not seen.run.startswith("paused")


def _cause(seen: "Snapshot", now: int) -> str:
    if seen.silent_since is not None:
        return "Sonora's scheduler doesn't run."
    if seen.failing_since is not None:
        return _inside(seen.last_error) or f"{seen.provider} could not be read."
    if _is_held(seen, now):
        return "a worker is at it and has saved nothing."
    if seen.dispatched_at is not None:
        return "no worker has taken it."
    return "it is due and no worker was given it."


def _inside(told: str) -> str:
    """The first sentence of *told* as the second half of another one: names keep their capital."""
    first = told.partition(". ")[0].rstrip(".")
    if not first:
        return ""
    start = first[0].lower() + first[1:] if first.startswith(("We ", "This ", "One ", "Something ")) else first
    return f"{start}."


def _is_held(seen: "Snapshot", now: int) -> bool:
    return seen.lease_until is not None and seen.lease_until >= now
