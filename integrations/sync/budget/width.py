"""How many questions are asked at once."""

from dataclasses import dataclass

WIDEST = 24  # requests in flight
NARROWEST = 4


@dataclass(slots=True)
class Width:
    """One more with each answer, half as many with each that Intercom fails to give or refuses."""

    now: int = 8

    def widen(self) -> None:
        self.now = min(WIDEST, self.now + 1)

    def narrow(self) -> None:
        self.now = max(NARROWEST, self.now // 2)
