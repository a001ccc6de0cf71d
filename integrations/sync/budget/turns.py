"""Where a slice gets its turns, and tells what became of them."""

from typing import Protocol

from integrations.sync.budget.rules import Given, Told


class Turns(Protocol):
    """The turns of one bucket. Lives in the event loop of one slice."""

    async def take(self) -> Given:
        """One turn, or none and how long to wait before asking again."""
        ...

    def tell(self, told: Told) -> None:
        """What became of a turn; each turn that was taken is told of once."""
        ...

    async def close(self) -> None:
        """See that everything is told."""
        ...


class Free:
    """Turns without any rule, for what nobody knows yet whose limit it counts in."""

    async def take(self) -> Given:
        return Given(1)

    def tell(self, told: Told) -> None:
        """Nobody keeps it."""

    async def close(self) -> None:
        """Nothing is open."""
