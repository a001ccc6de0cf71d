"""Does the time that something takes grow with the length of its input, or faster?"""

import gc
import time
from collections.abc import Callable

SHORT, LONG = 20_000, 160_000  # characters


def assert_linear(function: Callable[[str], object], piece: str) -> None:
    """Fails when eight times as much of *piece* takes *function* more than 24 times as long, three times running.

    What grows with the square takes 64 times as long each time; a machine that was busy for a moment does not.
    """

    def taken(size: int) -> float:
        text = piece * (size // len(piece))
        gc.disable()  # what the other tests left behind is looked through for each ten thousand lines of a long text
        start = time.process_time()
        function(text)
        used = time.process_time() - start
        gc.enable()
        return used

    assert any(taken(LONG) <= 24 * max(taken(SHORT), 0.002) for _ in range(3))
