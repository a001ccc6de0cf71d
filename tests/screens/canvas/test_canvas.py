"""Canvas in the browser: begun, filled, filtered, shared, arranged; what two people do to it; what is gone."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from integrations.models import SyncState
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Canvas
from sonora.chat.query import Group, Intent, Metric, Query
from sonora.conversations.models import Conversation, Tag
from sonora.core import clock
from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import Tags
from sonora.workspaces.models import AuditEntry
from tests.factories.canvas import BlockFactory
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationFactory
from tests.screens.canvas.pages import FRAGMENT, block_of, blocks, fragment, narrow, post, words

MOST_QUERIES = 15


def test_a_canvas_begins_with_ready_made_blocks(cast: Cast, ada: Client):
    page = words(post(ada, "create-canvas", {"title": "Mine", "ready": ["tags", "unhappy", "nonsense"]}))
    assert "Mine" in page
    assert "2 blocks" in page
    assert [one.title for one in blocks(cast)][-2:] == ["Conversations by tag", "Unhappy customers"]


def test_a_block_is_described_looked_at_and_added(cast: Cast, ada: Client, canvas: Canvas):
    address = f"{reverse('add-block')}?{urlencode({'canvas': canvas.pk, 'prompt': 'How many open conversations?'})}"
    page = ada.get(address)
    assert "Open" in words(page)
    assert page.context["draft"].kind == Kind.METRIC
    preview = ada.get(page.context["preview_url"], headers=FRAGMENT)
    assert re.search(r"\b1 of 1\b", words(preview))
    draft = page.context["draft"]
    added = post(ada, "add-block", {**dict(draft.pairs), "title": "Open now"})
    assert "Open now" in words(added)
    last = blocks(cast)[-1]
    assert (last.title, last.kind, last.prompt) == ("Open now", "metric", "How many open conversations?")
    assert last.meant == draft.query


def test_a_draft_is_refined_under_its_preview(cast: Cast, ada: Client):
    first = ada.get(reverse("add-block"), {"prompt": "How many conversations?"}).context["draft"]
    page = ada.get(reverse("add-block"), dict(first.pairs) | {"refine": " only  open ones"})
    draft = page.context["draft"]
    assert (draft.query.filters.states, draft.kind, draft.hints) == ({"open"}, Kind.METRIC, [])
    assert draft.prompt == "How many conversations, only open ones"
    assert '<input type="hidden" form="save" name="state" value="open">' in page.content.decode()
    again = ada.get(reverse("add-block"), dict(draft.pairs) | {"refine": "qwertz"})
    assert again.context["draft"].query == draft.query
    assert again.context["draft"].prompt == draft.prompt
    assert "Ignored: “qwertz”" in words(again)


def test_words_that_count_for_nothing_are_named(cast: Cast, ada: Client):
    page = ada.get(reverse("add-block"), {"prompt": "Biling"})
    assert "Ignored: “Biling” (nothing here has that name). Did you mean Billing saffron" in words(page)
    meant = re.search(r'href="(\?prompt=[^"]+)"', page.content.decode())
    draft = ada.get(reverse("add-block") + unescape(meant[1])).context["draft"]
    assert (draft.hints, draft.query.filters.tags.named) == ([], {cast.a.tag.pk})
    page = words(ada.get(reverse("add-block"), {"prompt": "qwertz uiop"}))
    assert "I understood nothing" in page
    assert "Which do you mean?" not in page


def test_an_answer_of_chat_becomes_a_block_with_its_very_number(cast: Cast, ada: Client):
    token = str(ada.get(reverse("chat")).context["csrf_token"])
    sent = {"csrfmiddlewaretoken": token, "question": "How many open conversations?"}
    answered = ada.post(reverse("ask"), sent, follow=True)
    shown = answered.context["shown"]
    draft = ada.get(shown.canvas_url).context["draft"]
    assert draft.query == shown.answer.query
    post(ada, "add-block", {**dict(draft.pairs), "canvas": "new", "title": ""})
    last = blocks(cast)[-1]
    assert last.canvas.title == "Untitled canvas"
    assert fragment(ada, last).context["card"].body.result.count == shown.answer.count


def test_an_answer_that_counts_nothing_yet_can_be_watched_on_a_canvas(ada: Client):
    token = str(ada.get(reverse("chat")).context["csrf_token"])
    sent = {"csrfmiddlewaretoken": token, "question": "How many conversations in 2001?"}
    answered = ada.post(reverse("ask"), sent, follow=True)
    assert answered.context["shown"].answer.count.number == 0
    assert "Add to Canvas" in words(answered)
    assert "Show the rows" not in words(answered)


def test_an_answer_that_became_a_block_leads_to_it(cast: Cast, ada: Client, ben: Client):
    token = str(ada.get(reverse("chat")).context["csrf_token"])
    sent = {"csrfmiddlewaretoken": token, "question": " How many  open conversations?"}
    answered = ada.post(reverse("ask"), sent, follow=True)
    turn, shown = answered.context["turn"], answered.context["shown"]
    assert "Add to Canvas" in words(answered)
    draft = ada.get(shown.canvas_url).context["draft"]
    post(ada, "add-block", {**dict(draft.pairs), "canvas": "new", "title": "Mine"})
    block, address = blocks(cast)[-1], reverse("turn", args=[turn.thread_id, turn.pk])
    page = ada.get(address)
    assert "On Canvas" in words(page)
    assert page.context["on_canvas"] == f"{reverse('canvas', args=[block.canvas_id])}?at={block.pk}#block-{block.pk}"
    widened = {"intent": "count", "metric": "conversations", "state": ["open", "closed"]}
    assert "Add to Canvas" in words(ada.get(address, widened))
    post(ada, "share-thread", args=[turn.thread_id])
    assert "Add to Canvas" in words(ben.get(address))  # whose canvas it is not
    post(ada, "arrange-block", {"act": "remove", "version": "1"}, [block.canvas_id, block.pk])
    assert "Add to Canvas" in words(ada.get(address))


@pytest.mark.parametrize("kind", [Kind.METRIC, Kind.LIST, Kind.TABLE, Kind.BARS, Kind.LINE, Kind.TEXT])
@pytest.mark.parametrize("metric", [Metric.CONVERSATIONS, Metric.CUSTOMERS, Metric.PEOPLE])
def test_every_number_of_a_block_opens_so_many_rows(cast: Cast, ada: Client, kind: Kind, metric: Metric):
    group = Group.WEEK if kind is Kind.LINE else Group.TAG
    block = block_of(cast, Query(intent=Intent.COUNT, metric=metric, group_by=group), kind)
    page = fragment(ada, block).content.decode()
    numbers = re.findall(r'<a class="[^"]*" href="(/(?:conversations|chat/rows)(?:\?[^"]*)?)">(?:All )?([\d,]+)', page)
    opened = {url: ada.get(unescape(url)) for url, _ in numbers}
    for url, number in numbers:
        rows = opened[url].context["page"].rows if "page" in opened[url].context else opened[url].context["rows"]
        assert len(rows) == int(number)
    assert numbers


def test_a_part_of_the_canvas_filter_is_shown_on_each_block_and_not_changed_there(cast: Cast, ada: Client):
    narrow(cast, FilterSet(states=frozenset({"closed"})))
    page = fragment(ada, cast.a.block)
    assert "From the canvas: State Closed" in words(page)
    assert "Remove filter State" not in page.content.decode()
    assert page.context["card"].body.is_empty
    assert (
        "Remove canvas filter State Closed"
        in ada.get(reverse("canvas", args=[cast.a.block.canvas_id])).content.decode()
    )


def test_a_filter_of_the_canvas_is_picked_saved_and_removed(cast: Cast, ada: Client, canvas: Canvas):
    page = ada.get(reverse("canvas-filters", args=[canvas.pk]), {"set": "1", "state": "open"})
    assert "Not saved yet" in words(page)
    assert blocks(cast)[0].canvas.shown.is_empty
    post(ada, "canvas-filters", {"set": "1", "state": "open", "version": "1"}, [canvas.pk])
    assert blocks(cast)[0].canvas.shown == FilterSet(states=frozenset({"open"}))
    post(ada, "canvas-filters", {"without": "states", "version": "2"}, [canvas.pk])
    assert blocks(cast)[0].canvas.shown.is_empty


def test_what_canvas_and_block_contradict_is_said_in_words(cast: Cast, ada: Client):
    narrow(cast, FilterSet(states=frozenset({"open"})))
    block = block_of(cast, Query(filters=FilterSet(states=frozenset({"closed"}))), Kind.LIST)
    page = words(fragment(ada, block))
    assert "No results: the canvas says State Open, this block says State Closed." in page
    assert ada.get(reverse("export-block", args=[block.canvas_id, block.pk])).status_code == 404


def test_a_filter_of_the_canvas_that_a_block_cannot_use_is_not_applied_and_named(cast: Cast, ada: Client):
    narrow(cast, FilterSet(text="nowhere", states=frozenset({"open"})))
    block = block_of(cast, Query(filters=FilterSet(text="invoice")), Kind.METRIC)
    shown = fragment(ada, block)
    said = "Text filter not applied: the canvas says Text “nowhere”, this block says Text “invoice”"
    assert f"{said}, and one list can't be both." in words(shown)
    assert "From the canvas, not applied: Text" in words(shown)
    assert "From the canvas: State Open" in words(shown)
    result = shown.context["card"].body.result
    assert result.query.filters == FilterSet(text="invoice", states=frozenset({"open"}))
    assert (result.count.number, result.whole) == (1, None)
    assert ada.get(reverse("export-block", args=[block.canvas_id, block.pk])).status_code == 200


def test_tags_that_contradict_each_other_are_named_on_both_sides(cast: Cast, ada: Client):
    narrow(cast, FilterSet(tags=Tags(all=frozenset({cast.a.tag.pk}))))
    without = FilterSet(tags=Tags(none=frozenset({cast.a.tag.pk})))
    page = words(fragment(ada, block_of(cast, Query(filters=without), Kind.METRIC)))
    name = "Billing saffron"
    assert f"No results: the canvas says Tag all of {name}, this block says Tag none of {name}." in page


def test_a_number_is_compared_with_as_many_days_before_and_opens_both(cast: Cast, ada: Client):
    today = clock.now()
    with scope(workspace=cast.a.workspace):
        Conversation.objects.update(created_at=today)
        for days in (40, 50):
            ConversationFactory(connection=cast.a.connection, created_at=today - days * 86_400)
    lately = FilterSet(opened=dates.parse("last-30-days"))
    page = fragment(ada, block_of(cast, Query(intent=Intent.COUNT, filters=lately), Kind.METRIC))
    now, change = page.context["card"].body.result.count.number, page.context["card"].body.change
    assert f"{abs(now - 2)} {'more' if now > 2 else 'fewer'} than the 2 in the 30 days before" in words(page)
    assert len(ada.get(change.url).context["page"].rows) == change.number == 2


def test_what_was_updated_is_compared_by_when_it_was_opened(cast: Cast, ada: Client):
    now = clock.now()
    with scope(workspace=cast.a.workspace):
        Conversation.objects.update(created_at=now - 400 * 86_400, updated_at=now)
        for days in (5, 40, 50):
            ConversationFactory(connection=cast.a.connection, created_at=now - days * 86_400, updated_at=now)
    lately = FilterSet(updated=dates.parse("last-30-days"))
    page = fragment(ada, block_of(cast, Query(intent=Intent.COUNT, filters=lately), Kind.METRIC))
    said = "By when conversations were opened: 1 , 1 fewer than the 2 in the 30 days before"
    assert said in words(page)
    body = page.context["card"].body
    assert body.result.count.number > 1
    for url, number in ((body.change.opened.url, 1), (body.change.url, 2)):
        assert len(ada.get(url).context["page"].rows) == number


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TABLE])
def test_figures_over_time_by_the_last_update_say_what_they_lack(cast: Cast, ada: Client, kind: Kind):
    now, too_low = clock.now(), "counts where it was last updated, so earlier figures are too low."
    with scope(workspace=cast.a.workspace):
        Conversation.objects.update(created_at=now, updated_at=now)
        ConversationFactory(connection=cast.a.connection, created_at=now - 20 * 86_400, updated_at=now - 20 * 86_400)
    said = []
    for part in ("updated", "opened"):
        asked = FilterSet().given(part, dates.parse("last-30-days"))
        page = words(
            fragment(ada, block_of(cast, Query(intent=Intent.TREND, group_by=Group.WEEK, filters=asked), kind))
        )
        said.append(too_low in page)
    assert said == [True, False]


def test_a_number_is_not_compared_with_days_that_are_not_held_whole(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        held = {"closed_done": True, "closed_edge": clock.now() - 45 * 86_400}
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection, **held)
    said = []
    for days, states in ((20, set()), (30, set()), (30, {"closed"}), (30, {"open"})):
        lately = FilterSet(opened=dates.parse(f"last-{days}-days"), states=frozenset(states))
        page = fragment(ada, block_of(cast, Query(intent=Intent.COUNT, filters=lately), Kind.METRIC))
        said.append("Not compared: the 30 days before aren’t held whole." in words(page))
    assert said == [False, True, True, False]  # open ones are all held


def test_a_block_whose_tag_was_deleted_says_so_and_can_be_edited(cast: Cast, ada: Client):
    tagged = FilterSet(tags=Tags(any=frozenset({cast.a.tag.pk})))
    block = block_of(cast, Query(filters=tagged), Kind.METRIC)
    assert "has changed" not in words(fragment(ada, block))
    with scope(workspace=cast.a.workspace):
        Tag.objects.filter(pk=cast.a.tag.pk).update(deleted_at=1)
    page = words(fragment(ada, block))
    assert "The filter asks for what has changed: Billing saffron (deleted in Intercom)." in page
    assert ada.get(reverse("edit-block", args=[block.canvas_id, block.pk])).status_code == 200


def test_a_canvas_whose_tag_is_gone_says_so_once(cast: Cast, ada: Client, canvas: Canvas):
    narrow(cast, FilterSet(tags=Tags(any=frozenset({999_999}))))
    page = words(ada.get(reverse("canvas", args=[canvas.pk])))
    assert "The canvas filter asks for what has changed: a tag that is gone. Change the filter" in page
    block = words(fragment(ada, cast.a.block))
    assert "Tag a tag that is gone" in block
    assert "has changed" not in block


def test_a_block_about_what_is_gone_or_merged_says_so(cast: Cast, ada: Client):
    gone = FilterSet(customers=frozenset({cast.a.merge.gone["id"]}), people=frozenset({999_999}))
    block = block_of(cast, Query(filters=gone), Kind.LIST)
    page = words(fragment(ada, block))
    assert "Twin of saffron (merged into Halden saffron)" in page
    assert "a person who is gone" in page
    edited = {"intent": "count", "metric": "conversations", "kind": "metric", "title": "Anew", "version": "1"}
    post(ada, "edit-block", edited, [block.canvas_id, block.pk])
    assert fragment(ada, block).context["card"].body.result.count.number == 1


def test_a_block_in_unknown_words_is_an_island(cast: Cast, ada: Client, canvas: Canvas):
    with scope(workspace=cast.a.workspace):
        broken = BlockFactory(canvas=canvas, query={"intent": "fly"}, prompt="How many open conversations?")
    assert "can't be read any more" in words(fragment(ada, broken))
    assert fragment(ada, cast.a.block).status_code == 200
    page = ada.get(reverse("edit-block", args=[canvas.pk, broken.pk]))
    assert page.context["draft"].query.filters.states == {"open"}
    assert ada.get(reverse("export-block", args=[canvas.pk, broken.pk])).status_code == 404


def test_a_block_that_the_database_gives_up_on_says_so_alone(cast: Cast, ada: Client):
    def give_up(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "conversations_conversation" in sql:
            raise OperationalError("canceling statement due to statement timeout")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(give_up):
        page = fragment(ada, cast.a.block)
    assert page.status_code == 200
    assert "The database gave no answer in time" in words(page)
    assert "Retry" in words(page)


def test_who_may_only_look_finds_no_button_and_no_address_to_change(cast: Cast, ben: Client, canvas: Canvas):
    with scope(workspace=cast.a.workspace):
        Canvas.objects.filter(pk=canvas.pk).update(access=Canvas.Access.READ)
    page = fragment(ben, cast.a.block).content.decode()
    assert "CSV" in page
    assert "<form" not in page
    args = [canvas.pk, cast.a.block.pk]
    assert post(ben, "arrange-block", {"act": "remove", "version": "1"}, args).status_code == 404
    assert post(ben, "edit-block", {"version": "1"}, args).status_code == 404
    assert post(ben, "canvas-settings", {"version": "1"}, args[:1]).status_code == 404
    assert post(ben, "add-block", {"intent": "list", "metric": "people", "canvas": canvas.pk}).status_code == 404
    with scope(workspace=cast.a.workspace):
        Canvas.objects.filter(pk=canvas.pk).update(access=Canvas.Access.PRIVATE)
    assert fragment(ben, cast.a.block).status_code == 404
    assert "Watch of saffron" not in words(ben.get(reverse("canvases")))


def test_a_block_is_reached_by_the_address_of_its_own_canvas_alone(cast: Cast, ben: Client, canvas: Canvas):
    post(ben, "create-canvas", {"title": "Ben's"})
    with scope(workspace=cast.a.workspace):
        Canvas.objects.filter(pk=canvas.pk).update(access=Canvas.Access.PRIVATE)
        own = Canvas.objects.get(title="Ben's").pk
    args = [own, cast.a.block.pk]
    for name in ("block", "edit-block", "export-block"):
        assert ben.get(reverse(name, args=args)).status_code == 404
    assert post(ben, "arrange-block", {"act": "remove", "version": "1"}, args).status_code == 404
    assert blocks(cast)


def test_rows_can_be_taken_away_as_a_file_and_that_is_noted(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        ConversationFactory(connection=cast.a.connection, customer=cast.a.customer, title="=cmd()")
    block = block_of(cast, Query(), Kind.LIST)
    rows = b"".join(ada.get(reverse("export-block", args=[block.canvas_id, block.pk]))).decode().splitlines()
    assert len(rows) == 3
    assert any(row.startswith("'=cmd()") for row in rows)
    with scope(workspace=cast.a.workspace):
        assert AuditEntry.objects.filter(action="canvas.exported").count() == 1


def test_titles_and_descriptions_are_text_never_markup(cast: Cast, ada: Client, canvas: Canvas):
    evil = "<img src=x onerror=alert(1)>"
    block_of(cast, Query(), Kind.LIST, title=evil, prompt=evil)
    post(ada, "canvas-settings", {"title": evil, "access": "edit", "version": "1"}, [canvas.pk])
    for page in (ada.get(reverse("canvas", args=[canvas.pk])), ada.get(reverse("canvases"))):
        assert "<img src=x" not in page.content.decode()
    assert "<img src=x" not in fragment(ada, blocks(cast)[-1]).content.decode()


@pytest.mark.parametrize("metric", Metric)
def test_each_block_asks_the_database_little(cast: Cast, ada: Client, canvas: Canvas, metric: Metric):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    narrow(cast, FilterSet(customers=frozenset({cast.a.customer.pk}), states=frozenset({"open", "closed"})))
    own = FilterSet(tags=Tags(any=frozenset({cast.a.tag.pk})), updated=dates.parse("2020-01-01.."))
    for kind in Kind:
        group = Group.TAG if kind in {Kind.TABLE, Kind.BARS} else None
        block = block_of(cast, Query(intent=Intent.COUNT, metric=metric, group_by=group, filters=own), kind)
        asked = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as context:
                fragment(ada, block)
            asked.append(len(context))
        assert asked[0] <= MOST_QUERIES + 2, (kind, asked)  # what it showed is kept
        assert asked[1] <= MOST_QUERIES, (kind, asked)


def test_a_page_asks_the_database_little_however_many_its_blocks(cast: Cast, ada: Client, canvas: Canvas):
    for kind in (Kind.METRIC, Kind.LIST, Kind.TEXT) * 5:
        block_of(cast, Query(), kind)
    of_canvas = [reverse(name, args=[canvas.pk]) for name in ("canvas", "present-canvas", "canvas-history")]
    for address in (*of_canvas, reverse("canvases")):
        with CaptureQueriesContext(connection) as asked:
            assert ada.get(address).status_code == 200
        assert len(asked) <= MOST_QUERIES / 2


def test_a_block_says_as_of_when_it_holds(cast: Cast, ada: Client):
    page = fragment(ada, cast.a.block)
    assert re.search(r"As of (\d+ \w+, )?\d\d:\d\d", words(page))
    assert page.context["card"].now <= clock.now()


def test_a_deleted_canvas_is_gone(cast: Cast, ada: Client, canvas: Canvas):
    assert "is deleted" in words(post(ada, "delete-canvas", {"version": "1"}, [canvas.pk]))
    assert ada.get(reverse("canvas", args=[canvas.pk])).status_code == 404
    assert blocks(cast) == []
