"""Where people stand on the map: always there, never over each other."""

from itertools import combinations
from math import hypot

from sonora.graph import layout
from sonora.graph.layout import Place, Someone


def crowd(number: int, *, first: int = 1) -> list[Someone]:
    return [
        Someone(key=key, name=f"Person number {key}", strength=key * 37 % 101, messages=key * 7 % 40)
        for key in range(first, first + number)
    ]


def apart(one: Place, other: Place) -> bool:
    return hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius


def test_everybody_stands_inside_the_drawing() -> None:
    places = layout.people(crowd(40))
    assert len(places) == 40
    for place in places.values():
        assert 0 < place.x - place.radius < place.x + place.radius < layout.WIDTH
        assert 0 < place.y - place.radius < place.y + place.radius + 16 < layout.HEIGHT


def test_a_dozen_have_their_names() -> None:
    assert all(place.name for place in layout.people(crowd(12)).values())


def test_nobody_jumps_when_somebody_comes_or_goes_who_came_later() -> None:
    few, more = layout.people(crowd(20)), layout.people(crowd(30))
    assert all((more[key].x, more[key].y) == (place.x, place.y) for key, place in few.items())
    assert layout.people(list(reversed(crowd(20)))) == few


def test_nobody_covers_somebody_else() -> None:
    for number in (12, 40, 150):
        places = layout.people(crowd(number)).values()
        covered = [pair for pair in combinations(places, 2) if not apart(*pair)]
        assert not covered, number


def test_of_very_many_no_name_is_written() -> None:
    assert not any(place.name for place in layout.people(crowd(41)).values())


def test_the_stronger_the_closer_and_the_busier_the_larger() -> None:
    near, far = (
        layout.people([Someone(key=5, name="Ines", strength=strength, messages=messages)])[5]
        for strength, messages in ((100, 90), (0, 0))
    )
    middle = layout.MIDDLE
    assert hypot(near.x - middle[0], near.y - middle[1]) < hypot(far.x - middle[0], far.y - middle[1])
    assert (near.radius, far.radius) == (layout.LARGEST, layout.SMALLEST)


def test_teammates_stand_outside_and_apart() -> None:
    places = list(layout.teammates([(key, f"Teammate {key}") for key in range(1, 13)]).values())
    assert len(places) == 12
    assert all(abs(one.x - other.x) >= 60 or abs(one.y - other.y) >= 40 for one, other in combinations(places, 2))
    assert all(17 <= place.x <= layout.WIDTH - 17 and 11 <= place.y <= layout.HEIGHT - 26 for place in places)


def test_the_whole_name_of_each_teammate_is_inside_the_drawing() -> None:
    for place in layout.teammates([(key, "Bartholomew Winterbottom") for key in range(1, 60)]).values():
        half = len(place.name) * layout.LETTER / 2
        assert half <= place.x <= layout.WIDTH - half


def test_a_long_name_is_shortened() -> None:
    assert layout.shortened("Wolfeschlegelsteinhausenbergerdorff") == "Wolfeschlegelstei…"
