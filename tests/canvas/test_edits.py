"""What was done to a canvas can be undone, and that again; nobody's later work is lost by it."""

from collections.abc import Callable
from typing import Any

import pytest

from sonora.canvas import blocks, canvases, edits
from sonora.canvas.blocks import Content
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block, Canvas, Edit
from sonora.canvas.versions import ChangedMeanwhile
from sonora.chat.query import Intent, Query
from sonora.core import clock
from sonora.filters.filterset import FilterSet
from sonora.workspaces.models import Membership

OPEN = FilterSet(states=frozenset({"open"}))
NUMBER = Content(title="Open ones", kind=Kind.METRIC, query=Query(intent=Intent.COUNT, filters=OPEN))
LIST = Content(title="All", kind=Kind.LIST, query=Query())
Act = Callable[[Canvas, Block, Block, Membership], Any]

ACTS: dict[str, tuple[str, Act]] = {
    "title": (
        "Called it “New”",
        lambda canvas, _, __, by: canvases.settle(canvas, title="New", access="edit", version=1, by=by),
    ),
    "filters": (
        "Changed the canvas filters",
        lambda canvas, _, __, by: canvases.narrow(canvas, OPEN, version=1, by=by),
    ),
    "add": ("Added “All”", lambda canvas, _, __, by: blocks.add(canvas, LIST, by=by)),
    "duplicate": ("Duplicated “Open ones”", lambda _, block, __, by: blocks.duplicate(block, by=by)),
    "change": ("Changed “Open ones”", lambda _, block, __, by: blocks.change(block, LIST, version=1, by=by)),
    "show as": (
        "Showed “Open ones” as list",
        lambda _, block, __, by: blocks.show_as(block, Kind.LIST, version=1, by=by),
    ),
    "leave open": (
        "Removed the filter State of “Open ones”",
        lambda _, block, __, by: blocks.leave_open(block, "states", version=1, by=by),
    ),
    "size": ("Made “Open ones” a whole row wide", lambda _, block, __, by: blocks.resize(block, 12, version=1, by=by)),
    "move": ("Moved “Open ones”", lambda _, block, other, by: blocks.move(block, over=other.pk, by=by)),
    "put": ("Moved “Open ones”", lambda _, block, other, by: blocks.put(block, at=other.pk, by=by)),
    "remove": ("Removed “Open ones”", lambda _, block, __, by: blocks.remove(block, version=1, by=by)),
}


def state(canvas: Canvas) -> tuple[Any, ...]:
    """All that people see of *canvas*."""
    kept = Block.objects.filter(canvas=canvas).order_by("place", "pk")
    rows = kept.values_list("pk", "title", "prompt", "kind", "query", "width")
    return (*Canvas.objects.values_list("title", "filters", "access").get(pk=canvas.pk), *map(str, rows))


def last(canvas: Canvas) -> Edit:
    return edits.of(canvas)[0]


@pytest.mark.parametrize(("deed", "act"), ACTS.values(), ids=ACTS)
def test_everything_that_is_done_is_named_undone_and_done_again(canvas: Canvas, ada: Membership, deed: str, act: Act):
    block, other = (blocks.add(canvas, NUMBER, by=ada) for _ in range(2))
    before = state(canvas)
    act(canvas, block, other, ada)
    after, done = state(canvas), last(canvas)
    assert after != before
    assert (done.deed, done.by) == (deed, "Ada")
    undid = edits.undo(done, seen=done.pk, by=ada)
    assert (state(canvas), undid.deed) == (before, f"Undid: {deed}")
    again = edits.undo(undid, seen=undid.pk, by=ada)
    assert (state(canvas), again.deed) == (after, deed)


