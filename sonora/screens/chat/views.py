"""Asking in plain words: the place to ask, a thread of questions, and the answer to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sonora.canvas import blocks
from sonora.chat import threads
from sonora.chat.interpreter import picking
from sonora.chat.models import Thread, Turn
from sonora.chat.query import Query
from sonora.conversations.models import Conversation
from sonora.core import typed
from sonora.filters.filterset import Asked, FilterSet
from sonora.screens import connection
from sonora.screens.canvas import finding
from sonora.screens.chat import hints, page, suggestions, within
from sonora.screens.filters.place import BESIDE, Place
from sonora.workspaces.access import Request, member

LATEST = 20  # threads
SHAPE = {"intent", "metric", "by", "order", "limit", "against"}  # names of an address that are no filter


@require_GET
@member
def index(request: Request) -> HttpResponse:
    own = Thread.objects.all().of(request.membership)[:LATEST]
    shared = Thread.objects.filter(is_shared=True).exclude(owner=request.membership).order_by("-updated_at", "-pk")
    context = {
        "threads": own,
        "shared": shared.select_related("owner__user")[:LATEST],
        "suggestions": suggestions.of_workspace(),
        "question": request.GET.get("question", "")[: suggestions.LONGEST],
        "picked": request.GET.getlist("picked")[: picking.MOST],
        "within": within.of(request.GET),
        "connection": connection.of(request),
        "has_conversations": Conversation.objects.all().present().exists(),
    }
    return render(request, "chat/index.html", context)


@require_POST
@member
def ask(request: Request) -> HttpResponse:
    """Ask in a thread of one's own (*thread*), or begin one."""
    wanted = typed.key(request.POST.get("thread", ""))
    own = Thread.objects.all().of(request.membership)
    thread = get_object_or_404(own, pk=wanted) if wanted is not None else None
    question = request.POST.get("question", "")
    if not question.strip():
        return redirect("thread", pk=thread.pk) if thread else redirect("chat")
    try:
        turn = threads.ask(
            question,
            connection.viewer(request),
            member=request.membership,
            thread=thread,
            before=within.before(request.POST.get("before", "")),
            picked=request.POST.getlist("picked"),
        )
    except threads.ThreadIsFull:
        messages.info(request, f"This chat has {threads.MOST_TURNS} questions. Begin a new one.")
        return redirect("chat")
    return redirect("turn", pk=turn.thread_id, turn=turn.pk)


@require_GET
@member
def thread(request: Request, pk: int) -> HttpResponse:
    """The last question of a thread."""
    found = get_object_or_404(Thread.objects.all().open_to(request.membership), pk=pk)
    last = get_object_or_404(Turn.objects.filter(thread=found).order_by("-pk")[:1])
    return redirect("turn", pk=found.pk, turn=last.pk)


@require_GET
@member
def turn(request: Request, pk: int, turn: int) -> HttpResponse:
    """The answer to one question; an address with a query shows what somebody made of its chips."""
    turns = page.turns_of(pk, request.membership)
    asked = next((one for one in turns if one.pk == turn), None)
    if asked is None:
        raise Http404
    seen, shown, found, has_failed = read(request, asked), None, asked.thread, False
    try:
        shown = _shown(request, asked, turns, seen)
    except DatabaseError:
        has_failed = True
    context = {
        "thread": found,
        "turn": asked,
        "turns": turns,
        "shown": shown,
        "has_failed": has_failed,
        "again_url": request.get_full_path(),
        "hints": hints.of(asked),
        "on_canvas": _on_canvas(request, asked, seen.query),
        "is_mine": found.owner_id == request.membership.pk,
        "connection": connection.of(request),
        "held": _held_so_far(request),
        "link": request.build_absolute_uri(),
        "synced_at": connection.synced_at(connection.of(request)),
    }
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    return render(request, "chat/_results.html" if is_fragment else "chat/turn.html", context)


def _shown(request: Request, turn: Turn, turns: Sequence[Turn], seen: "Read") -> page.Shown | None:
    """The answer to what is *seen* of *turn*, one of *turns*; None where nothing was understood."""
    if seen.query is None:
        return None
    path = reverse("turn", args=[turn.thread_id, turn.pk])
    place = Place.of(request.GET, path=path, listing="conversations", kept=page.shape(seen.query), is_bare=True)
    problem, viewer = connection.tags_problem(connection.of(request)), connection.viewer(request)
    return page.of(turn, seen.query, seen.filters, viewer, place, turns=turns, tags_problem=problem)


def _on_canvas(request: Request, turn: Turn, query: Query | None) -> str:
    """The address of the block that this answer became, on a canvas that one may look at; empty where there is none."""
    block = blocks.asking(query, turn.question, member=request.membership) if query else None
    return finding.place_of(block) if block else ""


def _held_so_far(request: Request) -> int | None:
    """How many conversations there are while the first sync brings them in; None when it is done, or there is none."""
    known = connection.of(request)
    if known is None or connection.synced_at(known) is not None:
        return None
    return Conversation.objects.all().present().count()


@dataclass(frozen=True, slots=True)
class Read:
    """The query that an address asks for, and its filter with what of that could not be meant."""

    query: Query | None
    filters: Asked


def read(request: Request, turn: Turn) -> Read:
    """What the address makes of *turn*: its own query, unless it says another."""
    if "intent" not in request.GET:
        meant = turn.meant
        return Read(meant, Asked(meant.filters if meant else FilterSet(), []))
    asked = FilterSet.asked(request.GET, beside=BESIDE | SHAPE)
    return Read(Query.from_query(request.GET).narrowed(asked.shown), asked)
