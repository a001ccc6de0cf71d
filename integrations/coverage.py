"""What of a provider's workspace Sonora can see, and what nobody can: told on the card and to machines."""

from collections.abc import Mapping
from dataclasses import dataclass

from integrations import phrases
from integrations.providers import provider_named
from integrations.snapshot import Reading
from integrations.sync.lag import ALARM, KEPT
from sonora.core import words

NAMED = 3  # unknown values that are named; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """`deletions_visible`: whether the provider tells which conversations were deleted; None before the first run.

    `search_lag` is the latest (in seconds) that its search showed a change of the last day; `search_is_late` says that
    a run's overlap is no longer amply longer than that. `unknown` counts, by stream and name, the values that the
    provider uses and this version does not know.
    """

    deletions_visible: bool | None
    deletions: str
    unseen: str
    search_lag: int
    search_is_late: bool
    unknown: Mapping[str, Mapping[str, int]]

    @property
    def unknown_words(self) -> str:
        """The names of the unknown values in words, "" when there are none."""
        names = sorted({name for of_stream in self.unknown.values() for name in of_stream})
        more = [words.counted(len(names) - NAMED, "other")] if len(names) > NAMED else []
        return phrases.listed([*map(_in_words, names[:NAMED]), *more]) if names else ""


def of(reading: Reading) -> Coverage:
    """The coverage of one connection."""
    provider, lag = reading.seen.provider, _search_lag(reading)
    return Coverage(
        deletions_visible=_deletions_visible(reading),
        deletions=_deletions(reading),
        # Neither the search nor the list gives these, so they are missing from both columns of the ledger.
        unseen=f"Outbound messages without a reply: {provider}'s search leaves them out.",
        search_lag=lag,
        search_is_late=lag > ALARM,
        unknown=_unknown(reading),
    )


def _unknown(reading: Reading) -> dict[str, dict[str, int]]:
    """What an earlier version met and this one knows is left out."""
    knows = provider_named(reading.connection.provider).knows
    told = {
        name: {word: count for word, count in stream.unknown.items() if not knows(word)}
        for name, stream in sorted(reading.streams.items())
    }
    return {name: found for name, found in told.items() if found}


def _search_lag(reading: Reading) -> int:
    at = reading.state.search_lag_at
    return reading.state.search_lag if at is not None and at > reading.now - KEPT else 0


def _deletions_visible(reading: Reading) -> bool | None:
    if reading.state.deletions_refused:
        return False
    return None if reading.state.deleted_seen_at is None else True


def _deletions(reading: Reading) -> str:
    visible = _deletions_visible(reading)
    if visible is None:
        return "Known after the first sync"
    if visible:
        return "Seen with each sync"
    return f"Not told by {reading.seen.provider} to this connection; found by a weekly comparison"


def _in_words(name: str) -> str:
    of, _, value = name.partition(":")
    return f"{of.replace('_', ' ')} “{value}”" if value else "some more"