def test_nothing_is_undone_under_the_hands_of_who_came_after(canvas: Canvas, ada: Membership, ben: Membership):
    block = blocks.add(canvas, NUMBER, by=ada)
    removed = blocks.remove(block, version=1, by=ada)
    blocks.add(canvas, LIST, by=ben)
    before = state(canvas)
    with pytest.raises(ChangedMeanwhile, match=r"^Ben changed this a moment ago\.$"):
        edits.undo(removed, seen=removed.pk, by=ada)
    assert state(canvas) == before
    assert last(canvas).by == "Ben"


def test_who_has_seen_what_came_after_goes_back_before_all_of_it(canvas: Canvas, ada: Membership, ben: Membership):
    block = blocks.add(canvas, NUMBER, by=ada)
    before = state(canvas)
    removed = blocks.remove(block, version=1, by=ada)
    blocks.add(canvas, LIST, by=ben)
    back = edits.undo(removed, seen=last(canvas).pk, by=ada)
    assert (state(canvas), back.deed) == (before, "Went back to before: Removed “Open ones”")
    edits.undo(back, seen=back.pk, by=ada)
    assert [one.title for one in blocks.in_order(canvas)] == ["All"]


def test_who_edits_a_block_meanwhile_is_told_that_it_went_back(canvas: Canvas, ada: Membership, ben: Membership):
    block = blocks.add(canvas, NUMBER, by=ada)
    wider = blocks.resize(block, 12, version=1, by=ada)
    block.refresh_from_db()
    edits.undo(wider, seen=wider.pk, by=ada)
    with pytest.raises(ChangedMeanwhile, match="Ada"):
        blocks.change(block, LIST, version=block.version, by=ben)


def test_a_block_that_came_back_is_at_no_version_that_it_had(canvas: Canvas, ada: Membership):
    block = blocks.add(canvas, NUMBER, by=ada)
    removed = blocks.remove(block, version=1, by=ada)
    edits.undo(removed, seen=removed.pk, by=ada)
    for version in (1, 2):
        with pytest.raises(ChangedMeanwhile):
            blocks.remove(block, version=version, by=ada)


def test_going_back_touches_no_block_that_is_the_same(canvas: Canvas, ada: Membership):
    still = blocks.add(canvas, NUMBER, by=ada)
    added = edits.last(canvas, by=ada)
    narrowed = canvases.narrow(canvas, OPEN, version=1, by=ada)
    edits.undo(narrowed, seen=narrowed.pk, by=ada)
    still.refresh_from_db()
    assert (still.version, added.pk) == (1, narrowed.pk - 1)


def test_going_back_opens_a_canvas_to_nobody(canvas: Canvas, ada: Membership):
    narrowed = canvases.narrow(canvas, OPEN, version=1, by=ada)
    assert canvases.settle(canvas, title="", access="private", version=2, by=ada) is None
    edits.undo(narrowed, seen=narrowed.pk, by=ada)
    canvas.refresh_from_db()
    assert canvas.access == "private"


def test_edits_are_kept_for_thirty_days_and_so_many_of_a_canvas(
    canvas: Canvas, ada: Membership, monkeypatch: pytest.MonkeyPatch
):
    now = clock.now()
    for days in (31, 29, 1):
        with clock.fixed(now - days * 86_400):
            canvases.narrow(canvas, OPEN, version=Canvas.objects.get(pk=canvas.pk).version, by=ada)
    assert len(edits.of(canvas)) == 2
    blocks.add(canvas, NUMBER, by=ada)
    assert Edit.objects.filter(canvas=canvas).count() == 3
    monkeypatch.setattr(edits, "MOST", 2)
    blocks.add(canvas, LIST, by=ada)
    assert list(Edit.objects.order_by("pk").values_list("deed", flat=True)) == ["Added “Open ones”", "Added “All”"]


def test_what_is_undone_on_a_canvas_that_is_gone_is_nothing(canvas: Canvas, ada: Membership):
    edit = canvases.narrow(canvas, OPEN, version=1, by=ada)
    canvases.delete(canvas, version=2, by=ada)
    with pytest.raises(ChangedMeanwhile):
        edits.undo(edit, seen=edit.pk, by=ada)
