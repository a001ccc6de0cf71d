"""How a customer is doing, in words that companies have for it."""

import pytest

from sonora.customers import health


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("Good", "ok"), ("GREEN", "ok"), ("At-risk", "warn"), (" at  risk ", "warn"), ("Poor", "error"), ("82", "neutral"),
     ("In trial", "neutral")],
)  # fmt: skip
def test_a_word_keeps_its_spelling_and_gets_the_sign_of_what_it_means(word: str, meaning: str):
    told = health.of(word)
    assert told is not None
    assert (told.word, told.meaning, told.icon) == (word, meaning, health.ICONS[meaning])


@pytest.mark.parametrize("word", ["", "  "])
def test_no_word_is_no_health(word: str):
    assert health.of(word) is None


def test_no_two_meanings_share_a_sign():
    assert len(set(health.ICONS.values())) == len(health.ICONS)
