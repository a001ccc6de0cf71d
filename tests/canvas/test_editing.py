"""Canvases and blocks are changed by one who knows how they stand; who was overtaken overwrites nothing."""

from collections.abc import Callable

import pytest

from sonora.canvas import blocks, canvases
from sonora.canvas.blocks import Content
from sonora.canvas.kinds import Kind
from sonora.canvas.models import WIDTHS, Block, Canvas, Edit
from sonora.canvas.versions import ChangedMeanwhile
from sonora.chat.query import Group, Intent, Query
from sonora.filters.filterset import FilterSet
from sonora.workspaces.models import Membership
from tests.factories.canvas import BlockFactory, CanvasFactory

OPEN = FilterSet(states=frozenset({"open"}))
NUMBER = Content(title="Open ones", kind=Kind.METRIC, query=Query(intent=Intent.COUNT, filters=OPEN))
Overtaken = Callable[[Canvas, Block, Membership], None]


def titles(canvas: Canvas) -> list[str]:
    return [one.title for one in blocks.in_order(canvas)]


def test_a_canvas_is_its_owners_until_it_is_shared(ada: Membership, ben: Membership):
    canvas = canvases.begin("  Watch \n this ", by=ada)
    assert (canvas.title, canvas.access) == ("Watch this", "private")
    for access, opens, changes in [("private", 0, 0), ("read", 1, 0), ("edit", 1, 1)]:
        canvas.refresh_from_db()
        canvases.settle(canvas, title="Watch", access=access, version=canvas.version, by=ada)
        assert Canvas.objects.all().open_to(ben).count() == opens
        assert Canvas.objects.all().changeable_by(ben).count() == changes
        assert Canvas.objects.all().changeable_by(ada).count() == 1


def test_only_its_owner_says_who_may_open_a_canvas(canvas: Canvas, ben: Membership):
    canvases.settle(canvas, title="New", access="private", version=1, by=ben)
    canvas.refresh_from_db()
    assert (canvas.title, canvas.access, canvas.changed_by) == ("New", "edit", "Ben")


def test_a_block_is_added_behind_the_others_and_keeps_its_question(canvas: Canvas, ada: Membership):
    first, second = (blocks.add(canvas, NUMBER, by=ada) for _ in range(2))
    assert (first.place, second.place, second.width) == (1, 2, 4)
    second.refresh_from_db()
    assert second.meant == NUMBER.query


def test_a_kind_that_cannot_show_the_question_is_refused(canvas: Canvas, ada: Membership):
    with pytest.raises(ValueError, match="count by"):
        blocks.add(canvas, Content(title="x", kind=Kind.BARS, query=Query()), by=ada)
    assert titles(canvas) == []


def test_a_canvas_has_room_for_so_many_blocks(canvas: Canvas, ada: Membership):
    BlockFactory.create_batch(blocks.MOST, canvas=canvas)
    with pytest.raises(canvases.TooMany):
        blocks.add(canvas, NUMBER, by=ada)


def test_a_block_changes_places_with_its_neighbour(canvas: Canvas, ada: Membership):
    a, b, c = (BlockFactory(canvas=canvas, title=name) for name in "abc")
    blocks.move(c, over=b.pk, by=ada)
    assert titles(canvas) == ["a", "c", "b"]
    blocks.move(a, over=c.pk, by=ada)
    assert titles(canvas) == ["c", "a", "b"]


def test_a_block_is_not_moved_over_one_that_stands_elsewhere_by_now(canvas: Canvas, ada: Membership):
    a, b, c = (BlockFactory(canvas=canvas, title=name) for name in "abc")
    blocks.move(c, over=b.pk, by=ada)
    for one, over in [(c, b.pk + 1000), (c, c.pk), (b, a.pk)]:
        with pytest.raises(ChangedMeanwhile):
            blocks.move(one, over=over, by=ada)
    assert titles(canvas) == ["a", "c", "b"]


def test_a_copy_of_a_block_stands_right_behind_it(canvas: Canvas, ada: Membership):
    a, _ = (
        BlockFactory(canvas=canvas, title=name, width=8, prompt="Open ones?", query=NUMBER.query.as_json())
        for name in "ab"
    )
    blocks.duplicate(a, by=ada)
    assert titles(canvas) == ["a", "a (copy)", "b"]
    copy = blocks.in_order(canvas)[1]
    assert (copy.meant, copy.kind, copy.width, copy.prompt) == (NUMBER.query, a.kind, 8, "Open ones?")


def test_there_is_no_copy_where_there_is_no_room_or_nothing_to_copy(canvas: Canvas, ada: Membership):
    block, *_ = BlockFactory.create_batch(blocks.MOST, canvas=canvas)
    with pytest.raises(canvases.TooMany):
        blocks.duplicate(block, by=ada)
    blocks.remove(block, version=1, by=ada)
    with pytest.raises(ChangedMeanwhile):
        blocks.duplicate(block, by=ada)
    assert len(titles(canvas)) == blocks.MOST - 1


