"""Feature requests: the leaderboard, one request, what is to check, and decisions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope
from psycopg.errors import DeadlockDetected

from integrations.models import Connection, SyncState
from sonora.core import again
from sonora.insights import counting, likeness, naming
from sonora.insights.aliases import Names
from sonora.insights.models import Analysis, Evidence, FeatureRequest, Likeness, RequestDecision, Turn
from sonora.screens.requests.at_once import BUSY
from sonora.workspaces.models import AuditEntry, User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationContactFactory, ConversationFactory, ConversationTagFactory
from tests.factories.customers import CustomerFactory
from tests.factories.people import ContactFactory
from tests.factories.requests import asked

Browser = Callable[[User | None], Client]
MOST_QUERIES = 15
HOME = "/feature-requests"


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


def wish(cast: Cast, quote: str, *, times: int = 1, state: str = Evidence.State.CERTAIN) -> FeatureRequest:
    """A request that so many customers ask for, each with a person."""
    link, request = cast.a.connection, None
    with scope(workspace=cast.a.workspace):
        for number in range(times):
            customer = CustomerFactory(workspace=cast.a.workspace, name=f"{quote[:10]} {number}", arr=1_000)
            talk = ConversationFactory(connection=link, customer=customer)
            contact = ContactFactory(connection=link)
            request = asked(link, quote, request=request, conversation=talk, state=state, contact=contact).request
    assert request is not None
    return request


def decide(client: Client, **data: Any) -> Any:
    page = client.get(f"{HOME}/names")
    token = str(page.context["csrf_token"])
    return client.post(reverse("decide-request"), {**data, "csrfmiddlewaretoken": token}, follow=True)


def titles(client: Client, query: str = "") -> list[str]:
    """What the leaderboard shows, but for what everybody's workspace begins with."""
    rows = client.get(f"{HOME}{query}").context["page"].rows
    return [str(row.request) for row in rows if not str(row.request).startswith("Wish for")]


def test_the_leaderboard_begins_with_what_most_customers_ask_for(cast: Cast, ada: Client):
    wish(cast, "Please add a dark mode.", times=3)
    wish(cast, "We need invoices in Polish.", times=5)
    page = ada.get(HOME).content.decode()
    assert titles(ada) == ["Invoices in Polish", "Dark mode"]
    for words in ("5,000", "We need invoices in Polish.", "New", "One person so far"):
        assert words in page


def test_requests_are_narrowed_by_status_customer_and_text(cast: Cast, ada: Client):
    dark, polish = wish(cast, "Please add a dark mode."), wish(cast, "We need invoices in Polish.")
    decide(ada, act="status", request=dark.pk, status="planned")
    assert titles(ada, "?status=planned") == ["Dark mode"]
    assert titles(ada, "?status=made-up&status=") == titles(ada)
    with scope(workspace=cast.a.workspace):
        customer = Evidence.objects.get(request=polish).conversation.customer
    assert customer is not None
    assert titles(ada, f"?customer={customer.pk}") == ["Invoices in Polish"]
    assert titles(ada, "?q=invoices") == ["Invoices in Polish"]
    assert titles(ada, "?q=%25&sort=nothing") == []
    page = ada.get(f"{HOME}?status=planned&customer={customer.pk}&q=dark").content.decode()
    for words in ("Remove filter Status Planned", f"Remove filter Customer {customer}", "Remove filter Text"):
        assert words in page


def test_requests_are_narrowed_by_the_one_filter_of_everything(cast: Cast, ada: Client):
    dark, polish = wish(cast, "Please add a dark mode."), wish(cast, "We need invoices in Polish.")
    with scope(workspace=cast.a.workspace):
        asks = {one: Evidence.objects.get(request=one).conversation for one in (dark, polish)}
        ConversationTagFactory(conversation=asks[dark], tag=cast.a.tag)
        type(asks[polish]).objects.filter(pk=asks[polish].pk).update(state="snoozed")
    assert titles(ada, f"?tag={cast.a.tag.pk}") == ["Dark mode"]
    assert titles(ada, f"?tag-none={cast.a.tag.pk}") == ["Invoices in Polish"]
    assert titles(ada, "?state=snoozed") == ["Invoices in Polish"]
    assert titles(ada, f"?tag={cast.b.tag.pk}") == []
    page = ada.get(f"{HOME}?state=snoozed&opened=whenever&sort=people").content.decode()
    assert "Remove filter State Snoozed" in page
    assert 'href="/feature-requests?sort=people"' in page
    assert "Ignored:" in page
    assert "edit=tags.any" in page


