"""The people of a drawn map: how each looks, and the words that say the same."""

from dataclasses import dataclass

from sonora.graph.layout import Place, Someone
from sonora.people.models import Person

LOOKS = {"positive": "pos", "negative": "neg", "mixed": "mix", "neutral": "neu"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """*look* is a class of the ring, *words* say all that it shows."""

    person: Person
    place: Place
    look: str
    words: str
    is_champion: bool

    @property
    def star(self) -> tuple[float, float]:
        """Where the star of a champion begins: at the upper right of the ring."""
        return round(self.place.x + self.place.radius * 0.7, 1), round(self.place.y - self.place.radius * 0.7 - 14, 1)

    @property
    def name_y(self) -> float:
        return round(self.place.y + self.place.radius + 15, 1)


def someone(person: Person, *, group: str, strength: int, messages: int) -> Someone:
    """For the layout: whoever left is the smallest, and outermost."""
    has_left = group == "left"
    return Someone(
        key=person.pk, name=str(person), strength=0 if has_left else strength, messages=0 if has_left else messages
    )


def node(person: Person, place: Place, *, group: str, felt: str, strength: int, role: str = "") -> Node:
    """*group* is a key of `rows.ALL`, *felt* a sentiment or none, *strength* 0 to 100."""
    feeling = felt if felt in LOOKS else "sentiment not known"
    words = [str(person), role, "champion" if group == "champions" else group or "new", feeling]
    return Node(
        person=person,
        place=place,
        look="uns" if group == "left" else LOOKS.get(felt, "uns"),
        words=", ".join([word for word in words if word] + [f"strength {strength}"]),
        is_champion=group == "champions",
    )
