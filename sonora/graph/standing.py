"""All that is concluded of one person, together. Pure."""

from dataclasses import dataclass

from sonora.graph.champion import Champion, champion
from sonora.graph.engagement import Engagement, engagement
from sonora.graph.facts import Facts
from sonora.graph.influence import influence
from sonora.graph.silence import Silence, silence
from sonora.graph.strength import Strength, strength

GROUPS = {"champions": "Champions", "active": "Active", "quiet": "Quiet", "left": "Left"}  # in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    facts: Facts
    engagement: Engagement
    silence: Silence
    strength: Strength
    champion: Champion
    influence: str

    @property
    def group(self) -> str:
        return group_of(self.silence.state, is_champion=self.champion.is_champion)


def group_of(rhythm: str, *, is_champion: bool) -> str:
    """A key of `GROUPS`: whoever left is no champion any more."""
    return "champions" if is_champion and rhythm != "left" else rhythm


def standing(facts: Facts, *, now: int, chosen: tuple[bool, str] | None = None) -> Standing:
    """Where somebody stands at *now* (Unix seconds); *chosen*: whether somebody said they are a champion, and who."""
    silent, close = silence(facts, now=now), strength(facts, now=now)
    return Standing(
        facts=facts,
        engagement=engagement(facts),
        silence=silent,
        strength=close,
        champion=champion(facts, points=close.points, state=silent.state, chosen=chosen),
        influence=influence(facts.job_title),
    )