def test_a_search_for_one_name_finds_requests_with_another(cast: Cast, ada: Client):
    wish(cast, "We want to sign in with SAML.")
    wish(cast, "Please add a dark mode.")
    assert titles(ada, "?q=SSO") == ["Sign in with SAML"]
    with scope(workspace=cast.a.workspace):
        naming.write(cast.a.workspace.pk, Names.typed("dark mode, cinema look"), by="ada@a.example")
    assert titles(ada, "?q=SSO") == []
    assert titles(ada, "?q=cinema+look") == ["Dark mode"]


@pytest.mark.parametrize("sort", ["customers", "people", "arr", "mentions", "asked"])
def test_pages_follow_each_other_in_every_order(cast: Cast, ada: Client, sort: str):
    for number in range(55):
        wish(cast, f"Wish number {number}")
    first = ada.get(f"{HOME}?sort={sort}").context["page"]
    second = ada.get(first.links.older_url).context["page"]
    shown = [row.request.pk for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(set(shown))) == (50, 56)


def test_full_pages_take_few_queries(cast: Cast, ada: Client):
    for number in range(30):
        request = wish(cast, f"Wish number {number}")
        wish(cast, f"Perhaps {number}", state=Evidence.State.TO_CHECK)
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
        counting.settle(cast.a.workspace.pk)
    for url in (HOME, f"{HOME}?q=wish&status=new", f"{HOME}/to-check", f"{HOME}/dismissed", f"{HOME}/{request.pk}"):
        with CaptureQueriesContext(connection) as queries:
            ada.get(url)
        assert len(queries) <= MOST_QUERIES, (url, len(queries))


def test_a_request_shows_its_quotes_with_who_said_them_and_where(cast: Cast, ada: Client):
    request = wish(cast, "Please add a dark mode.")
    page = ada.get(f"{HOME}/{request.pk}").content.decode()
    with scope(workspace=cast.a.workspace):
        one = Evidence.objects.select_related("message__contact__person", "conversation__customer").get(request=request)
    assert one.message.contact is not None
    for words in (one.quote, str(one.message.contact.person), str(one.conversation.customer)):
        assert words in page
    assert f"/conversations/{one.conversation_id}?all=1#m{one.message_id}" in page


def test_one_that_was_merged_leads_to_where_it_went(cast: Cast, ada: Client):
    dark, polish = wish(cast, "Please add a dark mode."), wish(cast, "We need invoices in Polish.")
    decide(ada, act="merge", request=dark.pk, other=polish.pk)
    assert ada.get(f"{HOME}/{dark.pk}").headers["Location"] == f"{HOME}/{polish.pk}"
    assert len(titles(ada)) == 1


