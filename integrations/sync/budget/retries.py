"""Which questions may be asked again: one in ten, whatever the slices of this process ask."""

from dataclasses import dataclass

SHARE = 0.1  # of all requests
FIRST = 5.0  # so that whoever has asked little yet can ask again at all
MOST = 24.0  # saved up: as many as can fail at one moment


@dataclass(slots=True)
class Retries:
    """What is left for the requests of one bucket."""

    left: float = FIRST

    def earn(self) -> None:
        """A question was asked for the first time."""
        self.left = min(MOST, self.left + SHARE)

    def spend(self) -> bool:
        """Whether one may be asked again."""
        if self.left < 1:
            return False
        self.left -= 1
        return True
