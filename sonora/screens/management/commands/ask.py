"""`manage.py ask --workspace SLUG [--json] "QUESTION"`: what it means, how many that is, and what it rests on."""

import json
from datetime import UTC
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from integrations import snapshot
from integrations.models import Connection
from sonora.chat.answers import citing, figures, sentences
from sonora.chat.answers.passages import Passage
from sonora.chat.answers.talks import TooCommon
from sonora.chat.interpreter import Interpretation, interpret
from sonora.chat.query import Query
from sonora.core import clock, words
from sonora.filters import chips
from sonora.filters.viewer import Viewer
from sonora.screens.management import workspace as workspaces

NOTHING = Query().as_json() | {"intent": None, "metric": None}


class Command(BaseCommand):
    help = "Reads a question and says what it means, how many that is, and which messages it rests on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", metavar="QUESTION")
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object, see docs/chat.md")

    def handle(self, *_: Any, question: str, workspace: str, as_json: bool, **__: Any) -> None:
        with scope(workspace=workspaces.named(workspace)):
            viewer = _viewer()
            read = interpret(question, viewer)
            if as_json:
                self.stdout.write(json.dumps(_told(read, viewer), ensure_ascii=False))
            elif read.query is None:
                raise CommandError(f"Nothing in this question was understood: {_ignored(read) or question!r}.")
            else:
                self.stdout.write(_sentence(read.query, viewer))
                if read.ignored:
                    self.stdout.write(f"Ignored: {_ignored(read)}")


def _viewer() -> Viewer:
    """An operator reads all; days are those of the provider's workspace."""
    connection = Connection.objects.first()
    return Viewer(notes=True, now=clock.now(), zone=snapshot.zone_of(connection) if connection else UTC, looks={})


def _told(read: Interpretation, viewer: Viewer) -> dict[str, Any]:
    query = read.query
    return {
        **(query.as_json() if query else NOTHING),
        "ignored": [one.words for one in read.ignored],
        "hints": [{"words": one.words, "why": one.why.value, "options": list(one.options)} for one in read.ignored],
        **(_count(query, viewer) if query else {"count": 0, "at_least": False}),
        "citations": [_citation(one) for one in citing.citations(query, viewer)] if query else [],
    }


def _count(query: Query, viewer: Viewer) -> dict[str, Any]:
    """How many; *at_least* where the text is too common to look at all, and None where nothing can be counted then."""
    try:
        number, is_more = figures.counted(query, viewer)
    except TooCommon:
        return {"count": None, "at_least": True}
    return {"count": number, "at_least": is_more}


def _citation(passage: Passage) -> dict[str, Any]:
    """With the ids that an export has, too."""
    return {
        "number": passage.number,
        "conversation_id": passage.conversation.external_id,
        "message_id": passage.message.external_id,
        "url": passage.url,
    }


def _sentence(query: Query, viewer: Viewer) -> str:
    narrowed = "; ".join(f"{chip.name} {chip.value}" for chip in chips.chips(query.filters, path=""))
    metric = "conversations" if query.metric == "sentiment" else query.metric.value
    try:
        number, is_more = figures.counted(query, viewer)
    except TooCommon as found:
        raise CommandError(sentences.too_common(query)) from found
    return f"{words.thousands(number)}{'+' if is_more else ''} {metric}{': ' if narrowed else ''}{narrowed}"


def _ignored(read: Interpretation) -> str:
    return ", ".join(f"“{one.words}”" for one in read.ignored)