def test_each_act_is_told_audited_and_can_be_undone(cast: Cast, ada: Client):
    dark, polish = wish(cast, "Please add a dark mode.", times=2), wish(cast, "We need invoices in Polish.")
    with scope(workspace=cast.a.workspace):
        quotes = list(Evidence.objects.filter(request=dark).order_by("pk").values_list("pk", flat=True))
    acts: list[tuple[dict[str, Any], str]] = [
        ({"act": "rename", "request": dark.pk, "title": "Dark mode"}, "It is called “Dark mode” now."),
        ({"act": "status", "request": dark.pk, "status": "shipped"}, "The status is Shipped now."),
        ({"act": "dismiss", "request": dark.pk}, "It is not a request."),
        ({"act": "restore", "request": dark.pk}, "It is a request again."),
        ({"act": "split", "quote": quotes[:1]}, "Split off 1 quote"),
        ({"act": "move", "quote": quotes[:1], "other": polish.pk}, "Moved 1 quote to"),
        ({"act": "accept_quotes", "quote": quotes}, "Accepted 2 quotes."),
        ({"act": "dismiss_quotes", "quote": quotes}, "Dismissed 2 quotes."),
        ({"act": "merge", "request": dark.pk, "other": polish.pk}, "Merged into"),
    ]
    for data, said in acts:
        page = decide(ada, **data).content.decode()
        assert said in page
        assert "data-undo" in page
    with scope(workspace=cast.a.workspace):
        assert AuditEntry.objects.filter(action__startswith="request.").count() == len(acts)
        decisions = list(RequestDecision.objects.order_by("-pk")[: len(acts)])
    token = str(ada.get(f"{HOME}/names").context["csrf_token"])
    for decision in decisions:
        url = reverse("undo-request-decision", args=[decision.pk])
        assert "All is as it was" in ada.post(url, {"csrfmiddlewaretoken": token}, follow=True).content.decode()
    dark.refresh_from_db()
    assert (dark.status, dark.edited_title, dark.merged_into_id) == ("new", "", None)


def test_what_is_to_check_is_accepted_or_dismissed_together(cast: Cast, ada: Client):
    doubtful = wish(cast, "Is there a dark mode?", times=3, state=Evidence.State.TO_CHECK)
    assert titles(ada) == []
    rows = ada.get(f"{HOME}/to-check").context["page"].rows
    assert len(rows) == 3
    decide(ada, act="accept_quotes", quote=[rows[0].evidence.pk, rows[1].evidence.pk])
    decide(ada, act="dismiss_quotes", quote=[rows[2].evidence.pk])
    assert ada.get(f"{HOME}/to-check").context["page"].rows == []
    assert titles(ada) == ["Dark mode"]
    with scope(workspace=cast.a.workspace):
        assert FeatureRequest.objects.get(pk=doubtful.pk).mentions == 2


def test_what_cannot_be_is_told_and_changes_nothing(cast: Cast, ada: Client):
    dark = wish(cast, "Please add a dark mode.")
    with scope(workspace=cast.a.workspace):
        quote = Evidence.objects.get(request=dark).pk
    assert "all of its quotes" in decide(ada, act="split", quote=[quote]).content.decode()
    assert "no such status" in decide(ada, act="status", request=dark.pk, status="done").content.decode()
    assert "so already" in decide(ada, act="status", request=dark.pk, status="new").content.decode()
    for data in ({"act": "paint", "request": dark.pk}, {"act": "rename"}, {}):
        assert decide(ada, **data).status_code == 400
    assert decide(ada, act="rename", request=10**17).status_code == 404
    with scope(workspace=cast.a.workspace):
        assert RequestDecision.objects.count() == 1  # that of everybody's workspace


def test_similar_requests_are_suggested_until_they_are_kept_apart(cast: Cast, ada: Client):
    dark, night = wish(cast, "Please add a dark mode.", times=2), wish(cast, "A night mode, please.")
    with scope(workspace=cast.a.workspace):
        counting.settle(cast.a.workspace.pk)
        pair = Likeness.objects.create(
            workspace=cast.a.workspace, first=dark, second=night, score=0.5, reasons=["Both ask for “mode”"]
        )
    assert "Both ask for “mode”" in ada.get(HOME).content.decode()
    assert "Suggested: 1 similar request" in ada.get(f"{HOME}/{night.pk}").content.decode()
    token = str(ada.get(f"{HOME}/names").context["csrf_token"])
    ada.post(reverse("refuse-likeness", args=[pair.pk]), {"csrfmiddlewaretoken": token})
    assert "Both ask for" not in ada.get(f"{HOME}/similar").content.decode()
    with scope(workspace=cast.a.workspace):
        assert not likeness.suggested().exists()


def test_a_member_sees_all_and_changes_nothing(cast: Cast, as_user: Browser):
    dark = wish(cast, "Please add a dark mode.", times=2)
    ben = as_user(cast.ben)
    for path in ("", f"/{dark.pk}", "/to-check", "/dismissed", "/similar", "/names"):
        page = ben.get(f"{HOME}{path}")
        assert page.status_code == 200
        assert 'name="act"' not in page.content.decode()
    assert decide(ben, act="rename", request=dark.pk, title="Mine").status_code == 403
    token = str(ben.get(f"{HOME}/names").context["csrf_token"])
    assert ben.post(f"{HOME}/names", {"names": "a, b", "csrfmiddlewaretoken": token}).status_code == 403
    assert ben.get(f"{HOME}/{dark.pk}/choose").status_code == 403


