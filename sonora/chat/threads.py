"""Asking a question in a thread of one's own: read in the light of the one before it, and kept with its query."""

from collections.abc import Sequence

from sonora.chat.interpreter import Ignored, Interpretation, Why, interpret, picking
from sonora.chat.interpreter.names import Name
from sonora.chat.models import LONGEST_MODEL, LONGEST_QUESTION, LONGEST_TITLE, Thread, Turn
from sonora.chat.proposing import proposer
from sonora.chat.query import Query
from sonora.core import clock
from sonora.filters.viewer import Viewer
from sonora.workspaces.models import Membership

MOST_TURNS = 100  # of one thread


class ThreadIsFull(Exception):
    """A thread has as many questions as it may have; begin another one."""


def ask(
    question: str,
    viewer: Viewer,
    *,
    member: Membership,
    thread: Thread | None = None,
    before: Query | None = None,
    picked: Sequence[str] = (),
) -> Turn:
    """The turn in which *member* asks *question* in *thread*, which is theirs; None: in a new one.

    *before* is what it follows: the query of the page on which it is asked; None: the thread's last one that was
    understood. *picked*: things that names in the question stand for, as `picking.written`.
    Raises ThreadIsFull.
    """
    last = _last_understood(thread) if thread else None
    if thread and Turn.objects.filter(thread=thread).count() >= MOST_TURNS:
        raise ThreadIsFull
    read = _read(question, viewer, before or (last.meant if last else None), picking.picked(picked))
    now, words = clock.now(), " ".join(question.split())[:LONGEST_QUESTION]
    thread = thread or _begun(words, member, now)
    Thread.objects.filter(pk=thread.pk).update(updated_at=now)
    return Turn.objects.create(
        workspace_id=member.workspace_id,
        thread=thread,
        question=words,
        query=read.query.as_json() if read.query else None,
        ignored=[_told(one) for one in read.ignored],
        read_by=read.by[:LONGEST_MODEL],
        at=now,
    )


def _read(question: str, viewer: Viewer, before: Query | None, picked: Sequence[Name]) -> Interpretation:
    """By the rules; where an operator wants it, by a language model what they leave unread."""
    read = interpret(question, viewer, before=before, picked=picked)
    wise = proposer.proposer()
    return wise.read(question, viewer, read, picked) if wise else read


def _last_understood(thread: Thread) -> Turn | None:
    return Turn.objects.filter(thread=thread, query__isnull=False).order_by("-pk").first()


def _begun(words: str, member: Membership, now: int) -> Thread:
    return Thread.objects.create(
        workspace_id=member.workspace_id, owner=member, title=words[:LONGEST_TITLE], created_at=now, updated_at=now
    )


def _told(ignored: Ignored) -> dict[str, object]:
    told: dict[str, object] = {"words": ignored.words, "why": ignored.why.value, "options": list(ignored.options)}
    if ignored.denied:
        told["denied"] = ignored.denied
    if ignored.why is not Why.AMBIGUOUS:
        return told
    return told | {"names": [(one.label, picking.written(one.kind, one.value)) for one in ignored.names]}
