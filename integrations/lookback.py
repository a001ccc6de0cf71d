"""About how many closed conversations a lookback brings in: asked in the check, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from integrations.checks import CheckResult
from integrations.forms import BringInForm
from sonora.core import words

A_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Lookback:
    """The last *days*; None: all that was ever closed."""

    days: int | None

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> Self | None:
        """The lookback that the form in *sent* asks for; None where it asks for nothing that is closed, or has none."""
        form = BringInForm(sent)
        if not form.is_valid():
            return None
        days = form.bring_in()["lookback_days"]
        return None if days == 0 else cls(days)

    def since(self, now: int) -> int:
        """The moment (Unix seconds) from which on it looks."""
        return 0 if self.days is None else max(0, now - self.days * A_DAY)

    def brings_in(self, result: CheckResult) -> str:
        """What *result* says of it in a sentence; "" where it says nothing, or is of a token that cannot be used."""
        if result.closed is None or not result.may_save:
            return ""
        when = "in all" if self.days is None else f"from the last {words.counted(self.days, 'day')}"
        if not result.closed:
            return f"No closed conversations {when}."
        return f"About {words.counted(result.closed, 'closed conversation')} {when}."
