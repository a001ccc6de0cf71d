"""What the rules of the limit are written in: their numbers, what is asked, what is answered, what is told.

`window.py` applies them in this process, `rules.lua` in Redis for all processes; a test holds the two to the same
decisions. Times are seconds of the clock of whoever applies them, never the provider's.
"""

from dataclasses import dataclass

WINDOW = 10.0  # seconds; Intercom serves its limit in such windows
DEFAULT_LIMIT = 1_667  # requests of a window while no answer has told: 10,000 a minute, the documented limit of an app
SMALLEST, LARGEST = 10, 5_000  # a limit outside of this is not believed
UNKNOWN_AT_ONCE = 10  # requests in flight while no answer of a window has told what is left of it, …
UNKNOWN_SHARE = 0.1  # … or so much of the limit, where that is more
STRANGERS = 48  # requests of ours that may be under way when a bucket is new (Redis forgot it), or UNKNOWN_SHARE of the
STRANGERS_MOST = 0.5  # limit, where that is more; but never more than this of it. So much of the first window is left
FLOOR = 0.05  # of the limit is ours, however busy the customer's other tools are …
FLOOR_LEFT = 0.1  # … while more than this of it is left
BURST = 0.25  # of a window's share, that paced work may take at once
POLL = 0.05  # seconds until the answers that are under way are likely to tell more
MARGIN = 0.1  # seconds that a window is taken to last longer than it is told to
HERD = 0.5  # seconds over which those who wait for a new window are spread
FARTHEST = 60.0  # seconds; a reset further away than this is not believed
REFUSED_FIRST = 10.0  # seconds to wait after a 429 that names no time; doubles up to REFUSED_LAST
REFUSED_LAST = 120.0
REFUSED_SPREAD = 2.0  # seconds over which those who wait for the end of a 429 are spread
SAME = 9  # seconds: two resets nearer than this tell of the same window


@dataclass(frozen=True, slots=True)
class Terms:
    """What a slice may take: its share of a window's limit (0 … 1), and whether it spreads it over the window."""

    share: float
    paced: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one turn.

    `window` is the window that the turn was given in; `limit`, `remaining`, `reset` (the provider's Unix seconds) and
    `ends_in` (seconds from its answer to its reset) are what the answer said, None where it did not or made no sense.
    `refused` is a 429, `retry_in` the seconds that it named. `unused`: no request went out, the turn is given back.
    """

    window: int
    limit: int | None = None
    remaining: int | None = None
    reset: int | None = None
    ends_in: float | None = None
    refused: bool = False
    retry_in: float | None = None
    unused: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """How many turns there are now, in which window, and how long the others wait; `refused`: after a 429."""

    turns: int
    window: int = 0
    wait: float = 0.0
    refused: bool = False
