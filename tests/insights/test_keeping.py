"""What people decided holds again when a conversation that left comes back."""

from collections.abc import Callable

import pytest

from integrations import store
from integrations.store import Holder
from sonora.conversations.models import Conversation
from sonora.insights import analysis, corrections, deciding, encoding, groups
from sonora.insights.encoders import WordEncoder
from sonora.insights.models import ConversationSentiment, Evidence, FeatureRequest, KeptCorrection, KeptQuote
from sonora.workspaces.scoping import scope
from tests.factories.integrations import NOW
from tests.factories.reading import WordReader
from tests.factories.workspaces import UserFactory
from tests.insights.conftest import conversation, message, new_holder, save

pytestmark = pytest.mark.django_db
ADA = "ada@a.example"
DARK, POLISH = "Please add a dark mode.", "Please add invoices in Polish."


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "encoder", lambda names: WordEncoder())
    groups.forget_all()


def comes(holder: Holder, *texts: str, external_id: str = "1001", at: int = NOW) -> None:
    parts = [message(number, text, external_id=f"p{number}") for number, text in enumerate(texts)]
    save(holder, conversation(*parts, external_id=external_id, updated_at=at), at=at + 100)
    while analysis.step(WordReader()):
        pass


def leaves(holder: Holder) -> None:
    """As after a shorter lookback."""
    store.remove_conversations(holder, list(Conversation.objects.values_list("pk", flat=True)))


def is_deleted(holder: Holder) -> None:
    store.delete_conversations(holder, Conversation.objects.values_list("external_id", flat=True), at=NOW + 200)


LEAVING = pytest.mark.parametrize("leave", [leaves, is_deleted])


@LEAVING
def test_a_dismissed_quote_is_dismissed_still(holder: Holder, leave: Callable[[Holder], None]) -> None:
    comes(holder, DARK)
    deciding.dismiss_quotes(Evidence.objects.values_list("pk", flat=True), by=ADA)
    leave(holder)
    assert not Evidence.objects.exists()
    comes(holder, DARK, at=NOW + 500)
    assert Evidence.objects.values_list("state", "decided_by").get() == ("dismissed", ADA)
    assert not KeptQuote.objects.exists()


@LEAVING
def test_a_moved_quote_is_where_a_person_put_it(holder: Holder, leave: Callable[[Holder], None]) -> None:
    comes(holder, DARK, POLISH)
    home = Evidence.objects.get(quote=POLISH).request
    deciding.move([Evidence.objects.get(quote=DARK).pk], home, by=ADA)
    leave(holder)
    comes(holder, DARK, POLISH, at=NOW + 500)
    assert set(Evidence.objects.values_list("quote", "request", "moved_by")) == {
        (DARK, home.pk, ADA),
        (POLISH, home.pk, ""),
    }


def test_a_moved_quote_follows_its_request_into_another(holder: Holder) -> None:
    comes(holder, DARK, POLISH)
    home = Evidence.objects.get(quote=POLISH).request
    deciding.move([Evidence.objects.get(quote=DARK).pk], home, by=ADA)
    leaves(holder)
    other = FeatureRequest.objects.exclude(pk=home.pk).get()
    deciding.merge([home.pk], other, by=ADA)
    comes(holder, DARK, at=NOW + 500)
    assert Evidence.objects.get().request == other


def test_what_nobody_decided_is_not_kept_and_no_word_of_what_is(holder: Holder) -> None:
    comes(holder, DARK, POLISH)
    deciding.accept_quotes([Evidence.objects.get(quote=DARK).pk], by=ADA)
    leaves(holder)
    kept = KeptQuote.objects.values().get()
    assert (kept["conversation"], kept["message"], kept["state"]) == ("1001", "p0", "accepted")
    assert "dark" not in str(kept)


def test_another_workspace_with_the_same_ids_has_decided_nothing(holder: Holder) -> None:
    comes(holder, DARK)
    deciding.dismiss_quotes(Evidence.objects.values_list("pk", flat=True), by=ADA)
    leaves(holder)
    other = new_holder()
    with scope(workspace=other.workspace_id):
        comes(other, DARK)
        assert Evidence.objects.get().state == "certain"
    assert KeptQuote.objects.count() == 1


@LEAVING
def test_a_corrected_sentiment_is_as_a_person_said(holder: Holder, leave: Callable[[Holder], None]) -> None:
    comes(holder, "The export is broken.")
    corrections.correct(Conversation.objects.get().pk, "neutral", note="A joke.", by=UserFactory(email=ADA))
    leave(holder)
    comes(holder, "The export is broken.", at=NOW + 500)
    shown = ConversationSentiment.objects.select_related("conversation__sentiment_correction").get()
    correction = shown.conversation.sentiment_correction
    assert (shown.label, shown.found) == ("neutral", "negative")
    assert (correction.note, correction.by) == ("A joke.", ADA)
    assert not KeptCorrection.objects.exists()
