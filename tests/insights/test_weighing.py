"""How a customer feels in a whole conversation, by what each of their messages says."""

import pytest

from sonora.insights.weighing import Said, weigh, weight

FEELINGS = {"-": ("negative", -0.8), "0": ("neutral", 0.0), "+": ("positive", 0.8)}


def said(feelings: str, *, unsure: str = "") -> list[Said]:
    """One message for each sign, oldest first; those at the places in *unsure* were read without confidence.

    *t* is nothing but thanks, read as praise.
    """
    return [
        Said(
            key=place,
            label=FEELINGS[sign.replace("t", "+")][0],
            score=FEELINGS[sign.replace("t", "+")][1],
            confidence=0.4 if str(place) in unsure else 0.9,
            courtesy=sign == "t",
        )
        for place, sign in enumerate(feelings)
    ]


@pytest.mark.parametrize(
    ("feelings", "label"),
    [
        ("", "none"),
        ("0", "neutral"),
        ("-", "negative"),
        ("+", "positive"),
        ("-0", "negative"),  # a feeling outweighs what only informs
        ("-00", "neutral"),  # until it has passed
        ("-0000", "neutral"),
        ("0000-", "negative"),
        ("----+", "mixed"),
        ("-+", "mixed"),
        ("+-", "mixed"),
        ("-++++", "positive"),
        ("+----", "negative"),
    ],
)
def test_later_messages_weigh_more(feelings: str, label: str) -> None:
    assert weigh(said(feelings)).label == label


@pytest.mark.parametrize(
    ("feelings", "label", "because"),
    [
        ("-t", "negative", 0),
        ("-00t", "neutral", 2),
        ("0t", "neutral", 0),
        ("t-t", "negative", 1),
        ("+t", "positive", 0),
        ("t", "positive", 0),
        ("tt", "positive", 1),
    ],
)
def test_thanks_and_farewell_count_only_where_nothing_else_is_said(feelings: str, label: str, because: int) -> None:
    whole = weigh(said(feelings))
    assert (whole.label, whole.because) == (label, because)


def test_a_message_weighs_half_of_the_second_one_after_it() -> None:
    assert [weight(place, 5) for place in (4, 2, 0)] == [1, 0.5, 0.25]


def test_the_score_follows_the_later_messages() -> None:
    assert weigh(said("+-")).score == pytest.approx(0.8 * (0.5**0.5 - 1) / (0.5**0.5 + 1))


def test_a_guess_has_no_vote() -> None:
    assert weigh(said("-+", unsure="1")).label == "negative"


def test_when_nearly_all_is_guessed_the_whole_is_unsure() -> None:
    assert weigh(said("-", unsure="0")).label == "unsure"
    whole = weigh(said("-0+", unsure="12"))
    assert whole.label == "unsure"
    assert whole.confidence is not None
    assert whole.confidence < 0.9


@pytest.mark.parametrize(
    ("feelings", "because"), [("-0-", 2), ("--0", 1), ("+0", 0), ("00", 1), ("+-", 1), ("-+", 0), ("-0+", 2)]
)
def test_it_names_the_message_that_it_rests_on(feelings: str, because: int) -> None:
    assert weigh(said(feelings)).because == because
