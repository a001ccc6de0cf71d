"""A life by the second: slices are taken when the connection is due, as the scheduler's tick finds it."""

from collections.abc import Iterator

from tests.simulation.life import Life

TICK = 5  # seconds


def by_the_second(life: Life, seconds: int) -> Iterator[None]:
    """Each second in which nobody works, for so many *seconds* in all; a slice takes as long as its answers do."""
    ends = life.intercom.now + seconds
    while life.intercom.now < ends:
        life.intercom.now += 1
        yield
        if life.intercom.now % TICK == 0 and life.next_due() <= life.our_clock():
            life.slice()
