"""Words that ask say whose message they stand in, whatever happens to it."""

from collections.abc import Iterator

import pytest

from integrations.models import Connection
from sonora.conversations.models import Message
from sonora.insights.models import Evidence
from tests.factories.matching import intercom
from tests.factories.people import ContactFactory
from tests.factories.requests import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Iterator[Connection]:
    with intercom() as one:
        yield one


def authors() -> set[tuple[int | None, int | None]]:
    """What words say, and what their messages say."""
    return set(Evidence.objects.values_list("contact", "message__contact"))


def test_words_say_who_wrote_their_message(link: Connection) -> None:
    contact = ContactFactory(connection=link)
    asked(link, "Please add a dark mode.", contact=contact)
    assert authors() == {(contact.pk, contact.pk)}


def test_a_message_that_turns_out_to_be_somebody_elses_takes_its_words_along(link: Connection) -> None:
    asked(link, "Please add a dark mode.", contact=ContactFactory(connection=link))
    other = ContactFactory(connection=link)
    Message.objects.update(contact=other)
    assert authors() == {(other.pk, other.pk)}


def test_whoever_is_taken_out_wrote_no_words_any_more(link: Connection) -> None:
    contact = ContactFactory(connection=link)
    asked(link, "Please add a dark mode.", contact=contact)
    contact.delete()
    assert authors() == {(None, None)}


def test_words_that_are_written_again_keep_their_author(link: Connection) -> None:
    contact = ContactFactory(connection=link)
    words = asked(link, "Please add a dark mode.", contact=contact)
    words.contact = None
    words.save()
    assert authors() == {(contact.pk, contact.pk)}
