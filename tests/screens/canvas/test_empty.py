"""Blocks that find nothing: what they say, and what to do about it."""

import re

from django.test import Client
from django_scopes import scope

from sonora.canvas.kinds import Kind
from sonora.chat.query import Group, Query
from sonora.conversations.models import ConversationTag
from sonora.filters.filterset import FilterSet
from tests.factories.cast import Cast
from tests.screens.canvas.pages import block_of, fragment, narrow, post, words


def test_an_empty_block_says_what_to_leave_open(cast: Cast, ada: Client):
    closed = FilterSet(states=frozenset({"closed"}), customers=frozenset({cast.a.customer.pk}))
    for kind in (Kind.LIST, Kind.METRIC):
        page = fragment(ada, block_of(cast, Query(filters=closed), kind))
        nearest = page.context["card"].body.nearest
        assert f"Closest: {nearest.number} without the filter “State”." in words(page)
        assert ada.get(nearest.url).context["page"].rows


def test_the_part_that_leaves_a_block_empty_is_removed_where_it_is_said(cast: Cast, ada: Client):
    block = block_of(cast, Query(filters=FilterSet(states=frozenset({"closed"}))), Kind.LIST, title="Closed ones")
    args = [block.canvas_id, block.pk]
    assert "Remove “State” from Closed ones" in words(fragment(ada, block))
    narrow(cast, FilterSet(states=frozenset({"closed"})))
    assert "“State” from" not in words(fragment(ada, block))  # both say it: no one of them is to blame
    assert "Change “State” of the canvas , for" in words(fragment(ada, cast.a.block))
    narrow(cast, FilterSet())
    post(ada, "arrange-block", {"act": "open", "part": "states", "version": "1"}, args)
    assert not fragment(ada, block).context["card"].body.is_empty


def test_a_block_with_nothing_to_count_by_says_so(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        ConversationTag.objects.all().delete()
    page = words(fragment(ada, block_of(cast, Query(group_by=Group.TAG), Kind.BARS)))
    assert re.search(r"None of the \d+ conversations? has a tag to count by\.", page)
