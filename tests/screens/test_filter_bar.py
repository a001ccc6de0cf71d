"""The filter bar: chips, pickers with their counts, and what it says of what is gone, ignored or not allowed."""

from collections.abc import Callable
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.test import Client
from django_scopes import scope

from integrations.models import PermissionCheck, SyncState
from sonora.conversations.models import Tag
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import BY_KEY
from sonora.filters.rows import people
from sonora.filters.viewer import Viewer
from sonora.screens import counts
from sonora.screens.filters import options, tally
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import ContactTagFactory, ConversationFactory, ConversationTagFactory, TagFactory
from tests.factories.customers import CustomerFactory
from tests.factories.integrations import NOW
from tests.filters.world import World, world

Browser = Callable[[User | None], Client]


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


def text(client: Client, url: str, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


# ---- Counts ----

TALLIED = [("conversations", part) for part in tally.OF_CONVERSATIONS] + [("people", part) for part in tally.OF_PEOPLE]


@pytest.fixture
def filled(db: None) -> World:
    return world(Random(7), conversations=40)


@pytest.mark.parametrize("query", ["", "state=open&state=closed", "role=user"])
@pytest.mark.parametrize("notes", [True, False])
def test_each_count_is_what_picking_it_shows(filled: World, query: str, notes: bool):
    shown, viewer = FilterSet.from_query(QueryDict(query)), Viewer(notes=notes, now=NOW, zone=ZoneInfo("UTC"))
    with scope(workspace=filled.workspace):
        for listing, part in TALLIED:
            key = f"{part}.any" if "tags" in part else part
            asked = options.Asked(shown=shown, part=key, viewer=viewer)
            counted = [one for one in options.counted(asked, listing=listing) if one.count]
            assert counted
            for option in counted:
                picked = shown.given(key, BY_KEY[key].kind.read([option.value])[0])
                found = picked.people_passing(viewer) if listing == "people" else picked.conversations(viewer)
                assert option.count == str(found.count()), (listing, option)


def test_of_a_long_list_the_newest_are_counted_and_the_figure_says_so(
    cast: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(counts, "CAP", 3)
    with scope(workspace=cast.a.workspace):
        ConversationFactory.create_batch(5, connection=cast.a.connection, state="closed", updated_at=NOW + 10_000)
    found = ada.get("/filters/options?part=states").context["options"]
    assert {one.name: one.count for one in found} == {"Open": "0+", "Snoozed": "0+", "Closed": "3+"}


# ---- Pickers ----


def test_tags_can_be_meant_in_four_ways(cast: Cast, ada: Client):
    tag = cast.a.tag.pk
    for how, chip in (
        ("any", "Tag Billing saffron"),
        ("all", "Tag all of Billing saffron"),
        ("none", "Tag none of Billing saffron"),
        ("untagged", "Tag none"),
    ):
        assert f'aria-label="Remove filter {chip}"' in text(ada, f"/conversations?tag-as={how}&tag={tag}&state=open")


def test_a_part_that_is_not_in_sight_is_added_by_a_link(cast: Cast, ada: Client):
    page = text(ada, "/conversations?state=open")
    assert 'href="/conversations?state=open&amp;edit=customers">Customer</a>' in page
    page = text(ada, "/conversations?state=open&edit=customers")
    assert '<details class="pop" id="filter-customers" open>' in page
    assert '<input type="hidden" name="state" value="open">' in page
    assert "Halden saffron" in page
    assert "Ignored" not in page


def test_a_long_list_is_searched_by_name_without_script(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        CustomerFactory(workspace=cast.a.workspace, name="Aldern Freight")
    found = ada.get("/conversations?edit=customers&find=ALDERN").context["page"].bar.items
    (picker,) = [item.picker for item in found if item.chip.part == "customers"]
    assert [one.name for one in picker.options] == ["No customer", "Aldern Freight"]


def test_what_is_chosen_stays_while_others_are_searched(cast: Cast, ada: Client):
    chosen = ada.get(f"/filters/options?part=customers&find=zzz&customer={cast.a.customer.pk}").context["options"]
    assert [(one.name, one.is_chosen) for one in chosen] == [("Halden saffron", True), ("No customer", False)]


def test_days_are_typed_and_spans_are_links(cast: Cast, ada: Client):
    page = text(ada, "/conversations?updated-from=2026-01-01&updated-to=&state=open")
    assert 'aria-label="Remove filter Updated since 1 Jan 2026"' in page
    assert 'href="/conversations?state=open&amp;updated=last-30-days"' in page
    assert 'name="updated-from" value="2026-01-01"' in page


@pytest.mark.parametrize("part", ["text", "updated", "tags.untagged", "nonsense", "tags"])
def test_parts_without_a_list_have_no_options(cast: Cast, ada: Client, part: str):
    assert ada.get(f"/filters/options?part={part}").status_code == 404


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("missing", "Tags aren&#x27;t available: this token can&#x27;t read tags."),
        ("plan", "your Intercom plan doesn&#x27;t include them."),
        ("allowed", ""),
        ("unknown", ""),
    ],
)
def test_a_missing_permission_explains_itself(cast: Cast, ada: Client, verdict: str, words: str):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
        PermissionCheck.objects.create(
            workspace=cast.a.workspace, connection=cast.a.connection, permission="tags", verdict=verdict, checked_at=NOW
        )
    for url in ("/conversations", "/people", f"/canvas/{cast.a.block.canvas_id}/filters?edit=tags.any"):
        page = text(ada, url)
        assert ("Tags aren" in page) == bool(words)
        assert words in page


def test_tags_that_were_deleted_lie_under_a_fold_and_are_still_found_by(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        for name in ("Zebra", "apple"):
            TagFactory(connection=cast.a.connection, name=name)
        Tag.objects.filter(pk=cast.a.tag.pk).update(deleted_at=NOW)
    page = text(ada, "/filters/options?part=tags.any")
    used, fold = page.split("<details")
    assert 0 < used.index("apple") < used.index("Zebra")
    assert "Deleted in Intercom</span>" in fold
    assert 'Billing saffron (deleted in Intercom)</span><span class="n">1</span>' in fold
    assert "<details" not in text(ada, f"/filters/options?part=tags.any&tag={cast.a.tag.pk}")  # nothing is left in it
    assert ">Invoice in saffron<" in text(ada, f"/conversations?tag={cast.a.tag.pk}")


@pytest.mark.parametrize("how", ["any", "all", "none"])
def test_the_filter_of_a_canvas_picks_tags_as_lists_do(cast: Cast, ada: Client, how: str):
    address = f"/canvas/{cast.a.block.canvas_id}/filters?set=1&tag-as={how}&tag={cast.a.tag.pk}&edit=tags.{how}"
    page = text(ada, address)
    assert "Search tags" in page
    assert "Intercom</p>" in page
    assert '<span class="n">1</span>' in page
    for way in ("Any of", "All of", "None of", "No tag"):
        assert f"<span>{way}</span>" in page


# ---- What is gone, and what was ignored ----


def test_a_filter_says_what_of_it_is_gone(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        Tag.objects.filter(pk=cast.a.tag.pk).update(deleted_at=NOW)
    merged = cast.a.merge.gone["id"]
    page = text(
        ada, f"/conversations?tag={cast.a.tag.pk}&tag-all=999999&customer={merged}&person=999999&assignee=999999"
    )
    for words in (
        "Tag Billing saffron (deleted in Intercom)",
        "Tag all of a tag that is gone",
        "Customer Twin of saffron (merged into Halden saffron)",
        "Person a person who is gone",
        "Assignee a teammate who is gone",
    ):
        assert f'aria-label="Remove filter {words}"' in page


def test_a_merged_customer_finds_what_the_one_it_went_into_has(cast: Cast, ada: Client):
    assert ">Invoice in saffron<" in text(ada, f"/conversations?customer={cast.a.merge.gone['id']}")


def test_what_was_ignored_is_said(cast: Cast, ada: Client):
    page = text(ada, "/conversations?state=furious&sort=name&after=x")
    assert "Ignored: State “furious”, “sort”" in page
    assert ">Invoice in saffron<" in page


# ---- People ----


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"contact-tag": "TAG"}, True),
        ({"contact-tag-none": "TAG"}, False),
        ({"tag": "TAG"}, True),
        ({"tag": "TAG", "state": "closed"}, False),
        ({"customer": "CUSTOMER", "role": "user"}, True),
        ({"customer": "none"}, False),
        ({"assignee": "TEAMMATE", "q": "ines"}, True),
        ({"updated": "1971-01-01..1971-02-01"}, False),
    ],
)
def test_the_same_filters_narrow_the_list_of_people(cast: Cast, ada: Client, query: dict[str, Any], shown: bool):
    with scope(workspace=cast.a.workspace):
        ContactTagFactory(contact=cast.a.contact, tag=cast.a.tag)
    known = {"TAG": cast.a.tag.pk, "CUSTOMER": cast.a.customer.pk, "TEAMMATE": cast.a.teammate.pk}
    response = ada.get("/people", {name: known.get(value, value) for name, value in query.items()})
    assert [str(row.person) for row in response.context["page"].rows] == ["Ines saffron"] * shown


def test_very_many_people_are_shown_without_being_counted(cast: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(people, "FEW", 0)
    page = text(ada, "/people?state=open")
    assert "Many people found" in page
    assert "Ines saffron" in page
    assert ada.get("/filters/options?listing=people&part=roles&state=open").context["options"][0].count == ""


def test_the_search_for_people_stays_within_the_filter(cast: Cast, ada: Client):
    page = text(ada, "/people?role=user&q=ines")
    form = page.partition('role="search" method="get" action="/people"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="role" value="user">' in form


def test_htmx_gets_the_people_alone(cast: Cast, ada: Client):
    fragment = text(ada, "/people?role=user", HX_Request="true", HX_Target="results")
    assert "<html" not in fragment
    assert 'id="results"' in fragment


def test_a_tag_of_the_same_name_is_another_tag(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        twin = TagFactory(connection=cast.a.connection, name=cast.a.tag.name)
        other = ConversationFactory(connection=cast.a.connection, title="Tagged by its twin")
        ConversationTagFactory(conversation=other, tag=twin)
    page = text(ada, f"/conversations?tag={cast.a.tag.pk}")
    assert ">Invoice in saffron<" in page
    assert "Tagged by its twin" not in page
