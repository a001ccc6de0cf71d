"""What the database keeps of how far the analysis is equals a recount of the rows, whatever happened to them."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations import held_totals
from integrations.store import Holder
from sonora.conversations.models import Conversation
from sonora.insights import analysed, analysis, marking, progress
from sonora.insights.models import Analysis, AnalysisTotal, Turn
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.conversations import ConversationFactory
from tests.factories.reading import WordReader
from tests.insights.conftest import conversation, message, new_holder, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(holder: Holder) -> Holder:
    """One whose connection stands beside another one, of which one conversation waits."""
    other = new_holder()
    with scopes_disabled():
        mark(other, talk(other))
    return holder


def talk(holder: Holder) -> int:
    return int(ConversationFactory(workspace_id=holder.workspace_id, connection_id=holder.connection_id).pk)


def mark(holder: Holder, *conversations: int) -> None:
    marking.changed(holder.workspace_id, holder.connection_id, conversations)


def kept(holder: Holder) -> dict[tuple[str, str], int]:
    """The sums of all entries, by the two versions; a pair that read nothing is left out."""
    entries = AnalysisTotal.objects.filter(connection_id=holder.connection_id)
    found = Counter[tuple[str, str]]()
    for sentiment, requests, number in entries.values_list("sentiment_by", "requests_by", "conversations"):
        found[sentiment, requests] += number
    return {pair: number for pair, number in found.items() if number}


def recounted(holder: Holder) -> dict[tuple[str, str], int]:
    """The same from the rows themselves."""
    mine = Analysis.objects.filter(connection=holder.connection_id)
    return dict(Counter(mine.values_list("sentiment_by", "requests_by")))


def test_what_changes_and_what_is_read_moves_from_one_sum_to_another(holder: Holder) -> None:
    save(holder, *(conversation(message(1, "Broken."), external_id=name) for name in ("1", "2")))
    assert kept(holder) == {("", ""): 2}
    reader = WordReader()
    analysis.step(reader)
    assert kept(holder) == {(reader.version, reader.version): 2}
    mark(holder, Conversation.objects.earliest("pk").pk)
    assert kept(holder) == {("", ""): 1, (reader.version, reader.version): 1}


def test_what_waits_already_leaves_no_entry_when_it_changes_again(holder: Holder) -> None:
    one = talk(holder)
    mark(holder, one)
    before = AnalysisTotal.objects.count()
    mark(holder, one)
    assert AnalysisTotal.objects.count() == before


def test_the_worker_makes_one_entry_of_many_after_each_batch(holder: Holder) -> None:
    for _ in range(3):
        mark(holder, talk(holder))
    analysis.step(WordReader())
    mine = AnalysisTotal.objects.filter(connection_id=holder.connection_id)
    assert (mine.count(), mine.filter(settled=True).count()) == (2, 2)  # of those that wait, and of those it read
    assert kept(holder) == recounted(holder)


def test_a_recount_says_which_sum_was_wrong_and_mends_it(holder: Holder) -> None:
    mark(holder, talk(holder), talk(holder))
    AnalysisTotal.objects.filter(connection_id=holder.connection_id).update(conversations=7)
    assert held_totals.mend(holder.connection_id) == {"analysed by nobody and nobody": {"conversations": -5}}
    assert kept(holder) == recounted(holder)
    assert held_totals.mend(holder.connection_id) == {}


def test_the_sums_of_a_connection_that_holds_nothing_any_more_are_forgotten(holder: Holder) -> None:
    mark(holder, talk(holder))
    held_totals.forget(holder.connection_id)
    assert kept(holder) == {}
    assert AnalysisTotal.objects.exists()  # those of the other one


VERSIONS = st.sampled_from(["", "words-1", "words-2"])
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["come", "change", "sentiment_by", "requests_by", "delete", "settle"]),
        st.integers(min_value=0, max_value=3),
        VERSIONS,
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, reader=VERSIONS)
def test_whatever_happens_the_sums_are_those_of_a_recount(holder: Holder, acts: list[Any], reader: str) -> None:
    for act, number, version in acts:
        take(holder, act, number, version)
        assert kept(holder) == recounted(holder), act
    Turn.objects.filter(connection=holder.connection_id).update(reader=reader)
    found = progress.of(holder.connection_id, sentiment=True, requests=True)
    assert (found.sentiment, found.requests) == tuple(_waiting(holder, at, reader) for at in (0, 1))


def _waiting(holder: Holder, at: int, reader: str) -> int:
    return sum(number for pair, number in recounted(holder).items() if not pair[at] or pair[at] != reader)


def take(holder: Holder, act: str, number: int, version: str) -> None:
    """One of the things that happen, to some conversations from the *number*th on."""
    some = list(Conversation.objects.order_by("pk").values_list("pk", flat=True)[number : number + 3])
    if act == "come":
        mark(holder, *(talk(holder) for _ in range(number)))
    elif act == "change":
        mark(holder, *some)
    elif act == "delete":
        marking.gone(some)
    elif act == "settle":
        analysed.settle(holder.connection_id)
    else:
        Analysis.objects.filter(pk__in=some).update(**{act: version})
