"""A span of time whose search never succeeds: always an error, cut off, too large, while Intercom answers otherwise.

It must not keep everything else from being read: the error that tells of it says that only this span is in trouble.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC

from integrations.errors import PermissionMissing, ProviderUnavailable, SpanUnreadable
from integrations.providers import Range
from integrations.sync.slice import Slice
from sonora.core import words


@contextmanager
def in_doubt(work: Slice, within: Range) -> Iterator[None]:
    """Raise SpanUnreadable where the block finds Intercom unavailable although it answers another question.

    Raises what that question raises: then the failure is not the search's. With no time left nothing is asked.
    """
    try:
        yield
    except ProviderUnavailable as error:
        if work.spent:
            raise
        with suppress(PermissionMissing):  # an answer too
            error.at = work.ask(lambda source: source.identity()).at or error.at
        raise _of(within, error) from error


def counted(work: Slice, within: Range) -> int | None:
    """How many conversations the provider counts in *within*, in a request of one row; None: it does not say."""
    with in_doubt(work, within):
        return work.ask(lambda source: source.search_conversations(within, size=1)).value.total


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
