"""Searching the whole workspace: five of each kind, and the way to the rest."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from integrations.models import Connection
from sonora.conversations.models import Tag
from sonora.insights import naming
from sonora.insights.aliases import Names
from sonora.insights.models import FeatureRequest
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationFactory, TagFactory
from tests.factories.customers import CustomerFactory
from tests.factories.integrations import NOW

Browser = Callable[[User | None], Client]


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    with scope(workspace=cast.a.workspace):
        FeatureRequest.objects.create(
            workspace=cast.a.workspace, title="Export of saffron", mentions=1, status="planned", created_at=NOW
        )
    return as_user(cast.ada)


def found(client: Client, words: str) -> dict[str, list[tuple[str, str]]]:
    groups = client.get("/search", {"q": words}).context["found"].groups
    return {group.title: [(hit.name, hit.about) for hit in group.hits] for group in groups}


def test_each_kind_is_found(cast: Cast, ada: Client):
    assert found(ada, "saffron") == {
        "Customers": [("Halden saffron", "saffron.example")],
        "People": [("Ines saffron", "ines@saffron.example")],
        "Conversations": [("Invoice in saffron", "Halden saffron")],
        "Feature requests": [("Export of saffron", "Planned")],
        "Tags": [("Billing saffron", "Conversations with this tag")],
    }


def test_a_request_is_found_by_another_name_of_what_it_is_about(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        naming.write(cast.a.workspace.pk, Names.typed("export, cinema look"), by="ada@a.example")
    assert found(ada, "cinema look") == {"Feature requests": [("Export of saffron", "Planned")]}


@pytest.mark.parametrize("words", ["indigo", "  ", "zyxwvut", "\0", "<script>", "' OR 1=1 --", "%", "x" * 10_000])
def test_nothing_of_another_workspace_and_nothing_at_all_is_found(cast: Cast, ada: Client, words: str):
    assert found(ada, words) == {}


def test_each_hit_leads_to_what_it_names(cast: Cast, ada: Client):
    for group in ada.get("/search", {"q": "saffron"}).context["found"].groups:
        for hit in group.hits:
            page = ada.get(hit.url)
            assert page.status_code == 200
            assert hit.name in page.content.decode()


def test_five_of_a_kind_are_shown_and_a_link_leads_to_all(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        CustomerFactory.create_batch(7, workspace=cast.a.workspace, name="Saffron trade")
    (group,) = [one for one in ada.get("/search?q=trade").context["found"].groups if one.title == "Customers"]
    assert len(group.hits) == 5
    assert ada.get(group.more_url).content.decode().count("Saffron trade</a>") == 7


def test_a_link_opens_the_filter_with_all_tags(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        tags = [TagFactory(connection=cast.a.connection, name=f"Trade & {place}") for place in range(7)]
    (group,) = ada.get("/search", {"q": "trade &"}).context["found"].groups
    assert (len(group.hits), group.more) == (5, "All tags")
    picker = ada.get(group.more_url).content.decode().split('id="filter-tags', 1)[1].split("</details>")[0]
    assert all(f'value="{tag.pk}"' in picker for tag in tags)


def test_deleted_things_are_not_found(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        Tag.objects.filter(pk=cast.a.tag.pk).update(deleted_at=NOW)
        ConversationFactory(connection=cast.a.connection, title="Saffron is gone", deleted_at=NOW)
    shown = found(ada, "saffron")
    assert "Tags" not in shown
    assert [name for name, _ in shown["Conversations"]] == ["Invoice in saffron"]


def test_words_of_hidden_notes_lead_nowhere(cast: Cast, as_user: Browser):
    with scope(workspace=cast.a.workspace):
        Connection.objects.update(show_internal_notes=False)
    assert "Conversations" not in found(as_user(cast.ben), "whispered")
    assert "Conversations" in found(as_user(cast.ada), "whispered")


def test_the_panel_under_the_field_has_no_page_around_it(cast: Cast, ada: Client):
    panel = ada.get("/search?q=saffron", headers={"HX-Request": "true", "HX-Target": "sitesearch-results"})
    assert b"<html" not in panel.content
    assert b"Halden saffron" in panel.content


def test_names_are_escaped(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        TagFactory(connection=cast.a.connection, name="<b>saffron</b>")
    assert "<b>saffron" not in ada.get("/search?q=saffron").content.decode()


def test_searching_takes_few_queries(cast: Cast, ada: Client):
    with CaptureQueriesContext(connection) as queries:
        ada.get("/search?q=saffron")
    assert len(queries) <= 15
