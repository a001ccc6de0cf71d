"""A change of a conversation's messages and the need to read it again are stored together."""

import pytest

from integrations import store
from integrations.store import Holder
from sonora.conversations.models import Conversation, Message
from sonora.insights.models import Analysis, ConversationSentiment, MessageReading, Turn
from tests.factories.integrations import NOW
from tests.insights.conftest import conversation, message, save

pytestmark = pytest.mark.django_db


def analysed(text: str = "Nothing works.") -> None:
    """As if everything that is held had been read."""
    Analysis.objects.update(sentiment_by="v1", requests_by="v1")
    about = {"reader": "v1", "analysed_at": NOW}
    for one in Message.objects.all():
        owner = {"workspace_id": one.workspace_id}
        MessageReading.objects.create(**owner, message=one, label="negative", sentence=text, content_hash="0", **about)
        ConversationSentiment.objects.create(
            **owner,
            conversation_id=one.conversation_id,
            label="negative",
            found="negative",
            message=one,
            sentence=text,
            at=NOW,
            **about,
        )


def test_a_new_conversation_is_to_be_read_and_its_connection_gets_turns(holder: Holder) -> None:
    save(holder, conversation(message(1, "Nothing works.")))
    analysis = Analysis.objects.get()
    assert (analysis.sentiment_by, analysis.requests_by, analysis.changed_at) == ("", "", NOW)
    assert Turn.objects.get().connection_id == holder.connection_id


def test_what_is_read_again_unchanged_needs_no_analysis(holder: Holder) -> None:
    save(holder, conversation(message(1, "Nothing works.")))
    analysed()
    save(holder, conversation(message(1, "Nothing works.")), at=NOW + 200)
    assert Analysis.objects.get().sentiment_by == "v1"


@pytest.mark.parametrize(
    "now", [[message(1, "Nothing works!")], [message(1, "Nothing works."), message(2, "Hello?")]], ids=["edited", "new"]
)
def test_an_edited_or_a_new_message_is_to_be_read_by_an_analysis_that_knows_of_it(holder: Holder, now: list) -> None:
    save(holder, conversation(message(1, "Nothing works.")))
    analysed()
    before = Analysis.objects.get().changes
    save(holder, conversation(*now, updated_at=NOW + 50), at=NOW + 200)
    analysis = Analysis.objects.get()
    assert (analysis.sentiment_by, analysis.requests_by, analysis.changed_at) == ("", "", NOW + 50)
    assert analysis.changes > before


def test_the_words_of_a_removed_message_are_forgotten_with_it(holder: Holder) -> None:
    save(holder, conversation(message(1, "My card is 4111.")))
    analysed("My card is 4111.")
    save(holder, conversation(message(1, "", redacted=True), updated_at=NOW + 50), at=NOW + 200)
    assert not MessageReading.objects.exists()
    assert (ConversationSentiment.objects.get().sentence, ConversationSentiment.objects.get().message) == ("", None)


def test_of_a_deleted_conversation_nothing_is_said_any_more(holder: Holder) -> None:
    save(holder, conversation(message(1, "Nothing works.")), conversation(message(1, "Fine."), external_id="1002"))
    analysed()
    store.delete_conversations(holder, ["1001"], at=NOW + 300)
    kept = Conversation.objects.get(external_id="1002").pk
    for model in (Analysis, ConversationSentiment):
        assert list(model.objects.values_list("conversation_id", flat=True)) == [kept]
    assert MessageReading.objects.count() == 1


def test_a_conversation_that_comes_back_is_to_be_read_again(holder: Holder) -> None:
    save(holder, conversation(message(1, "Nothing works.")))
    store.delete_conversations(holder, ["1001"], at=NOW + 300)
    save(holder, conversation(message(1, "Nothing works."), updated_at=NOW + 400), at=NOW + 500)
    assert Analysis.objects.get().sentiment_by == ""
