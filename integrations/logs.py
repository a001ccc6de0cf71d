"""The log of a run as its page shows it and as a file."""

from dataclasses import dataclass

from integrations.models import RunLine, SyncRun
from sonora.core import words

SHOWN = 200  # lines on the page: the newest
LEVELS = {"": "All lines", "problems": "Warnings and errors", "errors": "Errors"}
_LEAST = {"problems": (RunLine.Level.WARNING, RunLine.Level.ERROR), "errors": (RunLine.Level.ERROR,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The newest lines of a run of one level, the oldest of them first; `more` are only in the file."""

    level: str
    lines: list[RunLine]
    more: bool


def shown(run: SyncRun, level: str) -> Log:
    """What the page shows for *level*, a key of LEVELS; what is none shows all. One query."""
    level = level if level in LEVELS else ""
    lines = RunLine.objects.filter(run=run)
    wanted = lines.filter(level__in=_LEAST[level]) if level else lines
    newest = list(wanted.order_by("-pk")[: SHOWN + 1])
    return Log(level=level, lines=newest[:SHOWN][::-1], more=len(newest) > SHOWN)


def as_text(run: SyncRun) -> str:
    """The whole log as the text of a file: when (UTC), level, what."""
    lines = RunLine.objects.filter(run=run).order_by("pk")
    return "".join(f"{words.moment(line.at):%Y-%m-%d %H:%M:%S} UTC  {line.level:<7}  {line.text}\n" for line in lines)
