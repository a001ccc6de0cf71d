"""The list of canvases: one's own, those of others, and what to begin with."""

import re
from itertools import accumulate

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.canvas import library
from sonora.canvas.blocks import OWN_WIDTHS
from sonora.canvas.library import Template
from sonora.canvas.models import COLUMNS, Canvas
from tests.factories.cast import Cast
from tests.screens.canvas.pages import blocks, post, words


def test_the_list_says_of_each_canvas_how_many_blocks_it_has_whose_it_is_and_when_it_was_changed(
    cast: Cast, ada: Client, ben: Client, canvas: Canvas
):
    with scope(workspace=cast.a.workspace):
        Canvas.objects.filter(pk=canvas.pk).update(access=Canvas.Access.EDIT)
    said = rf"{canvas.title} 1 block · {{}} Changed (just now|\d+ \w+ ago|\d+ \w+ \d+)"
    assert re.search(said.format("You · Everybody can change it"), words(ada.get(reverse("canvases"))))
    assert re.search(rf"Shared by others {said.format(cast.ada)}", words(ben.get(reverse("canvases"))))


@pytest.mark.parametrize("template", library.TEMPLATES, ids=lambda one: one.key)
def test_a_template_is_a_canvas_with_its_blocks_in_full_rows(cast: Cast, ada: Client, template: Template):
    page = words(ada.get(reverse("canvases")))
    assert f"{template.title} {template.about} {' · '.join(template.names)}" in page
    post(ada, "create-canvas", {"title": template.title, "ready": list(template.blocks)})
    begun = [one for one in blocks(cast) if one.canvas.title == template.title]
    assert [one.title for one in begun] == template.names
    ends = set(accumulate(OWN_WIDTHS[library.BY_KEY[key].kind] for key in template.blocks))
    assert max(ends) % COLUMNS == 0
    assert ends.issuperset(range(COLUMNS, max(ends) + 1, COLUMNS))


def test_whoever_has_nothing_to_describe_is_offered_four_blocks(cast: Cast, ada: Client):
    page = ada.get(reverse("canvases")).content.decode()
    offered = page.partition("Blocks that are ready")[2].partition("</ul>")[0]
    assert re.findall(r">([^<]+)</a>", offered) == [
        "Feature requests",
        "Unhappy customers",
        "Conversations by tag",
        "People gone quiet",
    ]
