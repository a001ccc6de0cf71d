"""Blocks that count by something: their rows, their file, and the table behind a picture."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.canvas.kinds import Kind
from sonora.chat.query import Group, Intent, Query
from sonora.conversations.models import Conversation
from tests.factories.cast import Cast
from tests.screens.canvas.pages import block_of, fragment


@pytest.mark.parametrize(
    ("kind", "group"), [(Kind.BARS, Group.STATE), (Kind.TABLE, Group.STATE), (Kind.LINE, Group.WEEK)]
)
def test_what_is_counted_opens_all_its_rows_and_can_be_taken_away(cast: Cast, ada: Client, kind: Kind, group: Group):
    block = block_of(cast, Query(intent=Intent.COUNT, group_by=group), kind)
    shown: Any = fragment(ada, block)
    assert f'href="{reverse("export-block", args=[block.canvas_id, block.pk])}" download' in shown.content.decode()
    assert f'href="{shown.context["card"].body.rows_url}"' in shown.content.decode()
    rows = ada.get(shown.context["card"].body.rows_url).context["page"].rows
    with scope(workspace=cast.a.workspace):
        assert len(rows) == Conversation.objects.count()


def test_bars_are_a_table_too(cast: Cast, ada: Client):
    page = fragment(ada, block_of(cast, Query(intent=Intent.COUNT, group_by=Group.STATE), Kind.BARS)).content.decode()
    assert page.count('role="columnheader"') == 2
    assert "<caption" in page
