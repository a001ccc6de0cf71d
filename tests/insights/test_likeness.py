"""Requests that may be one are suggested, with reasons, until a person says otherwise."""

from collections.abc import Iterator

import pytest

from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.insights import comparing, counting, deciding, likeness, naming, vectors
from sonora.insights.aliases import Names
from sonora.insights.encoders import WordEncoder
from sonora.insights.models import Evidence, FeatureRequest, Likeness
from tests.factories.conversations import ConversationFactory
from tests.factories.customers import CustomerFactory
from tests.factories.matching import ADA, intercom
from tests.factories.requests import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Iterator[Connection]:
    with intercom() as one:
        yield one


def wish(link: Connection, quote: str, conversation: Conversation | None = None) -> FeatureRequest:
    """A request of its own for *quote*, however much it is like others."""
    one = asked(link, quote, conversation=conversation)
    packed = vectors.pack(WordEncoder().vectors([quote])[0])
    Evidence.objects.filter(pk=one.pk).update(vector=packed)
    counting.settle(link.workspace_id)
    return one.request


def pairs() -> list[tuple[int, int]]:
    comparing.keep_up()
    return [(pair.first_id, pair.second_id) for pair in likeness.suggested()]


def test_what_is_alike_is_suggested_with_reasons(link: Connection):
    customer = CustomerFactory(workspace=link.workspace)
    talks = ConversationFactory.create_batch(2, connection=link, customer=customer)
    dark = wish(link, "Please add a dark mode for the wall screen.", talks[0])
    screen = wish(link, "Could the wall screen have a dark theme?", talks[1])
    wish(link, "We need invoices in Polish.")
    assert pairs() == [(dark.pk, screen.pk)]
    assert likeness.suggested()[0].reasons == ["Both ask for “dark mode”", "1 customer asks for both"]
    assert [other for _, other in likeness.of(screen)] == [dark]


def test_what_names_different_things_is_not_suggested(link: Connection):
    wish(link, "Could the wall screen of our depot have a dark mode?")
    wish(link, "Could the wall screen of our depot have webhooks?")
    assert pairs() == []


def test_names_of_the_workspace_are_things_that_both_may_ask_for(link: Connection):
    naming.write(link.workspace_id, Names.typed("depot board, wallboard, Lagertafel"), by=ADA)
    wish(link, "Please show the wallboard of the week in blue.")
    wish(link, "Please show the Lagertafel of the week in green.")
    assert len(pairs()) == 1
    assert likeness.suggested()[0].reasons == ["Both ask for “depot board”"]


def test_words_of_another_language_are_no_reason(link: Connection):
    wish(link, "Nos gustaría ver las notas de las personas en las listas largas.")
    wish(link, "Nos gustaría ver las notas de las personas en las páginas.")
    assert pairs() == []


def test_what_names_nothing_is_suggested_when_it_is_clearly_alike(link: Connection):
    wish(link, "Could the gardener also water the tulips behind the house?")
    wish(link, "Could the gardener also water the tulips before the house?")
    assert len(pairs()) == 1
    assert likeness.suggested()[0].reasons == ["Their words mean much the same"]


def test_nothing_is_compared_again_before_words_change(link: Connection):
    wish(link, "Please add a dark mode.")
    assert [comparing.keep_up(), comparing.keep_up()] == [1, 0]
    wish(link, "Please add dark mode!")
    assert comparing.keep_up() == 1


def test_a_pair_that_was_refused_is_not_suggested_again(link: Connection):
    wish(link, "Please add a dark mode.")
    wish(link, "Please add dark mode!")
    (pair,) = pairs() and likeness.suggested()
    assert likeness.refuse(pair.pk, by=ADA)
    assert not likeness.refuse(pair.pk, by=ADA)
    wish(link, "Dark mode for the phone, please.")
    assert (pair.first_id, pair.second_id) not in pairs()
    assert Likeness.objects.get(refused_by=ADA).pk == pair.pk


def test_what_was_merged_or_dismissed_is_no_longer_suggested(link: Connection):
    dark, second = wish(link, "Please add a dark mode."), wish(link, "Please add dark mode!")
    third = wish(link, "Add dark mode please.")
    assert len(pairs()) == 3
    deciding.merge([second.pk], dark, by=ADA)
    deciding.dismiss(third, by=ADA)
    assert not likeness.suggested().exists()
    assert pairs() == []


def test_another_workspace_is_compared_by_itself(link: Connection):
    dark = wish(link, "Please add a dark mode.")
    with intercom() as other:
        wish(other, "Please add dark mode!")
        assert pairs() == []
    assert likeness.of(dark) == []
