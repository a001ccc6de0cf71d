"""What a block says when it can't be worked out, and what it may lack of what it asks."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django_scopes import scope

from integrations.models import Connection, PermissionCheck, SyncState
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block, LastResult
from sonora.chat.query import Group, Intent, Metric, Query
from sonora.core import clock
from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from sonora.insights.models import Analysis
from sonora.insights.models import Turn as InsightsTurn
from tests.factories.canvas import BlockFactory
from tests.factories.cast import Cast
from tests.screens.canvas.pages import block_of, failing, fragment, narrow, post, words

DAY = 86_400
BY_TAG = Query(intent=Intent.COUNT, group_by=Group.TAG)


def failed(client: Client, block: Block) -> str:
    with failing():
        return words(fragment(client, block))


def test_a_block_that_fails_shows_what_it_showed_last_and_as_of_when(cast: Cast, ada: Client):
    block = block_of(cast, BY_TAG, Kind.BARS)
    assert "What it showed last" not in failed(ada, block)
    with clock.fixed(clock.now() - DAY):
        assert "1 of Billing saffron" in words(fragment(ada, block))
    with failing():
        page = fragment(ada, block)
    assert "The database gave no answer in time" in words(page)
    assert "What it showed last: Billing saffron 1 Retry" in words(page)
    card = page.context["card"]
    assert card.now - card.as_of == pytest.approx(DAY, abs=60)
    assert "1 of Billing saffron" in words(fragment(ada, block))


def test_a_number_that_was_shown_last_opens_its_list(cast: Cast, ada: Client):
    block = block_of(cast, Query(intent=Intent.COUNT), Kind.METRIC)
    fragment(ada, block)
    with failing():
        page = fragment(ada, block)
    assert "What it showed last: 1 conversation Retry" in words(page)
    last = page.context["card"].last
    assert len(ada.get(last.url).context["page"].rows) == last.number


def test_what_a_block_showed_last_is_shown_for_the_same_question_alone(cast: Cast, ada: Client):
    block = block_of(cast, BY_TAG, Kind.BARS)
    fragment(ada, block)
    narrow(cast, FilterSet(states=frozenset({"open"})))
    assert "What it showed last" not in failed(ada, block)
    narrow(cast, FilterSet())
    assert "What it showed last" in failed(ada, block)
    post(ada, "arrange-block", {"act": "show", "kind": "table", "version": "1"}, [block.canvas_id, block.pk])
    assert "What it showed last" not in failed(ada, block)


def test_what_a_block_showed_more_than_a_week_ago_is_not_shown(cast: Cast, ada: Client):
    block = block_of(cast, BY_TAG, Kind.BARS)
    fragment(ada, block)
    with scope(workspace=cast.a.workspace):
        LastResult.objects.update(at=clock.now() - 8 * DAY)
    assert "What it showed last" not in failed(ada, block)


def test_no_word_of_a_customer_and_no_name_of_a_person_is_kept(cast: Cast, ada: Client):
    for kind, group in ((Kind.TEXT, None), (Kind.LIST, None), (Kind.TABLE, Group.PERSON), (Kind.BARS, Group.REQUEST)):
        fragment(ada, block_of(cast, Query(intent=Intent.COUNT, group_by=group), kind))
    with scope(workspace=cast.a.workspace):
        kept = list(LastResult.objects.values_list("shown", flat=True))
    assert [one["lines"] for one in kept] == [[]] * 3  # of the requests, which nobody made, it says a number
    assert "saffron" not in str(kept)


def test_of_groups_that_may_not_be_kept_no_other_figure_is_shown_last(cast: Cast, ada: Client):
    query = Query(intent=Intent.TOP, metric=Metric.CUSTOMERS, group_by=Group.PERSON)
    block = block_of(cast, query, Kind.BARS)
    fragment(ada, block)
    assert "What it showed last" not in failed(ada, block)


def test_what_is_shown_is_kept_once_in_ten_minutes(cast: Cast, ada: Client):
    block, began = block_of(cast, BY_TAG, Kind.BARS), clock.now()
    written = []
    for seconds in (0, 60, 599, 601):
        with clock.fixed(began + seconds):
            fragment(ada, block)
        with scope(workspace=cast.a.workspace):
            written.append(LastResult.objects.get().at - began)
    assert written == [0, 0, 0, 601]


@pytest.mark.django_db(transaction=True)
def test_a_block_is_shown_although_what_it_shows_cannot_be_kept(cast: Cast, ada: Client):
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT"):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    block = block_of(cast, BY_TAG, Kind.BARS)
    with connection.execute_wrapper(refuse):
        assert "1 of Billing saffron" in words(fragment(ada, block))
    with scope(workspace=cast.a.workspace):
        assert not LastResult.objects.exists()


def said(cast: Cast, client: Client, query: Query = BY_TAG, **state: Any) -> str:
    """What a block about *query* says where the sync has come as far as *state* tells."""
    whole = {"initial_done_at": 1, "closed_done": True, "last_run_finished_at": clock.now()} | state
    with scope(workspace=cast.a.workspace):
        SyncState.objects.update_or_create(
            connection=cast.a.connection, defaults={"workspace": cast.a.workspace} | whole
        )
        block = BlockFactory(canvas=cast.a.block.canvas, query=query.as_json(), kind=Kind.METRIC, title="It")
    return words(fragment(client, block))


def test_where_nothing_is_missing_nothing_is_said(cast: Cast, ada: Client):
    page = said(cast, ada)
    assert not [state for state in ("Partial", "Out of date", "No access", "disconnected") if state in page]


def test_old_figures_say_since_when_nothing_came_in(cast: Cast, ada: Client):
    assert "Out of date As of" in said(cast, ada, last_run_finished_at=clock.now() - 2 * 900 - 60)
    assert "Out of date" not in said(cast, ada, last_run_finished_at=clock.now() - 900)


def test_a_source_that_is_disconnected_is_named_and_what_is_held_is_shown(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        Connection.objects.update(setup=Connection.Setup.DISCONNECTED)
    page = said(cast, ada, last_run_finished_at=clock.now() - DAY)
    assert page.count("Source disconnected") == 1
    assert "1 conversation" in page
    assert "Out of date" not in page


def test_a_first_sync_and_days_that_are_not_held_make_it_partial(cast: Cast, ada: Client):
    far, near = (
        Query(intent=Intent.COUNT, filters=FilterSet(opened=dates.parse(f"last-{days}-days"))) for days in (60, 20)
    )
    edge = clock.now() - 30 * DAY
    assert "Partial: first sync As of" in said(cast, ada, initial_done_at=None)
    assert "Closed conversations from before then are missing." in said(cast, ada, far, closed_edge=edge)
    assert "Partial" not in said(cast, ada, near, closed_edge=edge)
    assert "Partial" not in said(cast, ada, far, closed_edge=None)
    open_ones = far.narrowed(far.filters.given("states", frozenset({"open", "snoozed"})))
    assert "Partial" not in said(cast, ada, open_ones, closed_edge=edge)


def test_tags_that_the_token_may_not_read_are_named_where_they_are_asked_for(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        PermissionCheck.objects.create(
            workspace=cast.a.workspace,
            connection=cast.a.connection,
            permission="tags",
            verdict="missing",
            checked_at=1,
        )
    assert "No access. Tags aren't available: this token can't read tags." in said(cast, ada)
    assert "No access" not in said(cast, ada, Query(intent=Intent.COUNT))


@pytest.mark.parametrize(
    ("field", "query", "words_"),
    [
        ("analyse_sentiment", Query(metric=Metric.SENTIMENT), "Sentiment isn’t analysed"),
        ("analyse_requests", Query(metric=Metric.REQUESTS), "What customers ask for isn’t analysed"),
    ],
)
def test_an_analysis_that_is_turned_off_is_named_where_it_is_asked_for(
    cast: Cast, ada: Client, field: str, query: Query, words_: str
):
    assert words_ not in said(cast, ada, query)
    with scope(workspace=cast.a.workspace):
        Connection.objects.update(**{field: False})
    assert words_ in said(cast, ada, query)
    assert words_ not in said(cast, ada)


def test_conversations_that_are_still_to_be_analysed_make_it_partial(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        owned = {"workspace": cast.a.workspace, "connection": cast.a.connection}
        InsightsTurn.objects.create(**owned, reader="words-2")
        Analysis.objects.create(**owned, conversation=cast.a.conversation, requests_by="words-2")
    for query, is_partial in (
        (Query(metric=Metric.SENTIMENT), True),
        (Query(filters=FilterSet(sentiments=frozenset({"negative"}))), True),
        (Query(metric=Metric.REQUESTS), False),
        (BY_TAG, False),
    ):
        assert ("Partial. 1 conversation still to analyse." in said(cast, ada, query)) == is_partial