@pytest.mark.parametrize(("one", "at", "order"), [(0, 2, "BCAD"), (3, 1, "ADBC"), (1, 2, "ACBD")])
def test_a_block_takes_the_place_of_another_however_far_that_is(
    canvas: Canvas, ada: Membership, one: int, at: int, order: str
):
    made = [BlockFactory(canvas=canvas, title=title, place=place) for place, title in enumerate("ABCD", start=1)]
    blocks.put(made[one], at=made[at].pk, by=ada)
    assert "".join(titles(canvas)) == order
    gone = made[at].pk
    blocks.remove(made[at], version=1, by=ada)
    with pytest.raises(ChangedMeanwhile):
        blocks.put(made[one], at=gone, by=ada)


def test_a_block_is_shown_as_another_kind_if_that_can_show_it(canvas: Canvas, ada: Membership):
    block = blocks.add(canvas, NUMBER, by=ada)
    with pytest.raises(ValueError, match="count by"):
        blocks.show_as(block, Kind.BARS, version=1, by=ada)
    blocks.show_as(block, Kind.LINE, version=1, by=ada)
    block.refresh_from_db()
    assert (block.kind, block.meant, block.version) == (Kind.LINE, NUMBER.query, 2)


def test_a_block_is_as_wide_as_was_chosen_and_no_other_width(canvas: Canvas, ada: Membership):
    block = BlockFactory(canvas=canvas, width=8)
    for version, width in enumerate(WIDTHS, start=1):
        blocks.resize(block, width, version=version, by=ada)
        block.refresh_from_db()
        assert block.width == width
    with pytest.raises(ValueError, match="13 columns"):
        blocks.resize(block, 13, version=block.version, by=ada)


OVERTAKEN: dict[str, Overtaken] = {
    "settle": lambda canvas, _, by: canvases.settle(canvas, title="Mine", access="read", version=1, by=by),
    "filters": lambda canvas, _, by: canvases.narrow(canvas, OPEN, version=1, by=by),
    "delete": lambda canvas, _, by: canvases.delete(canvas, version=1, by=by),
    "change": lambda _, block, by: blocks.change(block, NUMBER, version=1, by=by),
    "leave open": lambda _, block, by: blocks.leave_open(block, "states", version=1, by=by),
    "show as": lambda _, block, by: blocks.show_as(block, Kind.LIST, version=1, by=by),
    "resize": lambda _, block, by: blocks.resize(block, 12, version=1, by=by),
    "remove": lambda _, block, by: blocks.remove(block, version=1, by=by),
}


@pytest.mark.parametrize("act", OVERTAKEN.values(), ids=OVERTAKEN)
def test_who_was_overtaken_overwrites_nothing_and_is_told_by_whom(
    canvas: Canvas, ada: Membership, ben: Membership, act: Overtaken
):
    block = blocks.add(canvas, NUMBER, by=ada)
    canvases.settle(canvas, title="Ben's", access="edit", version=1, by=ben)
    blocks.resize(block, 12, version=1, by=ben)
    before = [list(model.objects.order_by("pk").values()) for model in (Canvas, Block, Edit)]
    with pytest.raises(ChangedMeanwhile, match=r"^Ben changed this a moment ago\.$"):
        act(canvas, block, ada)
    assert [list(model.objects.order_by("pk").values()) for model in (Canvas, Block, Edit)] == before


def test_a_block_of_a_canvas_that_is_gone_is_not_written(canvas: Canvas, ada: Membership):
    block = blocks.add(canvas, NUMBER, by=ada)
    canvases.delete(canvas, version=1, by=ada)
    with pytest.raises(ChangedMeanwhile):
        blocks.change(block, NUMBER, version=1, by=ada)
    assert not Block.objects.exists()


def test_a_part_of_a_blocks_filter_is_left_open(canvas: Canvas, ada: Membership):
    block = blocks.add(canvas, NUMBER, by=ada)
    blocks.leave_open(block, "tags.any", version=1, by=ada)
    blocks.leave_open(block, "states", version=1, by=ada)
    block.refresh_from_db()
    assert block.meant == Query(intent=Intent.COUNT)


@pytest.mark.parametrize("odd", [{}, {"intent": "list"}, {"intent": "fly", "metric": "people"}, [], {"limit": 7}])
def test_a_question_in_unknown_words_is_none(canvas: Canvas, ada: Membership, odd: object):
    block = BlockFactory(canvas=canvas, query=odd)
    assert block.meant is None
    blocks.leave_open(block, "states", version=1, by=ada)
    blocks.change(block, NUMBER, version=1, by=ada)
    block.refresh_from_db()
    assert block.meant == NUMBER.query


def test_a_filter_of_a_canvas_is_kept_whole(ada: Membership):
    canvas = CanvasFactory(owner=ada)
    canvases.narrow(canvas, OPEN, version=1, by=ada)
    canvas.refresh_from_db()
    assert (canvas.shown, canvas.version) == (OPEN, 2)


def test_a_grouped_question_can_be_shown_in_every_kind(canvas: Canvas, ada: Membership):
    query = Query(intent=Intent.TOP, group_by=Group.TAG)
    for kind in Kind:
        blocks.add(canvas, Content(title=kind.label, kind=kind, query=query), by=ada)
    assert titles(canvas) == [kind.label for kind in Kind]
