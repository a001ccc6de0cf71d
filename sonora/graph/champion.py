"""Who speaks up for us inside a customer, and why we think so. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from sonora.graph.facts import Facts
from sonora.graph.strength import strength
from sonora.people.chosen import Chosen

SURE, SHOWN = 3, 3  # conversations that a feeling rests on at least; reasons that are shown
ENOUGH = 60  # points of strength
ASKS = 1  # features


@dataclass(frozen=True, slots=True, kw_only=True)
class Champion:
    """*reasons* are the strongest signals first, also where they are too few; *chosen*: what somebody said by hand.

    *until* (Unix seconds): a champion by the figures of the days before they fell silent, which was then.
    """

    is_champion: bool
    reasons: tuple[str, ...]
    until: int | None = None
    chosen: Chosen[bool] | None = None


def champion(
    facts: Facts, *, now: int, state: str, before: Facts | None = None, chosen: Chosen[bool] | None = None
) -> Champion:
    """Whether somebody is a champion at *now* (Unix seconds): positive and close to us.

    Who is silent (*state*) is judged by *before*, the facts of when they wrote last; without those they are none.
    *chosen* stands whatever the figures say.
    """
    found = _by_figures(facts, now) if state == "active" else _by_the_past(facts, now, before)
    if chosen is None:
        return found
    return Champion(is_champion=chosen.value, reasons=found.reasons, until=found.until, chosen=chosen)


def is_glad(facts: Facts) -> bool:
    return facts.felt == "positive" and facts.felt_number >= SURE


def _by_figures(facts: Facts, now: int) -> Champion:
    points = strength(facts, now=now).points
    is_champion = is_glad(facts) and points >= ENOUGH
    return Champion(is_champion=is_champion, reasons=_strongest(facts, points, is_active=True))


def _by_the_past(facts: Facts, now: int, before: Facts | None) -> Champion:
    if before is not None and before.wrote_at is not None:
        past = _by_figures(before, before.wrote_at)
        if past.is_champion:
            return Champion(is_champion=True, reasons=past.reasons, until=before.wrote_at)
    points = strength(facts, now=now).points
    return Champion(is_champion=False, reasons=_strongest(facts, points, is_active=False))


def _strongest(facts: Facts, points: int, *, is_active: bool) -> tuple[str, ...]:
    return tuple(_signals(facts, points, is_active=is_active))[:SHOWN]


def _signals(facts: Facts, points: int, *, is_active: bool) -> Iterator[str]:
    if is_glad(facts):
        yield f"Positive in {facts.felt_number} conversations of 90 days"
    if points >= ENOUGH:
        yield f"Close to us: strength {points}"
    if facts.direction == "rising":
        yield "Their sentiment is rising"
    if facts.requests >= ASKS:
        yield f"Asks for {facts.requests} {'feature' if facts.requests == 1 else 'features'}"
    if is_active and facts.messages_30:
        yield f"Wrote {facts.messages_30} {'message' if facts.messages_30 == 1 else 'messages'} in 30 days"