def test_a_stranger_finds_nothing(cast: Cast, as_user: Browser):
    dark = wish(cast, "Please add a dark mode.")
    cleo = as_user(cast.cleo)
    assert titles(cleo) == []
    assert cleo.get(f"{HOME}/{dark.pk}").status_code == 404
    assert decide(cleo, act="rename", request=dark.pk, title="Mine").status_code == 404
    with scope(workspace=cast.a.workspace):
        quote = Evidence.objects.get(request=dark)
    decide(cleo, act="dismiss_quotes", quote=[quote.pk])
    quote.refresh_from_db()
    assert quote.state == "certain"


def test_the_file_computes_nothing_in_a_spreadsheet(cast: Cast, ada: Client):
    wish(cast, "=HYPERLINK(1) please")
    response = ada.get(f"{HOME}.csv")
    lines = b"".join(response).decode().splitlines()
    assert lines[0].startswith("Request,Status,Customers")
    assert lines[1].startswith("'=HYPERLINK(1),New,1,1,1000.00,1,")


def test_the_table_of_names_is_kept_or_refused_with_a_reason(cast: Cast, ada: Client):
    token = str(ada.get(f"{HOME}/names").context["csrf_token"])
    refused = ada.post(f"{HOME}/names", {"names": "lonely", "csrfmiddlewaretoken": token})
    assert refused.status_code == 422
    assert "stands alone" in refused.content.decode()
    ada.post(f"{HOME}/names", {"names": "desk app, desktop app", "csrfmiddlewaretoken": token})
    assert "desk app, desktop app" in ada.get(f"{HOME}/names").content.decode()
    ada.post(f"{HOME}/names", {"names": "", "csrfmiddlewaretoken": token})
    with scope(workspace=cast.a.workspace):
        assert naming.names().lines == ()


def test_words_of_customers_are_shown_as_words(cast: Cast, ada: Client):
    dark = wish(cast, "<script>alert(1)</script> please add it")
    for path in (HOME, f"{HOME}/{dark.pk}"):
        page = ada.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_conversation_shows_what_is_asked_for_in_it_and_marks_the_words(cast: Cast, ada: Client):
    dark = wish(cast, "Please add a dark mode.")
    with scope(workspace=cast.a.workspace):
        one = Evidence.objects.get(request=dark)
    page = ada.get(f"/conversations/{one.conversation_id}").content.decode()
    assert "<mark>Please add a dark mode.</mark>" in page
    for words in ("Requests found", f"{HOME}/{dark.pk}", f'href="#m{one.message_id}"', "1 customer asks for this"):
        assert words in page
    decide(ada, act="dismiss", request=dark.pk)
    assert "Requests found" not in ada.get(f"/conversations/{one.conversation_id}").content.decode()


def test_a_customer_and_a_person_show_what_they_ask_for(cast: Cast, ada: Client):
    dark = wish(cast, "Please add a dark mode.")
    with scope(workspace=cast.a.workspace):
        one = Evidence.objects.select_related("message__contact", "conversation").get(request=dark)
        counting.settle(cast.a.workspace.pk)
    assert one.message.contact is not None
    for path in (f"/customers/{one.conversation.customer_id}", f"/people/{one.message.contact.person_id}"):
        page = ada.get(path).content.decode()
        assert f"{HOME}/{dark.pk}" in page
        assert "1 mention" in page


