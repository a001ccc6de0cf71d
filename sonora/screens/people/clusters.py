"""People who are too many for a map, as one circle each for those who stand alike: it opens exactly those it counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sonora.core import words
from sonora.customers.models import Customer
from sonora.graph import layout
from sonora.graph.layout import Place
from sonora.people.models import Level
from sonora.screens.people import standing
from sonora.screens.people.rows import ALL, NEW
from sonora.screens.people.standing import SAID, Share

KEYS = {(group, level): key for key, (group, level) in enumerate((group, level) for group in SAID for level in Level)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """*number* people, who are in the list at *url*; *strength* is their mean."""

    key: int
    name: str
    number: int
    strength: int
    url: str

    @property
    def words(self) -> str:
        return f"{self.name}: {words.counted(self.number, 'person,people')}, open the list"

    @property
    def text(self) -> str:
        """The number as short as the circle needs it: 940, 1.2k, 31k."""
        return str(self.number) if self.number < 1000 else f"{self.number / 1000:.1f}k".replace(".0k", "k")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    cluster: Cluster
    place: Place

    @property
    def name_y(self) -> float:
        return round(self.place.y + self.place.radius + 15, 1)


def groups_that_fit(shares: Iterable[Share], most: int) -> list[str]:
    """The groups that are drawn person by person: in their order, *most* people at most."""
    counted, fitting, left = standing.by_group(shares), list[str](), most
    for group in ALL:
        if 0 < counted[group] <= left:
            fitting.append(group)
            left -= counted[group]
    return fitting


def of_customer(shares: Iterable[Share], customer: Customer, *, drawn: Collection[str]) -> list[Cluster]:
    """Of those groups of *customer* that are not *drawn*: one for each level of engagement, in the order of groups."""
    alike: dict[tuple[str, str], list[Share]] = {}
    for share in shares:
        if share.group not in (*drawn, NEW):
            alike.setdefault((share.group, share.level), []).append(share)
    return [_cluster(*key, alike[key], customer) for key in KEYS if key in alike]


def placed(some: Sequence[Cluster]) -> list[Drawn]:
    places = layout.clusters(
        [layout.Cluster(key=one.key, name=one.name, strength=one.strength, number=one.number) for one in some]
    )
    return [Drawn(cluster=one, place=places[one.key]) for one in some]


def _cluster(group: str, level: str, shares: Sequence[Share], customer: Customer) -> Cluster:
    number = sum(share.number for share in shares)
    return Cluster(
        key=KEYS[group, Level(level)],
        name=f"{ALL[group]}, {Level(level).label.lower()}",
        number=number,
        strength=round(sum(share.strengths for share in shares) / number),
        url=standing.url(SAID[group].given("engagements", frozenset({level})), customer),
    )
