"""A person's word on a sentiment: shown everywhere, told in the audit trail, and it can be taken back."""

import pytest
from django_scopes import scopes_disabled

from integrations.store import Holder
from sonora.insights import analysis, corrections
from sonora.insights.models import ConversationSentiment, Correction
from sonora.workspaces.models import AuditEntry, User
from tests.factories.reading import WordReader
from tests.factories.workspaces import UserFactory
from tests.insights.conftest import conversation, message, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam() -> User:
    with scopes_disabled():
        return UserFactory(name="Sam Lee", email="sam@northwind.example")


@pytest.fixture
def talk(holder: Holder) -> int:
    save(holder, conversation(message(1, "The export is broken.")))
    analysis.step(WordReader())
    return ConversationSentiment.objects.get().pk


def shown() -> tuple[str, str]:
    row = ConversationSentiment.objects.get()
    return row.label, row.found


def test_a_correction_is_shown_and_says_who_made_it(talk: int, sam: User) -> None:
    corrections.correct(talk, "neutral", note="They were joking.", by=sam)
    assert shown() == ("neutral", "negative")
    row = Correction.objects.get()
    assert (row.by, row.by_name, row.note) == ("sam@northwind.example", "Sam Lee", "They were joking.")
    entry = AuditEntry.objects.get(action="sentiment.corrected")
    assert entry.actor == "sam@northwind.example"
    assert entry.detail == {
        "conversation": talk,
        "before": {"sentiment": "negative"},
        "after": {"sentiment": "neutral"},
    }


def test_saying_the_same_twice_is_said_once(talk: int, sam: User) -> None:
    for _ in range(2):
        corrections.correct(talk, "neutral", note="", by=sam)
    assert AuditEntry.objects.filter(action="sentiment.corrected").count() == 1
    corrections.correct(talk, "positive", note="", by=sam)
    assert (shown(), Correction.objects.count()) == (("positive", "negative"), 1)


def test_taken_back_what_was_read_is_shown_again(talk: int, sam: User) -> None:
    corrections.correct(talk, "neutral", note="", by=sam)
    for _ in range(2):
        corrections.take_back(talk, by=sam)
    assert (shown(), Correction.objects.count()) == (("negative", "negative"), 0)
    assert AuditEntry.objects.filter(action="sentiment.reset").count() == 1


def test_what_is_not_analysed_cannot_be_corrected(holder: Holder, sam: User) -> None:
    with pytest.raises(ConversationSentiment.DoesNotExist):
        corrections.correct(4711, "neutral", note="", by=sam)
