"""Who speaks up for us inside a customer, and why we think so. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from sonora.graph.facts import Facts

SURE, SHOWN = 3, 3  # conversations that a feeling rests on at least; reasons that are shown
ENOUGH = 60  # points of strength
ASKS = 1  # features


@dataclass(frozen=True, slots=True, kw_only=True)
class Champion:
    """*reasons* are the strongest signals first, also where they are too few; *set_by*: who decided it by hand."""

    is_champion: bool
    reasons: tuple[str, ...]
    set_by: str = ""


def champion(facts: Facts, *, points: int, state: str, chosen: tuple[bool, str] | None = None) -> Champion:
    """Whether somebody is a champion: positive, close (*points* of strength) and not silent (*state*).

    *chosen*: what somebody said of it and who, which stands whatever the figures say.
    """
    reasons = tuple(_signals(facts, points, state))[:SHOWN]
    if chosen is not None:
        return Champion(is_champion=chosen[0], reasons=reasons, set_by=chosen[1])
    return Champion(is_champion=_is_glad(facts) and points >= ENOUGH and state == "active", reasons=reasons)


def _signals(facts: Facts, points: int, state: str) -> Iterator[str]:
    if _is_glad(facts):
        yield f"Positive in {facts.felt_number} conversations of 90 days"
    if points >= ENOUGH:
        yield f"Close to us: strength {points}"
    if facts.direction == "rising":
        yield "Their sentiment is rising"
    if facts.requests >= ASKS:
        yield f"Asks for {facts.requests} {'feature' if facts.requests == 1 else 'features'}"
    if state == "active" and facts.messages_30:
        yield f"Wrote {facts.messages_30} {'message' if facts.messages_30 == 1 else 'messages'} in 30 days"


def _is_glad(facts: Facts) -> bool:
    return facts.felt == "positive" and facts.felt_number >= SURE
