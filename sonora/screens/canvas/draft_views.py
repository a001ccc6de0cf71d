"""Making a block of a description or of an answer, and changing one."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sonora.canvas import blocks, canvases, edits, kinds
from sonora.canvas.models import Canvas
from sonora.canvas.versions import ChangedMeanwhile
from sonora.filters.filterset import FilterSet
from sonora.screens import connection
from sonora.screens.canvas import draft as drafts
from sonora.screens.canvas import finding, previewing, telling
from sonora.screens.canvas.body import body
from sonora.screens.canvas.draft import Draft
from sonora.screens.filters.bar import bar
from sonora.screens.filters.place import Place
from sonora.workspaces.access import Request, member

NEW = "new"
REFUSED = 422
MOST = 50  # canvases to choose from


@require_http_methods(["GET", "POST"])
@member
def add(request: Request) -> HttpResponse:
    """A new block: described, looked at, and put on a canvas (*canvas*: its primary key, else a new one)."""
    path = reverse("add-block")
    if request.method == "POST":
        draft = drafts.read(request.POST, connection.viewer(request))
        return _added(request, draft, path)
    draft = drafts.read(request.GET, connection.viewer(request))
    own = Canvas.objects.all().changeable_by(request.membership).order_by("-updated_at", "-pk")
    chosen = own.filter(pk=finding.number(draft.canvas)).first() if draft.canvas else None
    context = {"canvases": own[:MOST], "chosen": chosen}
    return _page(request, draft, path, context)


@require_http_methods(["GET", "POST"])
@member
def edit(request: Request, pk: int, block: int) -> HttpResponse:
    """A block that is there. Who was overtaken is shown what it says now, and may save over it knowingly."""
    canvas, conflict = finding.changeable(request, pk), None
    found, path = finding.standing(request, canvas, block), reverse("edit-block", args=[pk, block])
    if found is None:
        return redirect("canvas", pk=pk)
    draft = drafts.read(request.POST or request.GET, connection.viewer(request), block=found)
    content = draft.content(request.POST.get("title", draft.title))
    if request.method == "POST" and content:
        try:
            version = finding.number(request.POST.get("version", ""))
            telling.tell(request, blocks.change(found, content, version=version, by=request.membership))
        except ChangedMeanwhile as error:
            conflict, found = error, finding.block(canvas, block)
        else:
            return redirect(finding.place_of(found))
    context = {"canvas": canvas, "edited": found, "conflict": conflict, "chosen": canvas}
    return _page(request, draft, path, context, status=REFUSED if conflict else 200)


@require_GET
@member
def preview(request: Request) -> HttpResponse:
    """What the block that the address describes would show, on the canvas that it names."""
    viewer = connection.viewer(request)
    draft = drafts.read(request.GET, viewer)
    open_to = Canvas.objects.all().open_to(request.membership)
    canvas = open_to.filter(pk=finding.number(draft.canvas)).first()
    place = f"preview{finding.number(request.GET.get(previewing.PLACE, ''))}"
    within, shown = canvas.shown if canvas else FilterSet(), None
    if draft.query:
        since, feels = connection.held_since(connection.of(request)), connection.feels(request)
        shown = body(draft.query, draft.kind, within, viewer, place=place, held_since=since, feels=feels)
    is_fragment = request.htmx and not request.htmx.history_restore_request
    template = "canvas/_preview.html" if is_fragment else "canvas/preview.html"
    return render(request, template, {"body": shown, "draft": draft})


def _added(request: Request, draft: Draft, path: str) -> HttpResponse:
    content = draft.content(request.POST.get("title", ""))
    if content is None:
        return redirect(f"{path}?{urlencode(draft.pairs)}")
    canvas = finding.changeable(request, finding.number(draft.canvas)) if draft.canvas not in {"", NEW} else None
    try:
        canvas = canvas or canvases.begin("", by=request.membership)
        block = blocks.add(canvas, content, by=request.membership)
    except canvases.TooMany:
        messages.warning(request, "There is no room for more. Remove a block or a canvas first.")
        return redirect(f"{path}?{urlencode(draft.pairs)}")
    telling.tell(request, edits.last(canvas, by=request.membership))
    return redirect(finding.place_of(block))


def _page(request: Request, draft: Draft, path: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    place = Place.of(request.GET, path=path, listing="conversations", kept=draft.kept, is_bare=True)
    problem = connection.tags_problem(connection.of(request))
    is_plain = draft.query is not None and not draft.readings
    context |= {
        "draft": draft,
        "path": path,
        "bar": bar(draft.asked, connection.viewer(request), place, tags_problem=problem) if is_plain else None,
        "kinds": _kinds(draft, path) if is_plain else [],
        "choices": previewing.choices(draft, path, context.get("edited")),
        "preview_url": previewing.preview_url(draft, context.get("edited")),
    }
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    return render(request, "canvas/_draft.html" if is_fragment else "canvas/draft.html", context, status=status)


def _kinds(draft: Draft, path: str) -> list[tuple[str, str, bool]]:
    """The kinds that can show it: the word, the address with it, and whether it is chosen."""
    assert draft.query is not None  # noqa: S101 - whoever calls has looked
    rest = [(name, value) for name, value in draft.pairs if name != "kind"]
    return [
        (kind.label, f"{path}?{urlencode([*rest, ('kind', kind.value)])}", kind is draft.kind)
        for kind in kinds.possible(draft.query)
    ]
