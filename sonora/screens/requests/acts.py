"""What a person decides about requests: the act, its trace in the audit trail, and what it did in a sentence."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.http import HttpRequest

from sonora.core import words
from sonora.insights import deciding, likeness, undoing
from sonora.insights.models import FeatureRequest, RequestDecision
from sonora.workspaces import audit

Kind = RequestDecision.Kind
SAID: dict[str, str] = {
    Kind.RENAME: "It is called “{note}” now.",
    Kind.STATUS: "The status is {note} now.",
    Kind.MERGE: "Merged into “{request}”. Words like these go there from now on.",
    Kind.SPLIT: "Split off {note}, as a request of their own.",
    Kind.MOVE: "Moved {note} to “{other}”.",
    Kind.DISMISS: "It is not a request. Words like these stay out of the leaderboard.",
    Kind.RESTORE: "It is a request again.",
    Kind.ACCEPT_QUOTES: "Accepted {note}.",
    Kind.DISMISS_QUOTES: "Dismissed {note}. They are not counted.",
}


class Unknown(Exception):
    """Nobody can ask for that: the form was made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One decision as a form sends it; *quotes* are primary keys of evidence."""

    act: str
    request: FeatureRequest | None = None
    other: FeatureRequest | None = None
    quotes: Collection[int] = ()
    title: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What to tell the person, and the decision; None where it was so already."""

    said: str
    decision: RequestDecision | None


def decide(asked: Asked, *, by: str, request: HttpRequest) -> Result:
    """Carry out *asked* for *by* (an e-mail), inside the scope of the workspace.

    Raises Unknown for an act that is none, deciding.Refused as `deciding` does.
    """
    decision = _carried_out(asked, by)()
    if decision is None:
        return Result(said="It was so already. Nothing changed.", decision=None)
    detail = {"request": decision.request_id, "other": decision.other_id, "decision": decision.pk}
    audit.record(f"request.{decision.kind}", subject=decision.note, detail=detail, request=request)
    return Result(said=_said(decision), decision=decision)


def _carried_out(asked: Asked, by: str) -> Callable[[], RequestDecision | None]:
    request, other, quotes = asked.request, asked.other, asked.quotes
    if asked.act in ("accept_quotes", "dismiss_quotes"):
        judge = deciding.accept_quotes if asked.act == "accept_quotes" else deciding.dismiss_quotes
        return lambda: judge(quotes, by=by)
    if asked.act == "split":
        return lambda: deciding.split(quotes, by=by)
    if asked.act == "move" and other is not None:
        return lambda: deciding.move(quotes, other, by=by)
    if request is None:
        raise Unknown
    return _about_one(asked, request, by)


def _about_one(asked: Asked, request: FeatureRequest, by: str) -> Callable[[], RequestDecision | None]:
    other = asked.other
    if asked.act == "rename":
        return lambda: deciding.rename(request, asked.title, by=by)
    if asked.act == "status":
        return lambda: deciding.set_status(request, asked.status, by=by)
    if asked.act in ("dismiss", "restore"):
        judge = deciding.dismiss if asked.act == "dismiss" else deciding.restore
        return lambda: judge(request, by=by)
    if asked.act == "merge" and other is not None:
        return lambda: deciding.merge([request.pk], other, by=by)
    raise Unknown


def _said(decision: RequestDecision) -> str:
    if decision.kind == Kind.RENAME and not decision.note:
        return "It is called by its quote again."
    return SAID[decision.kind].format(note=decision.note, request=decision.request, other=decision.other)


def undo(decision: RequestDecision, *, by: str, request: HttpRequest) -> tuple[str, bool]:
    """Undo *decision* for *by*; returns what to tell the person, and whether all is as it was."""
    undone = undoing.undo(decision.pk, by=by)
    if not undone.changed and not undone.skipped:
        return "It is undone already.", True
    detail = {"decision": decision.pk, "changed": undone.changed, "skipped": undone.skipped}
    audit.record("request.undone", subject=decision.get_kind_display(), detail=detail, request=request)
    if not undone.skipped:
        return "Undone. All is as it was.", True
    left = words.counted(undone.skipped, "part")
    return f"Undone but for {left}. {' '.join(undone.reasons)}", False


def refuse(pair: int, *, by: str, request: HttpRequest) -> str:
    """*by* says that the two requests of *pair* (primary key of a likeness) are not the same."""
    if likeness.refuse(pair, by=by):
        audit.record("request.refuse", detail={"likeness": pair}, request=request)
    return "They stay apart. They are not suggested again."


def suggest(pair: int, *, request: HttpRequest) -> str:
    """Take back that the two requests of *pair* (primary key of a likeness) are kept apart."""
    if likeness.suggest(pair):
        audit.record("request.suggest", detail={"likeness": pair}, request=request)
    return "They are suggested again."
