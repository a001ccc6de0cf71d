"""Conversations found by their words, on whichever database the tests run."""

import string
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django_scopes import scope, scopes_disabled

from sonora.conversations import search
from sonora.conversations.models import Conversation, Message
from sonora.core.fulltext import Words
from sonora.people.models import Contact
from tests.factories.cast import Filled, fill
from tests.factories.conversations import ConversationFactory, MessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def a() -> Iterator[Filled]:
    fill("b", words="indigo")
    filled = fill("a", words="saffron")
    with scope(workspace=filled.workspace):
        yield filled


@pytest.fixture(params=["listed", "walked", "walked whole"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways of finding: rare words are listed, common ones are walked to; a whole word more cheaply."""
    common = {"listed": lambda words: False, "walked": lambda words: words.begins, "walked whole": lambda words: True}
    monkeypatch.setattr(search, "_is_common", common[request.param])


def found(text: str, *, notes: bool = True) -> list[str]:
    """The same whether all of them are wanted or a page."""
    whole, page = (search.search(text, notes=notes, is_page=is_page) for is_page in (False, True))
    every = search.matching(Conversation.objects.all(), whole, notes=notes).order_by("pk")
    newest = search.matching(Conversation.objects.all(), page, notes=notes).order_by("pk")[:50]
    assert list(newest) == list(every)
    return [one.external_id for one in every]


def say(a: Filled, text: str, **fields: object) -> Message:
    conversation = ConversationFactory(connection=a.connection, external_id="2002", title="")
    return MessageFactory(conversation=conversation, text=text, **fields)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "text",
    [
        "saffron",  # title, message, contact
        "SAFFRON",
        "ines@saffron.example",
        "Ines",
        "euro krona",
        "invoice, in: saffron!",
    ],
)
def test_words_of_messages_titles_and_contacts_are_found(a: Filled, text: str):
    assert found(text) == ["1001"]


@pytest.mark.parametrize("common", [False, True])
def test_the_last_word_may_be_a_beginning_unless_it_is_common_itself(
    a: Filled, monkeypatch: pytest.MonkeyPatch, common: bool
):
    assert found("reads saf") == ["1001"]
    monkeypatch.setattr(search, "_is_common", lambda words: common or words.begins)
    assert found("reads saf") == ([] if common else ["1001"])


def test_a_word_of_many_rows_is_common(a: Filled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "COMMON", 0)
    assert search.search("euro", notes=True).is_broad
    assert not search.search("saffron zebra", notes=True).is_broad


def test_a_word_that_the_newest_conversations_hold_often_is_common(a: Filled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "COMMON", 0)
    monkeypatch.setattr(search, "OFTEN", 1)
    assert search.search("eur", notes=True).found is None
    assert search.search("euro", notes=True).words == Words.typed("euro").whole()
    assert search.search("zebra", notes=True).found == frozenset()


def test_in_a_small_workspace_no_word_is_common(a: Filled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "OFTEN", 1)
    assert search.search("euro", notes=True).found == {a.conversation.pk}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("text", ["indigo", "saffron indigo", "saff ron", "krona euro-krona"])
def test_what_is_not_there_is_not_found(a: Filled, text: str):
    assert found(text) == []


@pytest.mark.usefixtures("way")
def test_internal_notes_are_found_only_by_those_who_may_read_them(a: Filled):
    assert found("whispered") == ["1001"]
    assert found("whispered", notes=False) == []


@pytest.mark.usefixtures("way")
def test_the_index_follows_changes_and_deletions(a: Filled):
    message = say(a, "The zeppelin has landed")
    assert found("zeppelin") == ["2002"]
    Message.objects.filter(pk=message.pk).update(text="The balloon has landed")
    assert (found("zeppelin"), found("balloon")) == ([], ["2002"])
    Contact.objects.filter(pk=a.contact.pk).update(name="Lotte Aalto", email="lotte@aalto.example")
    assert found("aalto") == ["1001"]
    message.delete()
    assert found("balloon") == []


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "text",
    [
        '"', '""', "'", "\\", "'\\", "*", "a*b", "saffron*", "NOT", "a AND", "OR OR", "NEAR(a b, 2)", "title:x", "^a",
        "(", ")", "a & !b", "a <-> b", "x:*", ":", "\0", "a\0b", "\ud800", "%s", "%", "_", "; DROP TABLE x", "--",
        "{a b} : c", "é" * 300, "🙂", "日本語", "\u202egnp", "a " * 5000, "x" * 10_000, "'' ''' ''''", "a\nb\tc",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_only_words(a: Filled, text: str):
    assert isinstance(found(text), list)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_typed_filters_nothing(a: Filled, text: str):
    assert found(text) == ["1001"]


def test_signs_alone_are_found_nowhere(a: Filled):
    assert found("?! …") == []


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Größe der Rechnung", "größe"),
        ("Это не работает", "работает"),
        ("see https://status.halden.example/incidents?id=77", "incidents"),
        ("order-4711/b", "4711"),
        ("<b>bold</b> words & more", "bold"),
        ("see <harbour> and <b class=x>", "harbour class"),
        ("don't do it", "don't"),
    ],
)
def test_words_are_found_in_many_tongues_and_shapes(a: Filled, said: str, typed: str):
    say(a, said)
    assert found(typed) == ["2002"]


def test_any_mark_stands_between_two_words(a: Filled):
    words = {mark: [f"{word}{ord(mark)}" for word in ("ship", "dock", "quay", "5", "6")] for mark in string.punctuation}
    say(a, "\n".join("{1}{0}{2} {0}{3}; {4}{0}{5}".format(mark, *some) for mark, some in words.items()))
    assert [(mark, word) for mark, some in words.items() for word in some if not found(word)] == []


@pytest.mark.parametrize(
    "text",
    [
        "beginning " + "word " * 200_000,
        "beginning " + " ".join(f"w{number:x}" for number in range(150_000)),
        "beginning " + "x" * 1_000_000,
        "beginning " + "a-b/c.d@e.f:" * 80_000,
        "beginning " + "漢 字 " * 250_000,
    ],
    ids=["plain", "all different", "one word", "signs", "wide letters"],
)
def test_a_message_of_a_megabyte_is_stored_and_found(a: Filled, text: str):
    say(a, text)
    assert found("beginning") == ["2002"]


@pytest.mark.parametrize("is_page", [True, False])
@pytest.mark.parametrize("is_whole", [True, False])
def test_sqlite_asks_its_index_of_words_once_for_all_conversations(
    a: Filled, monkeypatch: pytest.MonkeyPatch, is_whole: bool, is_page: bool
):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the words with the row.")
    monkeypatch.setattr(search, "_is_common", lambda words: is_whole or words.begins)
    plan = search.search("euro krona", notes=True, is_page=is_page)
    assert (plan.is_broad, plan.words.begins) == (True, not is_whole)
    asked = [above for above, step in steps(search.matching(Conversation.objects.all(), plan)) if "VIRTUAL" in step]
    assert len(asked) == 3
    assert {above.split()[0] for above in asked} == {"LIST"}


def steps(rows: QuerySet[Any]) -> Iterator[tuple[str, str]]:
    """Each step of the plan of *rows*, behind the one that it belongs to."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        plan = {number: (parent, step) for number, parent, _, step in cursor.fetchall()}
    return ((plan[parent][1] if parent else "", step) for parent, step in plan.values())


def test_another_workspace_is_never_found(a: Filled):
    with scopes_disabled():
        assert len(found("euro krona")) == 2
    assert found("euro krona") == ["1001"]