def test_an_empty_leaderboard_says_why(cast: Cast, ada: Client, as_user: Browser):
    with scope(workspace=cast.a.workspace):
        Evidence.objects.all().delete()
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    assert "They appear here when customers ask" in ada.get(HOME).content.decode()
    owner = {"workspace": cast.a.workspace, "connection": cast.a.connection}
    with scope(workspace=cast.a.workspace):
        Analysis.objects.create(**owner, conversation=cast.a.conversation)
        Turn.objects.create(**owner)
    assert "1 conversation still to analyse." in ada.get(HOME).content.decode()
    with scope(workspace=cast.a.workspace):
        Connection.objects.update(analyse_requests=False)
    assert "Feature requests are turned off" in ada.get(HOME).content.decode()


@contextmanager
def in_the_way(words_of_sql: str, times: int) -> Iterator[None]:
    """So many times another transaction stands in the way of statements that begin with these words."""
    left = [OperationalError("deadlock detected")] * times

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(words_of_sql) and left:
            raise left.pop() from DeadlockDetected()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize(("times", "status", "said"), [(1, "planned", "The status is Planned now."), (9, "new", BUSY)])
def test_who_decides_at_the_same_instant_comes_second_or_is_told(
    cast: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch, times: int, status: str, said: str
):
    monkeypatch.setattr(again, "PAUSE", (0, 0))
    dark = wish(cast, "Please add a dark mode.")
    with in_the_way('UPDATE "insights_featurerequest"', times):
        page = decide(ada, act="status", request=dark.pk, status="planned")
    assert said in page.content.decode()
    dark.refresh_from_db()
    assert dark.status == status


def test_a_page_shows_what_it_knows_while_somebody_else_changes_the_figures(cast: Cast, ada: Client):
    wish(cast, "Please add a dark mode.")
    assert titles(ada) == ["Dark mode"]
    wish(cast, "We need invoices in Polish.")
    with in_the_way('DELETE FROM "insights_due"', 9):
        assert titles(ada) == ["Dark mode"]
    assert sorted(titles(ada)) == ["Dark mode", "Invoices in Polish"]


def test_every_number_of_the_leaderboard_opens_its_rows(cast: Cast, ada: Client):
    dark = wish(cast, "Please add a dark mode.", times=3)
    with scope(workspace=cast.a.workspace):
        listener = ContactFactory(connection=cast.a.connection)
        talk = Evidence.objects.filter(request=dark)[0].conversation
        ConversationContactFactory(conversation=talk, contact=listener)
        asked(cast.a.connection, "Is dark possible?", request=dark, conversation=talk, state=Evidence.State.TO_CHECK)
    (row,) = [row for row in ada.get(HOME).context["page"].rows if row.request.pk == dark.pk]
    assert ada.get(row.customers_url).context["number"] == row.request.customers == 3
    page = ada.get(f"{HOME}/{dark.pk}").content.decode()
    profile = ada.get(f"{HOME}/{dark.pk}").context["profile"]
    assert len(profile.people) == row.request.people == 3
    assert (profile.said.counted, profile.said.to_check) == (row.request.mentions, 1) == (3, 1)
    for words in (
        "3 counted · 1 to check",
        'id="people"',
        'id="quotes"',
        "95% likely to ask for it",
        "3 people of 3 customers",
    ):
        assert words in page


def test_what_was_merged_is_named_and_what_was_kept_apart_can_be_taken_back(cast: Cast, ada: Client):
    dark, night = wish(cast, "Please add a dark mode.", times=2), wish(cast, "A night mode, please.")
    with scope(workspace=cast.a.workspace):
        pair = Likeness.objects.create(
            workspace=cast.a.workspace, first=dark, second=night, score=0.5, reasons=["Both ask for “mode”"]
        )
    ada.get(HOME)
    token = str(ada.get(f"{HOME}/names").context["csrf_token"])
    page = ada.post(reverse("refuse-likeness", args=[pair.pk]), {"csrfmiddlewaretoken": token}, follow=True)
    undo = reverse("suggest-likeness", args=[pair.pk])
    assert page.content.decode().count(f'action="{undo}"') == 2  # beside what is said, and for good under Kept apart
    ada.post(undo, {"csrfmiddlewaretoken": token})
    assert "Both ask for" in ada.get(f"{HOME}/similar").content.decode()
    decide(ada, act="merge", request=night.pk, other=dark.pk)
    assert "Merged into this" in ada.get(f"{HOME}/{dark.pk}").content.decode()
