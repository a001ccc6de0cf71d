"""Another workspace whose conversations wait to be analysed, for `beside.py`.

python benchmarks/backlog.py fill N      puts N messages of the grammar there, four to a conversation
python benchmarks/backlog.py begin       asks a worker to analyse, and returns when the first conversation is analysed
python benchmarks/backlog.py count       prints how many messages were read, and how many conversations still wait
"""

import sys
import time
from collections.abc import Sequence

import django

django.setup()

from integrations.models import Connection  # noqa: E402
from ml.grammar.messages import messages  # noqa: E402
from sonora.celery import app  # noqa: E402
from sonora.conversations.models import Conversation, Message  # noqa: E402
from sonora.core import clock  # noqa: E402
from sonora.insights import marking, tasks  # noqa: E402
from sonora.insights.models import Analysis, MessageReading  # noqa: E402
from sonora.workspaces.models import Workspace  # noqa: E402
from sonora.workspaces.scoping import scope, scopes_disabled  # noqa: E402

OF_ONE = 4  # messages of a conversation
LOT = 1_000
LONGEST_START = 120  # seconds until a worker has its models and has analysed a batch


def main(act: str, *numbers: str) -> None:
    if act == "fill":
        fill(int(numbers[0]))
    elif act == "begin":
        begin()
    else:
        print(*count())


def fill(number: int) -> None:
    workspace = Workspace.objects.create(slug="backlog", name="Backlog")
    texts = [message.text for message in messages(number, seed=9)]
    with scope(workspace=workspace):
        # Without a state of syncs nothing is synced there.
        connection = Connection.objects.create(
            workspace=workspace, provider="intercom", base_url="https://api.intercom.io", created_at=clock.now()
        )
        for start in range(0, number, LOT):
            _talk(connection, start, texts[start : start + LOT])


def _talk(connection: Connection, start: int, texts: Sequence[str]) -> None:
    owner = {"workspace_id": connection.workspace_id, "connection": connection}
    talks = Conversation.objects.bulk_create(
        Conversation(**owner, external_id=str(start + at), fetched_at=1, updated_at=start + at)
        for at in range(0, len(texts), OF_ONE)
    )
    Message.objects.bulk_create(
        Message(
            **owner,
            conversation=talks[at // OF_ONE],
            external_id=str(at),
            origin="part",
            author_type="user",
            text=text,
            created_at=start + at,
        )
        for at, text in enumerate(texts)
    )
    marking.changed(connection.workspace_id, connection.pk, [talk.pk for talk in talks])


def begin() -> None:
    app.send_task(tasks.analyse_pending.name, expires=LONGEST_START)
    ends = time.monotonic() + LONGEST_START
    while not count()[0]:
        if time.monotonic() > ends:
            raise SystemExit("Nothing was analysed.")
        time.sleep(0.1)


def count() -> tuple[int, int]:
    """Messages that were read, and conversations that wait, of all workspaces."""
    with scopes_disabled():
        return MessageReading.objects.count(), Analysis.objects.filter(sentiment_by="").count()


if __name__ == "__main__":
    main(*sys.argv[1:])
