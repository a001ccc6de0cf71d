"""The list of conversations, and one of them to read."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from integrations import files, throttle
from sonora.conversations.models import Conversation, Message
from sonora.filters.filterset import FilterSet
from sonora.insights import asking, corrections
from sonora.insights.models import ConversationSentiment
from sonora.screens import connection
from sonora.screens.conversations import feelings, listing, reader
from sonora.screens.conversations.forms import CorrectionForm
from sonora.screens.filters.place import BESIDE, Place
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    asked = FilterSet.asked(request.GET, beside=BESIDE)
    place = Place.of(request.GET, path=reverse("conversations"), listing="conversations")
    after, before = request.GET.get("after"), request.GET.get("before")
    who = listing.Reader(viewer=connection.viewer(request), connection=connection.of(request))
    page = listing.page(asked, who, place, after=after, before=before)
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    template = "conversations/_results.html" if is_fragment else "conversations/index.html"
    return render(request, template, {"page": page, "is_fragment": is_fragment})


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    readable = Conversation.objects.all().present().for_reader().select_related(*feelings.OF_ONE)
    conversation = get_object_or_404(readable, pk=pk)
    felt = feelings.of(conversation, is_on=connection.feels(request))
    asked = asking.in_conversation(conversation)
    quotes = {one.message_id: one.quote for one in asked}
    notes, every = connection.may_read_notes(request), "all" in request.GET
    context = {
        "conversation": conversation,
        "thread": reader.thread(conversation, felt, quotes, notes=notes, every=every),
        "felt": felt,
        "choices": corrections.CHOICES,
        "asked": asking.once_each(asked),
    }
    return render(request, "conversations/show.html", context)


@require_POST
@member
def correct_sentiment(request: Request, pk: int) -> HttpResponse:
    """Somebody says how the customer feels, or (with `reset`) that Sonora's reading is right after all."""
    get_object_or_404(ConversationSentiment.objects.shown(), pk=pk)
    form = CorrectionForm(request.POST)
    if "reset" in request.POST:
        corrections.take_back(pk, by=request.user, request=request)
        messages.success(request, "Sonora's reading is shown again.")
    elif form.is_valid():
        corrections.correct(pk, **form.cleaned_data, by=request.user, request=request)
        messages.success(request, "Saved. Your word stays, whatever comes in.")
    else:
        messages.warning(request, "Choose how the customer feels. A note has 500 characters at most.")
    return HttpResponseRedirect(reverse("conversation", args=[pk]) + "#sentiment")


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
