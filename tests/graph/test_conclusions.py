"""What is concluded of a person, on plain values: docs/people-graph.md publishes each rule."""

from dataclasses import replace

import pytest

from sonora.graph.champion import champion
from sonora.graph.engagement import engagement
from sonora.graph.facts import Facts, Pace
from sonora.graph.influence import influence
from sonora.graph.silence import DAY, rhythm, silence
from sonora.graph.standing import Said, standing
from sonora.graph.strength import PARTS, strength
from sonora.people.chosen import Chosen

NOW = 1_790_000_000
CLOSE = Facts(
    conversations=9,
    conversations_30=3,
    conversations_90=6,
    messages_30=8,
    messages_90=20,
    last_at=NOW,
    wrote_at=NOW,
    theirs=Pace(3600, 4),
    teammates=((1, 4), (2, 2), (3, 1)),
    felt="positive",
    felt_number=5,
)

CHAMPION = replace(CLOSE, conversations_90=0, theirs=Pace())  # by a point


def every(days: int, *, times: int = 8) -> tuple[int, ...]:
    return tuple(NOW - days * DAY * ago for ago in reversed(range(times)))


@pytest.mark.parametrize(
    ("talks", "wrote", "before", "level"),
    [
        (3, 1, 1, "high"),
        (1, 10, 10, "high"),
        (2, 9, 9, "medium"),
        (5, 0, 0, "none"),
        (0, 0, 1, "low"),
        (0, 0, 0, "none"),
    ],
)
def test_engagement_is_by_what_they_write_lately(talks: int, wrote: int, before: int, level: str) -> None:
    facts = Facts(conversations_30=talks, messages_30=wrote, messages_90=before, conversations_90=talks)
    assert engagement(facts, now=NOW).level == level


def test_engagement_names_the_three_figures_that_it_rests_on_the_strongest_first() -> None:
    assert engagement(replace(CLOSE, conversations_30=1), now=NOW).reasons == (
        "Wrote today", "8 messages of theirs in 30 days", "1 conversation in 30 days"
    )  # fmt: skip
    assert engagement(CLOSE, now=NOW).reasons[0] == "3 conversations in 30 days"
    late = Facts(messages_90=4, conversations_90=2, wrote_at=NOW - 45 * DAY)
    assert engagement(late, now=NOW).reasons == (
        "2 conversations in 90 days", "Wrote 45 days ago", "4 messages of theirs in 90 days"
    )  # fmt: skip
    assert engagement(Facts(), now=NOW).reasons[-1] == "Never wrote"


def test_what_somebody_said_of_engagement_stands_beside_what_the_figures_say() -> None:
    said = engagement(CLOSE, now=NOW, chosen=Chosen("low", "Sam", NOW))
    assert (said.level, said.found, said.chosen) == ("low", "high", Chosen("low", "Sam", NOW))
    assert said.reasons == engagement(CLOSE, now=NOW).reasons


def test_a_rhythm_is_the_median_of_days_between_and_needs_four_of_them() -> None:
    assert rhythm(every(7)) == 7
    assert rhythm(every(7, times=3)) is None
    assert rhythm([NOW] * 9) is None
    assert rhythm([NOW - ago * DAY for ago in (0, 2, 4, 90)]) == 2


@pytest.mark.parametrize(
    ("days", "opened", "state"),
    [
        (21, every(1), "active"),
        (22, every(1), "quiet"),
        (60, every(20), "active"),
        (61, every(20), "quiet"),
        (60, (), "active"),
        (61, (), "quiet"),
    ],
)
def test_silence_is_measured_by_their_own_rhythm(days: int, opened: tuple[int, ...], state: str) -> None:
    assert silence(Facts(wrote_at=NOW - days * DAY, opened=opened), now=NOW).state == state


def test_who_never_wrote_is_quiet_and_whose_mail_bounces_has_left_unless_they_write() -> None:
    assert silence(Facts(), now=NOW).state == "quiet"
    assert silence(Facts(has_bounced=True), now=NOW).state == "left"
    assert silence(Facts(has_bounced=True, wrote_at=NOW - 30 * DAY), now=NOW).state == "left"
    assert silence(Facts(has_bounced=True, wrote_at=NOW - 29 * DAY), now=NOW).state == "active"


def test_a_message_from_the_future_is_of_today() -> None:
    assert silence(Facts(wrote_at=NOW + DAY), now=NOW).because == "Wrote today"
    assert strength(Facts(wrote_at=NOW + DAY), now=NOW).points == 30


def test_strength_is_the_sum_of_its_parts_from_nothing_to_all() -> None:
    assert strength(Facts(), now=NOW).points == 0
    assert strength(CLOSE, now=NOW).points == 100
    parts = {part.name: part.points for part in strength(replace(CLOSE, wrote_at=NOW - 30 * DAY), now=NOW).parts}
    assert parts == {"Last message": 15, "Conversations": 25, "Messages": 20, "Answers": 15, "Teammates": 10}


