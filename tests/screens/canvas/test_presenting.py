"""A canvas on a wall: its blocks alone, which come again, and what is said when they can't."""

import re

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.canvas.kinds import Kind
from sonora.canvas.models import Canvas
from sonora.chat.query import Group, Intent, Query
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import Tags
from tests.factories.cast import Cast
from tests.screens.canvas.pages import FRAGMENT, block_of, failing, fragment, narrow, words


def test_a_presented_canvas_has_nothing_but_its_blocks_which_come_again(cast: Cast, ada: Client, canvas: Canvas):
    narrow(cast, FilterSet(states=frozenset({"open"})))
    page = ada.get(reverse("present-canvas", args=[canvas.pk]))
    text = page.content.decode()
    assert "State Open" in words(page)
    assert "<nav" not in text
    address = f"{reverse('block', args=[canvas.pk, cast.a.block.pk])}?present=1"
    assert f'hx-get="{address}" hx-trigger="load, every 300s, again"' in text
    block = ada.get(address, headers=FRAGMENT).content.decode()
    assert f'hx-get="{address}" hx-trigger="every 300s, again"' in block
    assert "<form" not in block
    assert "More for" not in block
    assert "hx-trigger" not in re.sub(r"<a [^>]*hx-get.*?>", "", fragment(ada, cast.a.block).content.decode())


def test_a_block_that_fails_on_a_wall_is_marked_and_has_nothing_to_press(cast: Cast, ada: Client):
    block = block_of(cast, Query(intent=Intent.COUNT, group_by=Group.TAG), Kind.BARS)
    address = f"{reverse('block', args=[block.canvas_id, block.pk])}?present=1"
    assert "data-failed" not in ada.get(address, headers=FRAGMENT).content.decode()
    with failing():
        page = ada.get(address, headers=FRAGMENT).content.decode()
    assert "data-failed" in page
    assert "What it showed last" in page
    assert "Retry" not in page


def test_the_wall_asks_whether_all_is_well_and_is_loaded_anew_once_the_canvas_was_changed(
    cast: Cast, ada: Client, canvas: Canvas
):
    page = ada.get(reverse("present-canvas", args=[canvas.pk]))
    asked = re.search(r'id="standing" hx-get="([^"]+)" hx-trigger="every 60s, again"', page.content.decode())
    assert asked
    again = ada.get(asked[1], headers=FRAGMENT)
    assert (again.status_code, again.headers.get("HX-Refresh")) == (200, None)
    assert "canvas-grid" not in again.content.decode()
    with scope(workspace=cast.a.workspace):
        Canvas.objects.filter(pk=canvas.pk).update(updated_at=canvas.updated_at + 1)
    again = ada.get(asked[1], headers=FRAGMENT)
    assert (again.status_code, again.headers.get("HX-Refresh")) == (204, "true")


def test_the_wall_says_what_all_blocks_lack(cast: Cast, ada: Client, canvas: Canvas):
    narrow(cast, FilterSet(tags=Tags(any=frozenset({999_999}))))
    page = words(ada.get(reverse("present-canvas", args=[canvas.pk])))
    assert "The canvas filter asks for what has changed: a tag that is gone." in page


def test_a_wall_whose_browser_is_signed_out_is_told_where_to_sign_in(cast: Cast, ada: Client, canvas: Canvas):
    address = reverse("present-canvas", args=[canvas.pk])
    page = ada.get(address).content.decode()
    assert f'href="{reverse("sign-in")}?next={address}"' in page
    ada.logout()
    for part in (f"{address}?seen=1", f"{reverse('block', args=[canvas.pk, cast.a.block.pk])}?present=1"):
        answer = ada.get(part, headers=FRAGMENT)
        assert answer.status_code == 204
        assert answer.headers["HX-Redirect"].startswith(reverse("sign-in"))
