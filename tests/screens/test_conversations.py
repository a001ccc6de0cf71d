"""The list of conversations, and the reader."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from integrations.models import Connection, SyncState
from sonora.conversations.models import Conversation, Message
from sonora.filters.rows import standings
from sonora.graph import keeping
from sonora.graph.models import PersonStanding
from sonora.insights import counting
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationFactory, ConversationTagFactory, MessageFactory, TagFactory
from tests.factories.integrations import NOW

Browser = Callable[[User | None], Client]
MOST_QUERIES = 12
MOST_OF_A_LIST = 13  # what few pass is looked for once, so its rows are read by their keys
TAGS = "/filters/options?listing=conversations&part=tags.any"


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


@pytest.fixture
def ben(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ben)


def text(client: Client, url: str = "/conversations", query: dict[str, Any] | None = None, **headers: str) -> str:
    response = client.get(url, query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def reader(client: Client, conversation: Conversation) -> str:
    return text(client, reverse("conversation", args=[conversation.pk]))


def say(cast: Cast, **fields: Any) -> Message:
    with scope(workspace=cast.a.workspace):
        return MessageFactory(conversation=cast.a.conversation, **fields)


def more(cast: Cast, number: int = 1, **fields: Any) -> list[Conversation]:
    with scope(workspace=cast.a.workspace):
        return ConversationFactory.create_batch(number, connection=cast.a.connection, **fields)


# ---- The list ----


def test_a_row_says_who_what_and_how_it_stands(cast: Cast, ada: Client):
    page = text(ada)
    for words in ("Invoice in saffron", "Halden saffron", "Ines saffron", "Open", "Billing saffron", "Noor saffron"):
        assert words in page
    assert "1 conversation" in page


def test_deleted_and_unread_conversations_are_not_listed(cast: Cast, ada: Client):
    more(cast, title="Gone", deleted_at=NOW)
    more(cast, title="Placeholder", fetched_at=None)
    page = text(ada)
    assert "Gone" not in page
    assert "Placeholder" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"state": "open"}, {"Invoice in saffron", "Second"}),
        ({"state": "closed"}, {"Third"}),
        ({"state": ["open", "closed"]}, {"Invoice in saffron", "Second", "Third"}),
        ({"state": "nonsense"}, {"Invoice in saffron", "Second", "Third"}),
        ({"tag": "TAG"}, {"Invoice in saffron"}),
        ({"tag": ["TAG", "OTHER"]}, {"Invoice in saffron", "Third"}),
        ({"tag": ["TAG", "OTHER"], "state": "closed"}, {"Third"}),
        ({"customer": "CUSTOMER"}, {"Invoice in saffron"}),
        ({"person": "PERSON"}, {"Invoice in saffron"}),
        ({"q": "saffron"}, {"Invoice in saffron"}),
        ({"q": "second"}, {"Second"}),
        ({"q": "saffron", "state": "closed"}, set()),
    ],
)
def test_filters_narrow_the_list(cast: Cast, ada: Client, query: dict[str, Any], shown: set[str]):
    (_, third) = more(cast, title="Second") + more(cast, title="Third", state="closed")
    with scope(workspace=cast.a.workspace):
        other = TagFactory(connection=cast.a.connection)
        ConversationTagFactory(conversation=third, tag=other)
    known = {"TAG": cast.a.tag.pk, "OTHER": other.pk, "CUSTOMER": cast.a.customer.pk, "PERSON": cast.a.person.pk}
    chosen = {
        name: [known.get(one, one) for one in value] if isinstance(value, list) else known.get(value, value)
        for name, value in query.items()
    }
    page = text(ada, query=chosen)
    assert {title for title in ("Invoice in saffron", "Second", "Third") if f">{title}<" in page} == shown


@pytest.mark.parametrize("listed", [0, 10_000], ids=["of very many", "of few"])
def test_the_conversations_of_silent_people_are_listed_and_counted(
    cast: Cast, ada: Client, listed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(standings, "LISTED", listed)
    with scope(workspace=cast.a.workspace):
        keeping.settle()
        PersonStanding.objects.filter(person=cast.a.person).update(rhythm="quiet")
        theirs = set(Conversation.objects.filter(contact_links__person=cast.a.person).values_list("pk", flat=True))
        ConversationFactory(connection=cast.a.connection)
    page = ada.get("/conversations", {"rhythm": "quiet"}).context["page"]
    assert theirs
    assert {row.conversation.pk for row in page.rows} == theirs
    assert page.matching == str(len(theirs))


def test_each_chip_has_a_link_that_removes_it_alone(cast: Cast, ada: Client):
    page = text(ada, query={"state": "open", "tag": cast.a.tag.pk, "q": "saffron"})
    assert f'href="/conversations?state=open&amp;tag={cast.a.tag.pk}" aria-label="Remove filter Text' in page
    assert f'href="/conversations?q=saffron&amp;tag={cast.a.tag.pk}" aria-label="Remove filter State Open"' in page
    assert 'href="/conversations?q=saffron&amp;state=open" aria-label="Remove filter Tag Billing saffron"' in page


def test_an_empty_result_offers_the_nearest_change(cast: Cast, ada: Client):
    page = text(ada, query={"state": "closed", "tag": cast.a.tag.pk})
    assert "No conversations match" in page
    assert "1 match without the filter “State”." in page


def test_htmx_gets_the_results_alone(cast: Cast, ada: Client):
    fragment = text(ada, query={"state": "open"}, HX_Request="true", HX_Target="results")
    assert "<html" not in fragment
    assert 'id="results"' in fragment
    assert 'id="count"' in fragment


def test_going_back_in_history_gets_the_whole_page(cast: Cast, ada: Client):
    page = text(ada, HX_Request="true", HX_Target="results", HX_History_Restore_Request="true")
    assert "<html" in page


def test_pages_lead_on_and_back_without_loss(cast: Cast, ada: Client):
    more(cast, 120)
    seen: list[str] = []
    url: str | None = "/conversations?state=open"
    while url:
        page = ada.get(url)
        listing = page.context["page"]
        seen += [row.conversation.external_id for row in listing.rows]
        url = listing.links.older_url or None
    assert len(seen) == len(set(seen)) == 121
    assert listing.links.text == "21 shown of 121"


@pytest.mark.parametrize("cursor", ["", "x", "W10:abc", "9" * 400, "\0"])
def test_a_made_up_cursor_shows_the_first_page(cast: Cast, ada: Client, cursor: str):
    assert "Invoice in saffron" in text(ada, query={"after": cursor})


@pytest.mark.parametrize("query", [{}, {"state": "open", "tag": "TAG"}, {"q": "saffron"}, {"customer": "CUSTOMER"}])
@pytest.mark.parametrize("who", ["ada", "ben"])
def test_a_page_takes_few_queries_however_full(cast: Cast, as_user: Browser, query: dict[str, Any], who: str):
    more(cast, 60)
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection, last_run_finished_at=NOW)
    known = {"TAG": cast.a.tag.pk, "CUSTOMER": cast.a.customer.pk}
    chosen = {name: known.get(value, value) for name, value in query.items()}
    client = as_user(getattr(cast, who))
    with CaptureQueriesContext(connection) as queries:
        text(client, query=chosen)
    assert len(queries) <= MOST_OF_A_LIST, "\n".join(query["sql"][:200] for query in queries)


def test_names_and_tags_are_escaped(cast: Cast, ada: Client):
    bad = "<script>alert(1)</script>"
    with scope(workspace=cast.a.workspace):
        for one, field in (
            (cast.a.tag, "name"),
            (cast.a.customer, "name"),
            (cast.a.contact, "name"),
            (cast.a.person, "name"),
            (cast.a.teammate, "name"),
            (cast.a.conversation, "title"),
            (cast.a.company, "name"),
        ):
            type(one).objects.filter(pk=one.pk).update(**{field: bad})
    pages = ["/conversations", "/customers", "/people", f"/conversations/{cast.a.conversation.pk}"]
    pages += [
        f"/customers/{cast.a.customer.pk}",
        f"/people/{cast.a.person.pk}",
        f"/conversations?q={bad}",
        TAGS,
    ]
    for url in pages:
        page = text(ada, url)
        assert bad not in page
        assert "&lt;script&gt;" in page


def test_a_tag_name_of_ten_kilobytes_is_cut(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        TagFactory(connection=cast.a.connection, name="x" * 10_000)
    assert "x" * 300 not in text(ada)


def test_the_tag_picker_counts_what_each_tag_would_show(cast: Cast, ada: Client):
    (closed,) = more(cast, state="closed")
    (gone,) = more(cast, deleted_at=NOW)
    with scope(workspace=cast.a.workspace):
        for conversation in (closed, gone):
            ConversationTagFactory(conversation=conversation, tag=cast.a.tag)
    counted = ada.get(TAGS).context["options"]
    assert [(tag.name, tag.count) for tag in counted] == [("Billing saffron", "2")]
    counted = ada.get(f"{TAGS}&state=open&tag={cast.a.tag.pk}").context["options"]
    assert [(tag.count, tag.is_chosen) for tag in counted] == [("1", True)]


def test_the_list_says_when_it_was_synced(cast: Cast, ada: Client):
    assert "so far" in text(ada)
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection, last_run_finished_at=NOW)
    assert "synced" in text(ada)


# ---- Internal notes ----


def hide_notes(cast: Cast) -> None:
    with scope(workspace=cast.a.workspace):
        Connection.objects.update(show_internal_notes=False)


def test_members_read_notes_while_the_connection_shows_them(cast: Cast, ben: Client):
    assert "Whispered saffron" in reader(ben, cast.a.conversation)
    assert "Never analysed" in reader(ben, cast.a.conversation)
    hide_notes(cast)
    page = reader(ben, cast.a.conversation)
    assert "Whispered" not in page
    assert "1 internal note is shown to admins only." in page


def test_admins_always_read_notes(cast: Cast, ada: Client):
    hide_notes(cast)
    assert "Whispered saffron" in reader(ada, cast.a.conversation)


def test_hidden_notes_are_not_found_by_their_words(cast: Cast, ben: Client, ada: Client):
    hide_notes(cast)
    assert ">Invoice in saffron<" not in text(ben, query={"q": "whispered"})
    assert "Billing saffron" in text(ben, f"{TAGS}&q=whispered")
    assert ben.get(f"{TAGS}&q=whispered").context["options"][0].count == "0"
    assert ">Invoice in saffron<" in text(ada, query={"q": "whispered"})


# ---- The reader ----


def test_each_voice_is_told_apart(cast: Cast, ada: Client):
    say(cast, author_type="bot", author_name="Fin", from_ai=True, text="Beep")
    say(cast, author_type="admin", author_name="Sam Lee", text="Hello")
    entries = ada.get(reverse("conversation", args=[cast.a.conversation.pk])).context["thread"].entries
    assert [(one.voice, one.role) for one in entries] == [
        ("customer", "Customer"),
        ("customer", "Customer"),
        ("note", "Internal note"),
        ("teammate", "AI agent"),
        ("teammate", "Teammate"),
    ]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("close", "Sam Lee closed the conversation"),
        ("assignment", "Sam Lee assigned the conversation"),
        ("timer_unsnooze", "Snooze ended by its timer"),
        ("a_kind_of_tomorrow", "Sam Lee: a kind of tomorrow"),
        ("", "Sam Lee: an event without a name"),
    ],
)
def test_an_event_is_a_line_of_words(cast: Cast, ada: Client, kind: str, words: str):
    say(cast, kind=kind, text="", html="", author_type="admin", author_name="Sam Lee")
    assert f"<bdi>{words}</bdi>" in reader(ada, cast.a.conversation)


def test_a_message_without_an_author_is_somebodys(cast: Cast, ada: Client):
    say(cast, author_type="", author_name="", text="Who am I")
    assert "Unknown author" in reader(ada, cast.a.conversation)


def test_a_removed_message_says_so(cast: Cast, ada: Client):
    say(cast, redacted=True, html="", text="")
    assert "This message was removed in Intercom." in reader(ada, cast.a.conversation)


@pytest.mark.parametrize(
    ("html", "gone"),
    [
        ("<img src=https://evil.example/p.png onerror=alert(1)>", "<img"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<a href="javascript:alert(1)">x</a>', "javascript:"),
        ('<div hx-get="/sign-out" hx-trigger="load">x</div>', "hx-trigger"),
        ('<p style="position:fixed" class="toast" id="main2">x</p>', "position:fixed"),
        ('<form action="/theme"><input name="theme"></form>', 'action="/theme"><input name="theme"'),
        ("<style>*{display:none}</style>", "display:none"),
    ],
)
def test_customers_html_is_inert(cast: Cast, ada: Client, html: str, gone: str):
    say(cast, html=html, text="x")
    page = reader(ada, cast.a.conversation)
    assert gone not in page.partition('aria-label="Messages"')[2].partition("</section>")[0]


def test_template_marks_are_shown_as_they_are(cast: Cast, ada: Client):
    say(cast, html="<p>{{ csrf_token }} {% load x %} ${y}</p>", text="x")
    assert "{{ csrf_token }} {% load x %} ${y}" in reader(ada, cast.a.conversation)


def test_files_are_named_and_their_stored_addresses_are_never_shown(cast: Cast, ada: Client):
    say(cast, attachments=[{"name": "a<b>.pdf", "url": "https://files.evil.example/a"}, {"url": None}, "odd"])
    page = reader(ada, cast.a.conversation)
    assert "a&lt;b&gt;.pdf" in page
    assert "Unnamed file" in page
    assert "files.evil.example" not in page


def test_ratings_and_linked_tickets_are_told(cast: Cast, ada: Client):
    (conversation,) = more(cast, rating=4, rating_remark="Quick & kind", linked_tickets=["8001", "8002"])
    page = reader(ada, conversation)
    for words in ("4 of 5", "Quick &amp; kind", "<code>8001</code>, <code>8002</code>"):
        assert words in page


def test_a_tag_that_was_deleted_in_intercom_is_shown_no_more(cast: Cast, ada: Client):
    (conversation,) = more(cast)
    with scope(workspace=cast.a.workspace):
        for name, deleted_at in (("Still there", None), ("Long gone", NOW)):
            tag = TagFactory(connection=cast.a.connection, name=name, deleted_at=deleted_at)
            ConversationTagFactory(conversation=conversation, tag=tag)
    for page in (reader(ada, conversation), text(ada, query={"q": ""})):
        assert "Still there" in page
        assert "Long gone" not in page


def test_a_message_of_a_megabyte_is_shown(cast: Cast, ada: Client):
    say(cast, html="<p>Beginning " + "word " * 200_000 + "</p>", text="x")
    page = reader(ada, cast.a.conversation)
    assert "Beginning word" in page
    assert "too long to be shown whole" in page


def test_a_very_long_conversation_opens_at_its_end(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        MessageFactory.create_batch(510, conversation=cast.a.conversation, text="word")
    url = reverse("conversation", args=[cast.a.conversation.pk])
    page = ada.get(url)
    assert len(page.context["thread"].entries) == 500
    assert "Show 13 earlier messages" in page.content.decode()
    assert len(ada.get(url, {"all": 1}).context["thread"].entries) == 513


def test_the_way_to_intercom_tells_intercom_nothing(cast: Cast, ada: Client):
    page = reader(ada, cast.a.conversation)
    link = page.partition(f'href="{cast.a.conversation.url}"')[2].partition(">")[0]
    assert 'rel="noopener noreferrer"' in link


def test_the_reader_takes_few_queries_however_long(cast: Cast, ben: Client):
    with scope(workspace=cast.a.workspace):
        MessageFactory.create_batch(50, conversation=cast.a.conversation, contact=cast.a.contact)
        counting.settle(cast.a.workspace.pk)
    with CaptureQueriesContext(connection) as queries:
        reader(ben, cast.a.conversation)
    assert len(queries) <= MOST_QUERIES
