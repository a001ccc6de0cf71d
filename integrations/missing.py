"""What the provider no longer shows and Sonora keeps all the same: too many at once to believe that they are gone."""

from dataclasses import dataclass

from integrations.objects import TITLES
from integrations.snapshot import Reading
from integrations.sync.suspects import APPROVED_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One kind: `gone` of `held` objects are not shown any more. `said_by` let them go at `said_at` (Unix seconds)."""

    stream: str
    title: str
    gone: int
    held: int
    said_by: str
    said_at: int | None

    @property
    def percent(self) -> int:
        return round(100 * self.gone / self.held) if self.held else 100


def of(reading: Reading) -> list[Missing]:
    """The kinds of which too many are gone, in the order in which the first sync reads them."""
    suspects = reading.state.suspects
    return [_missing(reading, stream, title) for stream, title in TITLES.items() if stream in suspects]


def _missing(reading: Reading, stream: str, title: str) -> Missing:
    said = reading.state.suspects_approved.get(stream, {})
    holds = bool(said) and reading.now - said["at"] < APPROVED_FOR
    return Missing(
        stream=stream,
        title=title,
        gone=reading.state.suspects[stream],
        held=reading.counts[stream],
        said_by=said["by"] if holds else "",
        said_at=said["at"] if holds else None,
    )
