"""`manage.py classify`: JSON lines {id, text} on stdin, what each text says on stdout, one answer a line, in order.

An answer is {"id", "sentiment", "score", "feature_request", "quote"}. A line that cannot be read is told on stderr and
answered all the same, as a text that says nothing, so that lines and answers can be laid side by side; the exit code is
then 1. No database is needed.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sonora.insights.model_files import ModelUnusable
from sonora.insights.readers import reader
from sonora.insights.reading import Reader, Reading

AT_ONCE = 64  # lines read before the first of them is answered


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input; *wrong* says why it could not be read, and its text is then empty."""

    id: Any
    text: str
    wrong: str = ""


class Command(BaseCommand):
    help = "Reads JSON lines {id, text} and answers {id, sentiment, score, feature_request, quote} for each, in order."
    requires_system_checks = ()

    def handle(self, *_: Any, **__: Any) -> None:
        model = _reader()
        wrong = 0
        lines = enumerate(_lines(), start=1)
        while batch := list(islice(lines, AT_ONCE)):
            wrong += self._tell_wrong(batch)
            self._answer([line for _, line in batch], model)
        if wrong:
            raise CommandError(f"{wrong} of the lines could not be read; they are answered as texts that say nothing.")

    def _tell_wrong(self, batch: list[tuple[int, Line]]) -> int:
        told = [f"Line {number}: {line.wrong}" for number, line in batch if line.wrong]
        for sentence in told:
            self.stderr.write(sentence)
        return len(told)

    def _answer(self, lines: list[Line], model: Reader) -> None:
        for line, reading in zip(lines, model.read([line.text for line in lines]), strict=True):
            self.stdout.write(json.dumps(_answer(line, reading)))  # in ASCII: any text, whatever the terminal can show
        self.stdout.flush()


def _reader() -> Reader:
    try:
        return reader()
    except ModelUnusable as error:
        raise CommandError(str(error)) from error


def _lines() -> Iterator[Line]:
    """The lines of stdin that are not blank."""
    for raw in sys.stdin.buffer:
        written = raw.decode("utf-8", errors="replace").strip().lstrip("\ufeff")
        if written:
            yield _line(written)


def _line(written: str) -> Line:
    try:
        row = json.loads(written)
    except (ValueError, RecursionError):
        return Line(None, "", "it is no JSON.")
    if not isinstance(row, dict):
        return Line(None, "", "it is no JSON object with id and text.")
    if "id" not in row:
        return Line(None, row["text"] if isinstance(row.get("text"), str) else "", "it has no id.")
    if not isinstance(row.get("text"), str):
        return Line(row["id"], "", "its text is no string.")
    return Line(row["id"], row["text"])


def _answer(line: Line, reading: Reading) -> dict[str, Any]:
    return {
        "id": line.id,
        "sentiment": reading.label.value,
        "score": reading.score,
        "feature_request": reading.quote is not None,
        "quote": reading.quote,
    }
