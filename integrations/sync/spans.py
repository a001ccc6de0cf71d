"""A span of time whose search never succeeds: always an error, cut off, too large, too slow, while Intercom answers
otherwise.

It must not keep everything else from being read: the error that tells of it says that only this span is in trouble, and
a slice gives so much time to such searches and no more.
"""

import time
from contextlib import suppress
from datetime import UTC

from integrations.errors import BadResponse, PermissionMissing, ProviderUnavailable, SpanUnreadable
from integrations.providers import Range
from integrations.records import Answer, ConversationSeen, Page
from integrations.sync import windows
from integrations.sync.slice import Slice
from sonora.core import words

LONGEST = 8.0  # seconds of one search: a longer one must leave time of a slice for all else
IN_VAIN = 8.0  # seconds of failing searches after which a slice turns to all else

Answered = Answer[Page[ConversationSeen]]


def page(work: Slice, within: Range, cursor: str = "", *, size: int = windows.PAGE) -> Answered:
    """One page of *within*. Raises SpanUnreadable where it cannot be had although Intercom answers another question,
    and what that question raises: then the failure is not the search's. With no time left nothing is asked.
    """
    began = time.monotonic()
    try:
        return _asked(work, within, cursor, size)
    except ProviderUnavailable as error:
        work.in_vain += time.monotonic() - began
        if work.spent:
            raise
        with suppress(PermissionMissing):  # an answer too
            error.at = work.ask(lambda source: source.identity()).at or error.at
        raise _of(within, error) from error


def _asked(work: Slice, within: Range, cursor: str, size: int) -> Answered:
    """One that holds nothing and names another is no answer: it would be asked for without end."""
    answer = work.ask(lambda source: source.search_conversations(within, cursor=cursor, size=size), seconds=LONGEST)
    if answer.value.next and not answer.value.rows and not answer.value.unreadable:
        raise BadResponse("A page of nothing names a next one.", code="empty_page")
    return answer


def counted(work: Slice, within: Range) -> int | None:
    """How many conversations the provider counts in *within*, in a request of one row; None: it does not say."""
    return page(work, within, size=1).value.total


def usual(work: Slice, kind: str, whole: int) -> int:
    """The seconds to ask for: as wide as the last window of this *kind*, or what failed lately allows; else *whole*."""
    width: int = work.spans.get(kind, work.state.spans.get(kind, whole))
    return width


def shorten(work: Slice, kind: str, span: int) -> bool:
    """The search of a wider window failed: note that *span* seconds are to be tried. Whether this slice still may."""
    work.is_narrowing = work.in_vain >= IN_VAIN
    with work.commit(spans={**work.state.spans, kind: span}):
        pass
    return not work.is_narrowing


def succeeded(work: Slice, kind: str, width: int | None) -> None:
    """A window could be read: the next is to be *width* seconds wide (None: it says nothing of others)."""
    if width is not None:
        work.spans[kind] = width
    if kind in work.state.spans:
        with work.commit(spans={name: held for name, held in work.state.spans.items() if name != kind}):
            pass


def _of(within: Range, error: ProviderUnavailable) -> SpanUnreadable:
    return SpanUnreadable(
        lo=within.lo,
        hi=within.hi,
        user_message=f"Intercom can't be searched for {_named(within)}. Sonora tries again by itself.",
        status=error.status,
        code=error.code,
        request_id=error.request_id,
        at=error.at,
    )


def _named(within: Range) -> str:
    what = "conversations opened" if within.field == "created_at" else "changes"
    lo, hi = (one and words.exact(words.moment(one), zone=UTC) for one in (within.lo, within.hi))
    if lo == hi:
        return f"{what} at {lo}"
    return " ".join([what, *([f"from {lo}"] if lo else []), *([f"to {hi}"] if hi else [])])
