"""How strong the relationship with somebody is, from 0 to 100: a sum whose parts everybody can see. Pure."""

from dataclasses import dataclass
from math import log

from sonora.graph.facts import Facts
from sonora.graph.silence import DAY

RECENT, OFTEN, SAYING, ANSWERING, KNOWING = 30, 25, 20, 15, 10  # the most that each part gives
HALVED = 30  # days in which the part for the last message halves
MANY_TALKS, MANY_MESSAGES, MANY_TEAMMATES = 6, 20, 3  # in 90 days: that many give the whole part
PARTS = (
    ("Last message", RECENT),
    ("Conversations", OFTEN),
    ("Messages", SAYING),
    ("Answers", ANSWERING),
    ("Teammates", KNOWING),
)
QUICK, SLOW = 4 * 3600, 7 * DAY  # seconds: an answer within the first gives the whole part, after the second nothing


@dataclass(frozen=True, slots=True)
class Part:
    """*points* of *most*, for what *because* says."""

    name: str
    points: float
    most: int
    because: str


@dataclass(frozen=True, slots=True)
class Strength:
    parts: tuple[Part, ...]

    @property
    def points(self) -> int:
        """0 to 100."""
        return round(sum(part.points for part in self.parts))


def strength(facts: Facts, *, now: int) -> Strength:
    """As it is at *now* (Unix seconds)."""
    return Strength(
        (
            _recent(facts, now),
            _share("Conversations", OFTEN, facts.conversations_90, MANY_TALKS, "conversation"),
            _share("Messages", SAYING, facts.messages_90, MANY_MESSAGES, "message"),
            _answering(facts),
            _share("Teammates", KNOWING, len(facts.teammates), MANY_TEAMMATES, "teammate"),
        )
    )


def _recent(facts: Facts, now: int) -> Part:
    if facts.wrote_at is None:
        return Part("Last message", 0.0, RECENT, "Never wrote")
    days = max(0.0, (now - facts.wrote_at) / DAY)
    said = f"{int(days)} {'day' if int(days) == 1 else 'days'} ago"
    return Part("Last message", RECENT * 0.5 ** (days / HALVED), RECENT, said)


def _share(name: str, most: int, number: int, many: int, noun: str) -> Part:
    said = f"{number} {noun if number == 1 else noun + 's'} in 90 days, {many} give all"
    return Part(name, most * min(1.0, number / many), most, said)


def _answering(facts: Facts) -> Part:
    seconds = facts.theirs.seconds
    if seconds is None:
        return Part("Answers", 0.0, ANSWERING, "No answer of theirs in 90 days")
    slowness = (log(max(seconds, QUICK)) - log(QUICK)) / (log(SLOW) - log(QUICK))
    said = f"Usually after {_hours(seconds)}"
    return Part("Answers", ANSWERING * max(0.0, 1.0 - slowness), ANSWERING, said)


def _hours(seconds: int) -> str:
    if seconds < 3600:
        return f"{max(1, seconds // 60)} min"
    return f"{seconds // 3600} h" if seconds < 2 * DAY else f"{seconds // DAY} days"
