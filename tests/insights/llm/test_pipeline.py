"""The analysis with a language model in front of the local reader."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from integrations.store import Holder
from sonora.core.secret import SecretStr
from sonora.insights import analysis, backend, readers
from sonora.insights.llm.endpoint import endpoint as endpoint_of
from sonora.insights.models import ConversationSentiment, MessageReading, SentTexts
from sonora.workspaces.scoping import scope
from tests.factories.integrations import NOW
from tests.factories.reading import WordReader
from tests.insights.conftest import conversation, message, new_holder, save
from tests.insights.llm.endpoint import FakeEndpoint, endpoint


@pytest.fixture
def server(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEndpoint]:
    with endpoint() as running:
        key = SecretStr("sk-test-0000-not-a-real-key")
        settings.INSIGHTS_LLM = endpoint_of(running.url, key=key, model="small")
        monkeypatch.setattr(readers, "reader", WordReader)
        backend.reader.cache_clear()
        yield running
        backend.reader.cache_clear()


def analyse() -> None:
    while analysis.step(backend.reader()):
        pass


def test_without_an_endpoint_the_local_reader_is_used(settings: pytest.FixtureRequest, server: FakeEndpoint):
    settings.INSIGHTS_LLM = None
    assert isinstance(backend.reader(), WordReader)


def test_the_model_reads_each_workspace_by_itself(holder: Holder, server: FakeEndpoint):
    other = new_holder()
    save(holder, conversation(message(1, "Mine is broken."), message(2, "And slow.")))
    with scope(workspace=other.workspace_id):
        save(other, conversation(message(3, "Theirs is broken.")))
    analyse()
    assert sorted(map(sorted, server.texts)) == [["And slow.", "Mine is broken."], ["Theirs is broken."]]
    assert ConversationSentiment.objects.get().label == "positive"
    assert SentTexts.objects.get().count == 2


def test_when_the_day_is_used_up_the_local_reader_goes_on(
    holder: Holder, server: FakeEndpoint, settings: pytest.FixtureRequest
):
    settings.INSIGHTS_LLM_DAILY_MESSAGES = 0
    save(holder, conversation(message(1, "The export is broken.")))
    analyse()
    assert ConversationSentiment.objects.get().label == "negative"
    assert server.asked == []


def test_what_was_read_here_instead_is_named_so_and_the_model_is_asked_once_its_conversation_changes(
    holder: Holder, server: FakeEndpoint, settings: pytest.FixtureRequest
):
    settings.INSIGHTS_LLM_DAILY_MESSAGES = 0
    save(holder, conversation(message(1, "The export is broken.")))
    analyse()
    assert MessageReading.objects.get().reader == ConversationSentiment.objects.get().reader == "words-1"
    settings.INSIGHTS_LLM_DAILY_MESSAGES = 10
    analyse()
    assert server.asked == []
    save(holder, conversation(message(1, "The export is broken."), message(2, "Hello?"), updated_at=NOW + 9))
    analyse()
    assert sorted(server.texts[0]) == ["Hello?", "The export is broken."]
    assert set(MessageReading.objects.values_list("reader", flat=True)) == {backend.reader().version}
    assert ConversationSentiment.objects.get().reader == backend.reader().version


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"INSIGHTS_LLM_BASE_URL": "http://api.example.com"}, "https"),
        ({"INSIGHTS_LLM_BASE_URL": "https://api.example.com"}, "which model"),
        ({"CHAT_LLM": "1"}, "INSIGHTS_LLM_BASE_URL"),
    ],
)
def test_an_endpoint_that_may_not_be_used_keeps_sonora_from_starting(variables: dict[str, str], told: str):
    environment = {**os.environ, **variables}
    command = [sys.executable, "-c", "import sonora.settings"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert told in ended.stderr.splitlines()[-1]
