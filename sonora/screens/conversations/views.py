"""The list of conversations, and one of them to read."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from integrations import files, throttle
from sonora.conversations.models import Conversation, Message
from sonora.filters.filterset import FilterSet
from sonora.screens import connection
from sonora.screens.conversations import listing, picker, reader
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    shown = FilterSet.from_query(request.GET)
    after, before = request.GET.get("after"), request.GET.get("before")
    who = listing.Reader(viewer=connection.viewer(request), connection=connection.of(request))
    page = listing.page(shown, who, after=after, before=before)
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    template = "conversations/_results.html" if is_fragment else "conversations/index.html"
    return render(request, template, {"page": page, "is_fragment": is_fragment})


@require_GET
@member
def tags(request: Request) -> HttpResponse:
    shown = FilterSet.from_query(request.GET)
    options = picker.tag_options(shown, connection.viewer(request))
    return render(request, "conversations/_tag_options.html", {"options": options})


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    conversation = get_object_or_404(Conversation.objects.all().present().for_reader(), pk=pk)
    thread = reader.thread(conversation, notes=connection.may_read_notes(request), every="all" in request.GET)
    return render(request, "conversations/show.html", {"conversation": conversation, "thread": thread})


@require_GET
@member
def file(request: Request, pk: int, place: int) -> HttpResponse:
    """Lead to a file where it lies in Intercom; the address is asked for at this moment and kept nowhere."""
    readable = Message.objects.filter(conversation__in=Conversation.objects.all().present())
    if not connection.may_read_notes(request):
        readable = readable.filter(internal=False)
    message = get_object_or_404(readable.select_related("connection", "conversation"), pk=pk)
    try:
        address = files.address(message, place) if throttle.files_left(request.user.pk) else ""
    except files.NotThere:
        address = ""
    if not address:
        return render(request, "conversations/file.html", {"message": message})
    return HttpResponseRedirect(address, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})