def test_no_figure_however_large_gives_more_than_its_part() -> None:
    huge = replace(CLOSE, conversations_90=5_000, messages_90=90_000, theirs=Pace(0, 9), teammates=tuple(
        (key, 1) for key in range(99)
    ))  # fmt: skip
    assert all(0 <= part.points <= part.most for part in strength(huge, now=NOW).parts)
    assert strength(huge, now=NOW).points == 100


@pytest.mark.parametrize(("seconds", "points"), [(60, 15), (4 * 3600, 15), (7 * DAY, 0), (90 * DAY, 0)])
def test_quick_answers_give_all_and_slow_ones_nothing(seconds: int, points: float) -> None:
    (part,) = [one for one in strength(replace(CLOSE, theirs=Pace(seconds, 1)), now=NOW).parts if one.name == "Answers"]
    assert part.points == pytest.approx(points)


def test_a_champion_is_glad_close_and_not_silent() -> None:
    assert strength(CHAMPION, now=NOW).points == 60
    assert champion(CHAMPION, now=NOW, state="active").is_champion
    assert not champion(replace(CHAMPION, messages_90=19), now=NOW, state="active").is_champion
    assert not champion(CLOSE, now=NOW, state="quiet").is_champion
    assert not champion(replace(CLOSE, felt="mixed"), now=NOW, state="active").is_champion
    assert not champion(replace(CLOSE, felt_number=2), now=NOW, state="active").is_champion


def test_a_champion_who_falls_silent_is_one_by_the_days_before() -> None:
    wrote_at = NOW - 100 * DAY
    then, silent = replace(CLOSE, wrote_at=wrote_at), Facts(wrote_at=wrote_at)
    for state in ("quiet", "left"):
        was = champion(silent, now=NOW, state=state, before=then)
        assert (was.is_champion, was.until) == (True, wrote_at)
        assert was.reasons[:2] == ("Positive in 5 conversations of 90 days", "Close to us: strength 100")
    never = champion(silent, now=NOW, state="quiet", before=replace(then, felt="neutral"))
    assert (never.is_champion, never.until) == (False, None)
    assert champion(CHAMPION, now=NOW, state="active", before=then).until is None


def test_a_champion_has_three_reasons_at_most_the_strongest_first() -> None:
    loud = replace(CLOSE, direction="rising", requests=2)
    assert champion(loud, now=NOW, state="active").reasons == (
        "Positive in 5 conversations of 90 days",
        "Close to us: strength 100",
        "Their sentiment is rising",
    )
    assert champion(Facts(), now=NOW, state="quiet").reasons == ()


def test_what_somebody_said_of_a_champion_stands() -> None:
    assert champion(Facts(), now=NOW, state="quiet", chosen=Chosen(True, "Sam", NOW)).is_champion
    said = champion(CLOSE, now=NOW, state="active", chosen=Chosen(False, "Sam", NOW))
    assert (said.is_champion, said.chosen) == (False, Chosen(False, "Sam", NOW))
    assert said.reasons


@pytest.mark.parametrize(
    ("title", "say"),
    [
        ("Head of field operations", "decides"),
        ("Vice President, IT", "decides"),
        ("Co-Founder", "decides"),
        ("Dispatch manager", "leads"),
        ("Engineer", "works"),
        ("Headhunter", "works"),
        ("", ""),
        ("—", ""),
    ],
)
def test_influence_is_by_the_words_of_a_job_title(title: str, say: str) -> None:
    assert influence(title) == say


@pytest.mark.parametrize(
    ("title", "colleagues", "say"),
    [
        ("Engineer", 2, "works"),
        ("Engineer", 3, "leads"),
        ("", 2, ""),
        ("", 9, "leads"),
        ("Dispatch manager", 9, "leads"),
        ("CEO", 9, "decides"),
        ("CEO", 0, "decides"),
    ],
)
def test_who_speaks_for_three_colleagues_has_one_step_more_but_never_decides(
    title: str, colleagues: int, say: str
) -> None:
    assert influence(title, speaks_for=colleagues) == say


def test_everybody_is_in_one_group_and_who_left_is_no_champion() -> None:
    assert standing(CLOSE, now=NOW).group == "champions"
    assert standing(replace(CLOSE, felt="neutral"), now=NOW).group == "active"
    assert standing(replace(CLOSE, wrote_at=NOW - 99 * DAY), now=NOW).group == "quiet"
    left = replace(CLOSE, wrote_at=NOW - 99 * DAY, has_bounced=True)
    assert standing(left, now=NOW, said=Said(champion=Chosen(True, "Sam", NOW))).group == "left"


def test_the_parts_of_a_strength_are_listed_in_their_order_with_the_most_of_each() -> None:
    assert tuple((part.name, part.most) for part in strength(CLOSE, now=NOW).parts) == PARTS
