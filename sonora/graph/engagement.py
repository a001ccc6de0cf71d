"""How much somebody talks with us now, and the figures that say so. Pure."""

from dataclasses import dataclass

from sonora.core import words
from sonora.graph.facts import Facts
from sonora.graph.silence import DAY
from sonora.people.chosen import Chosen

TALKS, MESSAGES = 3, 10  # conversations, or messages of theirs, in 30 days: either makes it high
SPAN = 90  # days: whoever wrote nothing in them is not engaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """*level* is high, medium, low or none: what the figures say (*found*), or what somebody said by hand.

    *reasons* are the three figures that it rests on, the strongest first.
    """

    level: str
    found: str
    reasons: tuple[str, ...]
    chosen: Chosen[str] | None = None

    @property
    def word(self) -> str:
        return self.level.capitalize()


def engagement(facts: Facts, *, now: int, chosen: Chosen[str] | None = None) -> Engagement:
    """By the last 30 days before *now* (Unix seconds); low is whoever wrote in the last 90 only."""
    found = _level(facts)
    return Engagement(level=chosen.value if chosen else found, found=found, reasons=_reasons(facts, now), chosen=chosen)


def _level(facts: Facts) -> str:
    if not facts.messages_30:
        return "low" if facts.messages_90 else "none"
    is_high = facts.conversations_30 >= TALKS or facts.messages_30 >= MESSAGES
    return "high" if is_high else "medium"


def _reasons(facts: Facts, now: int) -> tuple[str, ...]:
    """How many messages, in how many conversations, and how long ago: what gives most of its measure comes first."""
    span, talks, wrote = _counted(facts)
    shares = [
        (wrote / MESSAGES, f"{words.counted(wrote, 'message')} of theirs in {span} days"),
        (talks / TALKS, f"{words.counted(talks, 'conversation')} in {span} days"),
        _recent(facts, now),
    ]
    return tuple(reason for _, reason in sorted(shares, key=lambda one: one[0], reverse=True))


def _counted(facts: Facts) -> tuple[int, int, int]:
    """Days, conversations, messages: of 30 days, or of 90 where they wrote nothing in 30."""
    if facts.messages_30:
        return 30, facts.conversations_30, facts.messages_30
    return SPAN, facts.conversations_90, facts.messages_90


def _recent(facts: Facts, now: int) -> tuple[float, str]:
    if facts.wrote_at is None:
        return 0.0, "Never wrote"
    days = max(0, (now - facts.wrote_at) // DAY)
    return max(0.0, 1 - days / SPAN), "Wrote today" if days == 0 else f"Wrote {words.counted(days, 'day')} ago"
