"""What a question says in vain: all of it is named, and a name behind a "not" stays denied where it is spelt anew."""

from datetime import UTC, datetime

import pytest

from sonora.chat.interpreter import Interpretation, interpret, scanning
from sonora.chat.interpreter.lookup import Lookup
from sonora.chat.interpreter.names import Grams
from sonora.chat.interpreter.recognising import recognised
from sonora.chat.interpreter.spans import Kind, Span
from sonora.chat.interpreter.tokens import Question, question
from tests.chat.examples import examples
from tests.chat.world import NOW, VIEWER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
EACH = 30  # of the corpus' questions one in so many is taken apart
SAYING = {
    *(Kind.NAME, Kind.QUOTE, Kind.UNKNOWN, Kind.STATE, Kind.SENTIMENT, Kind.ROLE, Kind.ENGAGEMENT, Kind.CHAMPION),
    *(Kind.RHYTHM, Kind.UNASSIGNED, Kind.UNMATCHED, Kind.UNTAGGED, Kind.THRESHOLD, Kind.UNASKABLE, Kind.REFUSED),
    Kind.NUMBER,
}


def meant(read: Interpretation) -> tuple[object, list[str]]:
    return read.query, [one.words for one in read.ignored]


def spans(asked: Question) -> list[Span]:
    known = Lookup()
    found = scanning.spans(asked, known.places(Grams.of(asked)), today=datetime.fromtimestamp(NOW, UTC).date())
    return recognised(asked, found, known)


def test_no_word_that_says_something_is_lost(world: World):
    """Each such word is named as ignored, or without it the question means something else."""
    looked_at = 0
    for text in [one.question for one in examples(world)][::EACH]:
        asked, read = question(text), interpret(text, VIEWER)
        vain = " ".join(one.words for one in read.ignored)
        for span in spans(asked):
            words = asked.words(span.first, span.last)
            if span.kind not in SAYING or words in vain or asked.text.lower().count(words.lower()) > 1:
                continue
            start, end = asked.tokens[span.first].start, asked.tokens[span.last - 1].end
            without = interpret(asked.text[:start] + asked.text[end:], VIEWER)
            assert meant(without) != meant(read), (text, words)
            looked_at += 1
    assert looked_at > 40


@pytest.mark.parametrize(
    ("words", "ignored"),
    [
        ("conversations mentioning the by customer", ["mentioning"]),
        ("open conversations mentioning", ["mentioning"]),
        ("conversations with the phrase", ["with the phrase"]),
        ("Halden tickets containing the", ["containing"]),
        ("conversations in segment", ["in segment"]),
        ("which people are assigned", ["assigned"]),
        ("customers who are silent for 60 days", ["60 days"]),
    ],
)
def test_what_announces_something_and_nothing_follows_is_named(words: str, ignored: list[str]):
    read = interpret(words, VIEWER)
    assert [one.words for one in read.ignored] == ignored
    assert read.query
    assert not read.query.filters.text
    assert read.query.limit is None


@pytest.mark.parametrize("words", ["show me what Chloé said", "tickets in which a refund was mentioned", "not tagged"])
def test_what_is_said_of_something_before_it_is_read(words: str):
    assert not interpret(words, VIEWER).ignored


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("open tickets not tagged Onbording", "Onbording"),
        ("tickets without Onbording", "Onbording"),
        ("tickets without the tag Onbording", "Onbording"),
        ("no Onbording", "Onbording"),
    ],
)
def test_a_slip_behind_a_not_is_asked_about_and_stays_denied(world: World, words: str, denied: str):
    (ignored,) = interpret(words, VIEWER).ignored
    assert (ignored.denied, ignored.options) == (denied, ("Onboarding",))
    clear = interpret(words.replace(ignored.name, f"“{ignored.options[0]}”"), VIEWER)
    assert not clear.ignored
    assert clear.query
    assert clear.query.filters.tags.none == {world.tags["Onboarding"].pk}


def test_behind_a_not_nothing_is_offered_that_cannot_be_denied():
    (ignored,) = interpret("conversations not from Haldn", VIEWER).ignored
    assert ignored.options == ()


def test_a_not_that_is_a_slip_in_a_name_is_a_part_of_it():
    (ignored,) = interpret("conversations with Nor Haddad", VIEWER).ignored
    assert (ignored.name, ignored.options) == ("Nor Haddad", ("Noor Haddad",))


def test_what_stands_beside_a_denied_slip_is_not_denied():
    read = interpret("tickets not tagged Onbording and open", VIEWER)
    assert read.query
    assert read.query.filters.states == {"open"}
