"""JSON lines {id, text} on stdin, for commands that answer each of them, in order.

A line that cannot be read is told on stderr and answered all the same, as a text that says nothing, so that lines and
answers can be laid side by side; the exit code is then 1.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError, OutputWrapper


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input, counted from 1; *wrong* says why it could not be read, and its text is then empty."""

    number: int
    id: Any
    text: str
    wrong: str = ""


def lines() -> Iterator[Line]:
    """The lines of stdin that are not blank, in UTF-8 whatever the terminal speaks."""
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        written = raw.decode("utf-8", errors="replace").strip().lstrip("\ufeff")
        if written:
            yield _line(number, written)


def tell_wrong(some: Sequence[Line], errors: OutputWrapper) -> int:
    """Say of each of *some* that could not be read why, and give how many these are."""
    told = [f"Line {line.number}: {line.wrong}" for line in some if line.wrong]
    for sentence in told:
        errors.write(sentence)
    return len(told)


def end(wrong: int) -> None:
    """Raise CommandError where lines (*wrong*: how many) could not be read."""
    if wrong:
        raise CommandError(f"{wrong} of the lines could not be read; they are answered as texts that say nothing.")


def answer(row: dict[str, Any], out: OutputWrapper) -> None:
    """Write *row* in ASCII: any text, whatever the terminal can show."""
    out.write(json.dumps(row))


def _line(number: int, written: str) -> Line:
    try:
        row = json.loads(written)
    except (ValueError, RecursionError):
        return Line(number, None, "", "it is no JSON.")
    if not isinstance(row, dict):
        return Line(number, None, "", "it is no JSON object with id and text.")
    text = row.get("text")
    if "id" not in row:
        return Line(number, None, text if isinstance(text, str) else "", "it has no id.")
    if not isinstance(text, str):
        return Line(number, row["id"], "", "its text is no string.")
    return Line(number, row["id"], text)
