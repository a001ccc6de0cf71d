"""Editing a canvas in the browser: each button, undoing, and what two people do to it at once."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.canvas.blocks import MOST as MOST_BLOCKS
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block, Canvas
from sonora.chat.query import Group, Query
from tests.factories.cast import Cast
from tests.screens.canvas.pages import block_of, blocks, fragment, post, words


def test_a_block_is_moved_resized_and_removed_with_buttons_alone(cast: Cast, ada: Client, canvas: Canvas):
    other = block_of(cast, Query(), Kind.LIST, title="Other", width=12)
    args = [canvas.pk, other.pk]
    page = fragment(ada, other).content.decode()
    assert "Move up" in page
    assert "Move down" not in page
    assert "A third" in page
    assert "A whole row" not in page
    post(ada, "arrange-block", {"act": "move", "over": cast.a.block.pk}, args)
    assert [one.pk for one in blocks(cast)] == [other.pk, cast.a.block.pk]
    post(ada, "arrange-block", {"act": "size", "width": "8", "version": "1"}, args)
    assert blocks(cast)[0].width == 8
    post(ada, "arrange-block", {"act": "remove", "version": "2"}, args)
    assert [one.pk for one in blocks(cast)] == [cast.a.block.pk]


def test_what_was_done_is_told_with_a_button_that_undoes_it(cast: Cast, ada: Client, canvas: Canvas):
    args = [canvas.pk, cast.a.block.pk]
    told = post(ada, "arrange-block", {"act": "remove", "version": "1"}, args)
    title = cast.a.block.title
    assert f"Removed “{title}”. Undo" in words(told)
    assert blocks(cast) == []
    undo = re.search(r'action="(/canvas/\d+/edits/\d+/undo)"', told.content.decode())
    token = str(told.context["csrf_token"])
    undone = ada.post(undo[1], {"csrfmiddlewaretoken": token}, follow=True)
    assert f"Undid: Removed “{title}”. Undo" in words(undone)
    assert [one.pk for one in blocks(cast)] == [cast.a.block.pk]


def test_the_history_says_who_did_what_and_goes_back(cast: Cast, ada: Client, ben: Client, canvas: Canvas):
    post(ben, "arrange-block", {"act": "duplicate"}, [canvas.pk, cast.a.block.pk])
    post(ada, "canvas-filters", {"set": "1", "state": "open", "version": "1"}, [canvas.pk])
    page = ada.get(reverse("canvas-history", args=[canvas.pk]))
    first, second, *_ = page.context["edits"]
    assert (first.deed, second.deed) == ("Changed the canvas filters", f"Duplicated “{cast.a.block.title}”")
    assert "ben@a.example" in words(page)
    back = post(ada, "undo-canvas-edit", {"seen": str(first.pk)}, [canvas.pk, second.pk])
    assert "Went back to before: Duplicated" in words(back)
    assert [(one.pk, one.canvas.shown.is_empty) for one in blocks(cast)] == [(cast.a.block.pk, True)]
    late = post(ben, "undo-canvas-edit", {"seen": str(first.pk)}, [canvas.pk, first.pk])
    assert "ada@a.example changed this a moment ago. Nothing was undone" in words(late)


def test_an_edit_is_undone_on_its_own_canvas_alone(cast: Cast, ada: Client, ben: Client):
    post(ben, "create-canvas", {"title": "Ben's"})
    with scope(workspace=cast.a.workspace):
        own = Canvas.objects.get(title="Ben's").pk
    assert post(ben, "undo-canvas-edit", args=[own, cast.a.edit.pk]).status_code == 404
    with scope(workspace=cast.a.workspace):
        Canvas.objects.filter(pk=cast.a.block.canvas_id).update(access=Canvas.Access.READ)
    args = [cast.a.block.canvas_id]
    assert post(ben, "undo-canvas-edit", args=[*args, cast.a.edit.pk]).status_code == 404
    assert ben.get(reverse("canvas-history", args=args)).status_code == 404


def test_a_block_is_copied_and_shown_otherwise_from_its_menu(cast: Cast, ada: Client, canvas: Canvas):
    block = block_of(cast, Query(group_by=Group.TAG), Kind.BARS, title="By tag", width=8)
    args = [canvas.pk, block.pk]
    menu = words(fragment(ada, block))
    assert "Change type Number List Table Line Text " in menu
    assert " Duplicate " in menu
    assert "Number" not in words(fragment(ada, cast.a.block))
    post(ada, "arrange-block", {"act": "show", "kind": "table", "version": "1"}, args)
    post(ada, "arrange-block", {"act": "duplicate"}, args)
    assert [(one.title, one.kind) for one in blocks(cast)][-2:] == [("By tag", "table"), ("By tag (copy)", "table")]
    refused = post(ada, "arrange-block", {"act": "show", "kind": "pie", "version": "2"}, args)
    assert "can't be shown like that" in words(refused)


def test_a_full_canvas_takes_no_copy(cast: Cast, ada: Client, canvas: Canvas):
    for _ in range(MOST_BLOCKS - 1):
        block_of(cast, Query(), Kind.METRIC)
    page = post(ada, "arrange-block", {"act": "duplicate"}, [canvas.pk, cast.a.block.pk])
    assert "24 blocks at most" in words(page)
    assert len(blocks(cast)) == MOST_BLOCKS


def test_the_second_of_two_editors_sees_how_it_is_now_and_overwrites_nothing(cast: Cast, ada: Client, ben: Client):
    block = cast.a.block
    args = [block.canvas_id, block.pk]
    shape = {"intent": "count", "metric": "conversations", "kind": "metric", "version": "1"}
    post(ben, "edit-block", {**shape, "title": "Ben's"}, args)
    refused = post(ada, "edit-block", {**shape, "title": "Ada's"}, args)
    assert refused.status_code == 422
    assert "ben@a.example changed this a moment ago. It is called “Ben's” now" in words(refused)
    assert 'value="Ada&#x27;s"' in refused.content.decode()
    assert blocks(cast)[0].title == "Ben's"
    post(ada, "edit-block", {**shape, "title": "Ada's", "version": "2"}, args)
    assert blocks(cast)[0].title == "Ada's"


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("canvas-settings", {"title": "Ben's", "access": "edit"}, {"title": "Ada's", "access": "private"}),
        ("canvas-filters", {"set": "1", "state": "open"}, {"set": "1", "state": "closed"}),
    ],
)
def test_the_second_is_told_of_title_sharing_and_filters_too(
    cast: Cast, ada: Client, ben: Client, canvas: Canvas, name: str, first: dict[str, str], second: dict[str, str]
):
    post(ben, name, {**first, "version": "1"}, [canvas.pk])
    refused = post(ada, name, {**second, "version": "1"}, [canvas.pk])
    assert refused.status_code == 422
    assert "ben@a.example changed this a moment ago." in words(refused)
    now = blocks(cast)[0].canvas
    assert now.title == first.get("title", now.title)
    assert now.access == "edit"
    assert now.shown.states == ({"open"} if "state" in first else set())
    post(ada, name, {**second, "version": "2"}, [canvas.pk])
    assert blocks(cast)[0].canvas.version == 3


def test_who_changes_a_block_that_was_removed_is_told_who_did_and_how_it_comes_back(
    cast: Cast, ada: Client, ben: Client
):
    block = blocks(cast)[0]
    args = [block.canvas_id, block.pk]
    post(ada, "arrange-block", {"act": "remove", "version": str(block.version)}, args)
    for page in (
        post(ben, "arrange-block", {"act": "size", "width": "8", "version": str(block.version)}, args),
        ben.get(reverse("edit-block", args=args), follow=True),
    ):
        said = words(page)
        assert f"This block is gone. {cast.ada}: Removed “{block.title}”." in said
        assert page.redirect_chain[-1][0] == reverse("canvas", args=[block.canvas_id])


@pytest.mark.parametrize("sent", [{"act": "remove", "version": "7"}, {"act": "move", "over": "9" * 30}, {"act": "fly"}])
def test_an_outdated_or_impossible_button_changes_nothing(cast: Cast, ada: Client, sent: dict[str, str]):
    page = post(ada, "arrange-block", sent, [cast.a.block.canvas_id, cast.a.block.pk])
    assert page.status_code == 200
    assert ("Nothing was overwritten" in words(page)) == (sent["act"] != "fly")
    assert [one.pk for one in blocks(cast)] == [cast.a.block.pk]


def test_a_block_moves_left_and_right_within_its_row_and_up_and_down_out_of_it(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        Block.objects.all().delete()
    row = [block_of(cast, Query(), Kind.METRIC, width=width) for width in (4, 8, 5, 12)]
    moves = [re.findall(r"Move (\w+)", words(fragment(ada, one))) for one in row]
    assert moves == [["right"], ["left", "down"], ["up", "down"], ["up"]]
