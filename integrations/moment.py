"""The moment at which a page or a command reads the rows: the clock, and whether the scheduler was alive."""

from dataclasses import dataclass

from integrations.sync import beat


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`now` is the database's clock, `ticked_at` when the scheduler ticked last (None: never); Unix seconds."""

    now: int
    ticked_at: int | None

    @property
    def silent_since(self) -> int | None:
        """When the scheduler ticked last, if that is too long ago; else None."""
        return self.ticked_at if beat.is_silent(self.ticked_at, now=self.now) else None
