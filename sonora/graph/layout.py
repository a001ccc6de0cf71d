"""Where people, clusters of people and teammates stand on the map of a customer, who is its middle. Pure.

An angle comes from a primary key alone and a distance from the strength, so nobody jumps from one visit to the next.
Lengths are units of the drawing, which are pixels.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, log10, radians, sin

WIDTH, HEIGHT, MIDDLE = 660, 580, (330.0, 286.0)
WIDER, FLATTER = 1.12, 0.95
INNER, STEP = 88.0, 1.45  # the distance of strength 100, and what each point less adds
RINGS = (75, 50, 25)
GOLDEN, NUDGE, TRIES = 137.508, 8.0, 44  # degrees: keys that follow each other stand far apart
NAMED, LETTER, NAME_HEIGHT, LONGEST = 40, 6.6, 16.0, 18  # people whose names fit; pixels a letter; letters of a name
SMALLEST, LARGEST, BUSY = 8.0, 18.0, 30  # radius; messages in 90 days that make the largest
CROWDED = 0.4  # of that radius, where there are too many for names
CLUSTER, MORE = 14.0, 5.0  # radius of a cluster of one, and what ten times as many add
OUTER = (300.0, 256.0)
BOX = (17.0, 28.0)  # half of a teammate's box with its name

Rect = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A person on the map; *strength* 0 to 100, *messages* of 90 days."""

    key: int
    name: str
    strength: int
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """*number* people as one circle; *strength* is their mean."""

    key: int
    name: str
    strength: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands; *name* as it is written below, empty where there is no room."""

    key: int
    x: float
    y: float
    radius: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """All who have this strength stand on it."""

    strength: int
    rx: float
    ry: float
    top: float


def rings() -> list[Ring]:
    return [
        Ring(at, round(_distance(at) * WIDER, 1), round(_distance(at) * FLATTER, 1),
             round(MIDDLE[1] - _distance(at) * FLATTER, 1))
        for at in RINGS
    ]  # fmt: skip


def people(some: Sequence[Someone], *, beside: Collection[Place] = ()) -> dict[int, Place]:
    """By key. Two who would cover each other are turned apart, the later key giving way, and both to those *beside*.

    A name is left out where it would cover somebody; of very many all are, and everybody is smaller.
    """
    is_named = len(some) <= NAMED
    found = _placed({one.key: _turns(one, is_named=is_named) for one in some}, beside)
    return _readable(found, beside)


def clusters(some: Sequence[Cluster]) -> dict[int, Place]:
    """The same of clusters."""
    return _readable(_placed({one.key: _turns_of_a_cluster(one) for one in some}), ())


def teammates(some: Sequence[tuple[int, str]]) -> dict[int, Place]:
    """The same of (key, name) on the outermost line."""
    taken, found = list[Rect](), {}
    for key, name in sorted(some):
        for turn in range(TRIES):
            place = _on_the_edge(key, shortened(name), turn)
            rect = (place.x - BOX[0] * 2, place.y - BOX[0], place.x + BOX[0] * 2, place.y + BOX[1])
            if turn == TRIES - 1 or not _hits(rect, taken):
                taken.append(rect)
                found[key] = place
                break
    return found


def _on_the_edge(key: int, name: str, turn: int) -> Place:
    """On the outermost line, or so far within it that the whole name is in the drawing."""
    x, y = _at(key * GOLDEN + turn * NUDGE, *OUTER)
    half = len(name) * LETTER / 2
    return Place(key=key, x=round(min(max(x, half), WIDTH - half), 1), y=y, name=name)


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _placed(turns: Mapping[int, list[Place]], beside: Collection[Place] = ()) -> dict[int, Place]:
    circles, labels = [_circle(place) for place in beside], [_label(place) for place in beside]
    found = {}
    for key in sorted(turns):
        found[key] = _free(turns[key], circles, labels)
        circles.append(_circle(found[key]))
        labels.append(_label(found[key]))
    return found


def _free(places: Sequence[Place], circles: list[Rect], labels: list[Rect]) -> Place:
    """The first of *places* with room for the name, else with room for the circle."""
    taken = circles + labels
    roomy = (it for it in places if not _hits(_circle(it), taken) and not _hits(_label(it), taken))
    bare = (it for it in places if not _hits(_circle(it), circles))
    return next(roomy, None) or next(bare, places[0])


def _turns(one: Someone, *, is_named: bool) -> list[Place]:
    radius = SMALLEST + (LARGEST - SMALLEST) * min(1.0, one.messages / BUSY)
    name = shortened(one.name) if is_named else ""
    return _around(one.key, one.strength, radius if is_named else radius * CROWDED, name)


def _turns_of_a_cluster(one: Cluster) -> list[Place]:
    return _around(one.key, one.strength, CLUSTER + MORE * log10(max(1, one.number)), shortened(one.name))


def _around(key: int, strength: int, radius: float, name: str) -> list[Place]:
    """Where turning leads: the same distance from the middle at one angle after the other."""
    rx, ry = _distance(strength) * WIDER, _distance(strength) * FLATTER
    spots = [_at(key * GOLDEN + turn * NUDGE, rx, ry) for turn in range(TRIES)]
    return [Place(key=key, x=x, y=y, radius=round(radius, 1), name=name) for x, y in spots]


def _readable(places: dict[int, Place], beside: Collection[Place]) -> dict[int, Place]:
    circles = {key: _circle(place) for key, place in places.items()}
    written, found = [_label(place) for place in beside], {}
    for key, place in places.items():
        others = [rect for other, rect in circles.items() if other != key] + [_circle(place) for place in beside]
        covers = bool(place.name) and _hits(_label(place), others + written)
        found[key] = replace(place, name="") if covers else place
        written.append(_label(found[key]))
    return found


def _distance(strength: int) -> float:
    return INNER + (100 - max(0, min(100, strength))) * STEP


def _at(angle: float, rx: float, ry: float) -> tuple[float, float]:
    turned = radians(angle % 360)
    return round(MIDDLE[0] + rx * cos(turned), 1), round(MIDDLE[1] + ry * sin(turned), 1)


def _circle(place: Place) -> Rect:
    reach = place.radius + 3
    return place.x - reach, place.y - reach, place.x + reach, place.y + reach


def _label(place: Place) -> Rect:
    """Where the name stands; without one a spot that covers nobody."""
    half, top = len(place.name) * LETTER / 2, place.y + place.radius + 3
    return place.x - half, top, place.x + half, top + NAME_HEIGHT if place.name else top


def _hits(rect: Rect, taken: list[Rect]) -> bool:
    left, top, right, bottom = rect
    return any(left < x2 and x1 < right and top < y2 and y1 < bottom for x1, y1, x2, y2 in taken)
