"""The log of a run, for people to read: what each slice read, when it waited, what went wrong.

A line holds numbers, ids and Intercom's own codes: never a token, a word of a message or an address.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from integrations import phrases
from integrations.errors import ProviderError
from integrations.models import RunLine, SyncRun
from sonora.core import clock, redaction, words

MOST = 1_000  # lines of one run
FULL = "This run has more to tell than its log keeps."
NOUNS = {
    "conversations": "conversation",
    "messages": "message",
    "contacts": "person,people",
    "companies": "company,companies",
    "teammates": "teammate",
    "teams": "team",
    "tags": "tag",
}
_CODE = re.compile(r"[a-z_]{1,60}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    level: RunLine.Level = RunLine.Level.INFO


def write(run: SyncRun, lines: Iterable[Line]) -> None:
    """Add *lines* to the log of *run*, inside a transaction; once it is full it says so, and no more."""
    told = list(lines)
    if not told:
        return
    room = MOST - RunLine.objects.filter(run=run).count()
    if len(told) >= room:
        told = [*told[: room - 1], Line(FULL, RunLine.Level.WARNING)] if room > 0 else []
    now = clock.now()
    RunLine.objects.bulk_create(
        RunLine(workspace_id=run.workspace_id, run=run, at=now, level=line.level, text=redaction.text(line.text)[:400])
        for line in told
    )


def of_slice(read: Mapping[str, int], saved: Mapping[str, int], *, requests: int) -> Line | None:
    """What a slice read and changed with *requests*; None when it did neither."""
    kinds = [words.counted(read[kind], noun) for kind, noun in NOUNS.items() if read.get(kind)]
    if not kinds and not any(saved.values()):
        return None
    changed = words.thousands(sum(saved.values()))
    asked = words.counted(requests, "request")
    return Line(f"{asked}: {phrases.listed(kinds) if kinds else 'nothing'} read, {changed} changed here.")


def of_wait(seconds: int, *, refused: bool) -> Line:
    """Why nothing was asked for *seconds*, or will be; *refused*: Intercom said so."""
    why = "Intercom asked to slow down" if refused else "The share of Intercom's limit is used up"
    return Line(f"{why}. Nothing is asked for {words.counted(seconds, 'second')}.", RunLine.Level.INFO)


def of_failure(sentence: str, error: Exception) -> Line:
    """What ended a slice, with what Intercom says of it where that is a code and no more."""
    return Line(f"{sentence}{_details(error)}", RunLine.Level.ERROR)


def _details(error: Exception) -> str:
    if not isinstance(error, ProviderError):
        return ""
    known = [
        f"status {error.status}" if error.status else "",
        f"code {error.code}" if _CODE.fullmatch(error.code) else "",
        f"request {error.request_id}" if _REQUEST_ID.fullmatch(error.request_id) else "",
    ]
    return f" ({', '.join(one for one in known if one)})" if any(known) else ""
