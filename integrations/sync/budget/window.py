"""The rules of the limit, for those who share this process. The same stand in `rules.lua`: change both.

A window is known by the provider's reset: answers tell how long it lasts, when the next has begun, and how much of it
is left, also for the customer's other tools. What is under way is counted twice when in doubt, so that a doubt costs
some milliseconds and never a 429.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from integrations.sync.budget.rules import (
    BURST,
    DEFAULT_LIMIT,
    FARTHEST,
    FLOOR,
    FLOOR_LEFT,
    HERD,
    LARGEST,
    MARGIN,
    POLL,
    REFUSED_FIRST,
    REFUSED_LAST,
    REFUSED_SPREAD,
    SAME,
    SMALLEST,
    STRANGERS,
    STRANGERS_MOST,
    UNKNOWN_AT_ONCE,
    UNKNOWN_SHARE,
    WINDOW,
    Given,
    Terms,
    Told,
)


@dataclass(slots=True)
class Window:
    """The present window of one bucket."""

    number: int = 0  # counted from the second in which the bucket was first used: no number comes twice after a loss
    fresh: bool = True  # the first since the bucket is known: nobody knows what else of ours is under way
    ends: float = 0.0
    reset: int = 0  # the end by the provider's clock; 0: not told
    limit: int = 0  # 0: not told
    left: int = -1  # what the provider says is left of it for everybody; −1: not told
    used: int = 0  # turns of ours
    out: int = 0  # of those, the ones whose answer is not here
    carried: int = 0  # turns of the window before whose answer is not here: they may count in this one
    tat: float = 0.0  # when what was given would have gone out evenly
    blocked: float = 0.0
    refusals: int = 0

    def exchange(self, now: float, *, told: Iterable[Told], want: int, terms: Terms, luck: float) -> Given:
        """Learn what is *told*, then give up to *want* turns. *luck*: a random number, 0 … 1, that spreads herds."""
        self._distrust(now)
        if not self.number:
            self.number, self.ends = int(now), now + WINDOW
        self._roll(now)
        for one in told:
            self._learn(one, now, luck)
        return self._give(now, want, terms, luck)

    def _distrust(self, now: float) -> None:
        """A clock that was set back must not stop everything until it is where it was."""
        if self.ends > now + 2 * WINDOW:
            self.ends, self.reset = now, 0
        if self.blocked > now + REFUSED_LAST + REFUSED_SPREAD:
            self.blocked = now
        self.tat = min(self.tat, now + WINDOW)

    def _roll(self, now: float) -> None:
        """Begin the window that the clock says it is, if the present one is over."""
        if now < self.ends:
            return
        over = now - self.ends
        turns = 1 + int(over / WINDOW)
        self._begin(self.out if over < WINDOW else 0)
        if self.reset:
            self.ends += turns * WINDOW
            self.reset += turns * int(WINDOW)
        else:
            self.ends = now + WINDOW

    def _begin(self, carried: int) -> None:
        self.number += 1
        self.fresh, self.carried, self.used, self.out, self.left = False, carried, 0, 0, -1

    # ---- learning ----
    def _learn(self, told: Told, now: float, luck: float) -> None:
        if told.unused:
            self._hand_back(told)
            return
        overtaken = self._place(told, now)
        self._settle(told, overtaken=overtaken)
        if told.limit is not None:
            self.limit = min(max(told.limit, SMALLEST), LARGEST)
        if told.remaining is not None and not overtaken:
            self.left = told.remaining if self.left < 0 else min(self.left, told.remaining)
            far = told.ends_in is not None and told.ends_in > WINDOW + 1
            if told.remaining == 0 and far:
                self.blocked = max(self.blocked, now + min(told.ends_in or 0.0, FARTHEST))
        if told.refused:
            self._refused(told, now, luck)
        elif now >= self.blocked:
            self.refusals = 0

    def _hand_back(self, told: Told) -> None:
        if told.window == self.number:
            self.used, self.out = max(0, self.used - 1), max(0, self.out - 1)
        elif told.window == self.number - 1:
            self.carried = max(0, self.carried - 1)

    def _place(self, told: Told, now: float) -> bool:
        """Find which window the answer tells of, and begin it if it is a new one. True: of one that is over."""
        if told.reset is None or told.ends_in is None or not _is_believed(told):
            return told.window != self.number
        later = told.reset - self.reset if self.reset else 0
        if later <= -SAME and told.window != self.number:
            return True
        if later >= SAME:
            self._begin(self.out)
        # Both clocks cut to seconds, so each answer gives a time after the true end: the earliest is the nearest.
        ends = now + told.ends_in + MARGIN
        self.ends = min(self.ends, ends) if told.reset == self.reset else ends
        self.reset = told.reset
        return False

    def _settle(self, told: Told, *, overtaken: bool) -> None:
        if told.window == self.number:
            self.out = max(0, self.out - 1)
        elif told.window == self.number - 1 and self.carried:
            self.carried -= 1
            counted_before = overtaken and _is_believed(told)
            self.used += 0 if counted_before else 1

    def _refused(self, told: Told, now: float, luck: float) -> None:
        """Nothing before the time that a 429 names; more of them while we wait change little."""
        named = told.retry_in if told.retry_in is not None and told.retry_in >= 0 else None
        if now < self.blocked:
            self.blocked = max(self.blocked, now + min(named or 0.0, FARTHEST))
            return
        self.refusals += 1
        guess = min(REFUSED_LAST, REFUSED_FIRST * 2.0 ** (self.refusals - 1))
        self.blocked = now + (guess if named is None else min(named, FARTHEST)) + luck * REFUSED_SPREAD

    # ---- giving ----
    def _give(self, now: float, want: int, terms: Terms, luck: float) -> Given:
        given, wait = 0, 0.0
        interval = WINDOW / self._ours(terms)
        while given < want:
            wait = self._wait(now, terms, luck)
            if wait > 0:
                break
            given += 1
            self.used += 1
            self.out += 1
            self.tat = max(self.tat, now) + interval
        return Given(given, window=self.number, wait=wait, refused=wait > 0 and now < self.blocked)

    def _wait(self, now: float, terms: Terms, luck: float) -> float:
        """Seconds until the next turn; 0: now."""
        if now < self.blocked:
            return self.blocked - now
        under_way = self.out + self.carried
        if self.left < 0 and under_way >= max(UNKNOWN_AT_ONCE, UNKNOWN_SHARE * self.limit):
            return POLL
        ours = self._ours(terms)
        ahead = max(self.tat, now) - now - WINDOW * BURST
        if terms.paced and ahead > 0:
            return ahead
        limit = self.limit or DEFAULT_LIMIT
        left = self.left if self.left >= 0 else limit
        if self.used < min(FLOOR, terms.share) * limit and left - under_way > FLOOR_LEFT * limit:
            return 0.0
        strangers = min(max(STRANGERS, UNKNOWN_SHARE * limit), STRANGERS_MOST * limit) if self.fresh else 0
        reserve = limit - ours + strangers
        free = min(ours - self.used, left - reserve)
        if free <= 0:
            return self.ends - now + luck * HERD
        sure = min(ours - self.used - self.carried, left - reserve - under_way if self.left >= 0 else free)
        return 0.0 if sure > 0 else POLL

    def _ours(self, terms: Terms) -> int:
        return max(1, int((self.limit or DEFAULT_LIMIT) * terms.share))


def _is_believed(told: Told) -> bool:
    """Whether the reset may be the end of a window."""
    return told.reset is not None and told.ends_in is not None and 0 <= told.ends_in <= WINDOW + 1
