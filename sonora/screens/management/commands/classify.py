"""`manage.py classify`: JSON lines {id, text} on stdin, what each text says on stdout, one answer a line, in order.

An answer is {"id", "sentiment", "score", "feature_request", "quote"}. No database is needed.
"""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sonora.insights.model_files import ModelUnusable
from sonora.insights.readers import reader
from sonora.insights.reading import Reader, Reading
from sonora.screens.management import lines
from sonora.screens.management.lines import Line

AT_ONCE = 64  # lines read before the first of them is answered


class Command(BaseCommand):
    help = "Reads JSON lines {id, text} and answers {id, sentiment, score, feature_request, quote} for each, in order."
    requires_system_checks = ()

    def handle(self, *_: Any, **__: Any) -> None:
        model = _reader()
        wrong = 0
        said = lines.lines()
        while batch := list(islice(said, AT_ONCE)):
            wrong += lines.tell_wrong(batch, self.stderr)
            self._answer(batch, model)
        lines.end(wrong)

    def _answer(self, batch: list[Line], model: Reader) -> None:
        for line, reading in zip(batch, model.read([line.text for line in batch]), strict=True):
            lines.answer(_answer(line, reading), self.stdout)
        self.stdout.flush()


def _reader() -> Reader:
    try:
        return reader()
    except ModelUnusable as error:
        raise CommandError(str(error)) from error


def _answer(line: Line, reading: Reading) -> dict[str, Any]:
    return {
        "id": line.id,
        "sentiment": reading.label.value,
        "score": reading.score,
        "feature_request": reading.quote is not None,
        "quote": reading.quote,
    }
