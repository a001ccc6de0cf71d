"""All that is concluded of one person, together. Pure."""

from dataclasses import dataclass

from sonora.graph.champion import Champion, champion
from sonora.graph.engagement import Engagement, engagement
from sonora.graph.facts import Facts
from sonora.graph.silence import Silence, silence
from sonora.graph.strength import Strength, strength
from sonora.people.chosen import Chosen

GROUPS = {"champions": "Champions", "active": "Active", "quiet": "Quiet", "left": "Left"}  # in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said of a person by hand; None: nothing."""

    champion: Chosen[bool] | None = None
    engagement: Chosen[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    facts: Facts
    engagement: Engagement
    silence: Silence
    strength: Strength
    champion: Champion

    @property
    def group(self) -> str:
        return group_of(self.silence.state, is_champion=self.champion.is_champion)


def group_of(rhythm: str, *, is_champion: bool) -> str:
    """A key of `GROUPS`: whoever left is among the champions no more."""
    return "champions" if is_champion and rhythm != "left" else rhythm


def standing(facts: Facts, *, now: int, before: Facts | None = None, said: Said | None = None) -> Standing:
    """Where somebody stands at *now* (Unix seconds); *before*: their facts when they wrote last, if they are silent."""
    silent, said = silence(facts, now=now), said or Said()
    return Standing(
        facts=facts,
        engagement=engagement(facts, now=now, chosen=said.engagement),
        silence=silent,
        strength=strength(facts, now=now),
        champion=champion(facts, now=now, state=silent.state, before=before, chosen=said.champion),
    )
