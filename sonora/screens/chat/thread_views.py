"""Sharing a thread, deleting it, and taking the rows of an answer away."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from integrations.views.page import back
from sonora.chat.answers import answering, citing, sentences
from sonora.chat.answers.talks import TooCommon
from sonora.chat.models import LONGEST_REASON, Thread, Turn
from sonora.chat.query import Query
from sonora.core import csv_safe
from sonora.core.csv_safe import Cell
from sonora.filters.viewer import Viewer
from sonora.screens import connection
from sonora.screens.chat import things, views
from sonora.screens.chat.forms import OpinionForm
from sonora.screens.chat.working import MOST
from sonora.workspaces import audit
from sonora.workspaces.access import Request, member


@require_POST
@member
def share(request: Request, pk: int) -> HttpResponse:
    """Let everybody in the workspace read the thread, or (with *off*) nobody else any more."""
    thread = get_object_or_404(Thread.objects.all().of(request.membership), pk=pk)
    thread.is_shared = "off" not in request.POST
    thread.save(update_fields=["is_shared"])
    messages.info(
        request,
        "Everybody in the workspace can open this chat." if thread.is_shared else "Only you can open this chat.",
    )
    return back(request, reverse("thread", args=[pk]))


@require_POST
@member
def delete(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(Thread.objects.all().of(request.membership), pk=pk).delete()
    messages.info(request, "The chat is deleted.")
    return redirect("chat")


@require_POST
@member
def give_opinion(request: Request, pk: int, turn: int) -> HttpResponse:
    """Say whether an answer helped, and why; saying nothing takes it back."""
    thread = get_object_or_404(Thread.objects.all().of(request.membership), pk=pk)
    asked = get_object_or_404(Turn.objects.filter(thread=thread), pk=turn)
    form = OpinionForm(request.POST)
    if form.is_valid():
        Turn.objects.filter(pk=asked.pk).update(**form.cleaned_data)
    else:
        messages.warning(request, f"A reason has {LONGEST_REASON} characters at most.")
    return back(request, reverse("turn", args=[pk, turn]) + "#opinion")


@require_GET
@member
def export(request: Request, pk: int, turn: int) -> HttpResponseBase:
    """The rows of an answer as CSV."""
    thread = get_object_or_404(Thread.objects.all().open_to(request.membership), pk=pk)
    query = views.read(request, get_object_or_404(Turn.objects.filter(thread=thread), pk=turn)).query
    if query is None:
        raise Http404
    try:
        found = list(rows(query, connection.viewer(request)))
    except TooCommon:
        messages.info(request, sentences.too_common(query))
        return redirect("turn", pk=pk, turn=turn)
    audit.record("chat.exported", subject=query.metric.value, request=request)
    return StreamingHttpResponse(
        csv_safe.lines(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="answer.csv"'},
    )


def rows(query: Query, viewer: Viewer) -> Iterator[list[Cell]]:
    """What a file of the answer to *query* holds, its heads first. Raises TooCommon."""
    table = answering.table(query, viewer)
    if table is not None:
        yield [table.title, *table.columns]
        for row in table.rows:
            yield [row.label, *(figure.number for figure in row.figures)]
    elif query.metric in things.ORDER:
        yield [query.metric.value.capitalize(), "About"]
        for thing in things.some(query, viewer, most=query.limit or MOST):
            yield [thing.name, thing.about]
    else:
        yield ["Conversation", "Customer", "State", "Last updated", "Intercom ID"]
        for talk in citing.listed(query, viewer)[: query.limit or MOST]:
            customer = talk.customer.name if talk.customer else ""
            yield [talk.title or talk.preview, customer, talk.state, talk.updated_at, talk.external_id]
