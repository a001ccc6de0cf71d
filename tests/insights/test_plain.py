"""What the models are shown of a text."""

import pytest

from sonora.insights.local.plain import LONGEST, has_words, plain
from sonora.insights.local.sentences import sentences


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("so  \n slow", "so slow"),
        ("in\u200bvi\u00adsi\ufeffble", "invisible"),
        ("it’s “fine”…", 'it\'s "fine"..'),
        ("see https://example.com/a?b=c now", "see url now"),
        ("ask anna@example.com", "ask mail"),
        ("@sonora help", "@user help"),
        ("no 😡", "no angry"),
        ("yes ❤️", "yes love"),
        ("great :)", "great happy"),
        ("oh :-(", "oh sad"),
        ("soooooo good!!!!!", "soo good!!"),
        ("half \ud800 a sign", "half a sign"),
        ("ｆｕｌｌ", "full"),
        ("at 10:00 (or 11)", "at 10:00 (or 11)"),
    ],
)
def test_a_text_is_shown_without_what_says_nothing(written: str, shown: str):
    assert plain(written) == shown


@pytest.mark.parametrize("written", ["", "   ", "\u200b\u200f", "?!", "12 34", "🫥", "\x00"])
def test_what_holds_no_letter_says_nothing(written: str):
    assert not has_words(plain(written))


@pytest.mark.parametrize("piece", ["a", " ", "\n", "a.", "a@", "x@a.", "!", ". ", "http://", ":", "\u200b", "😡", "('"])
def test_a_megabyte_of_anything_is_shortened(piece: str):
    text = piece * (1_000_000 // len(piece))
    assert len(plain(text)) <= 8 * LONGEST
    assert len(sentences(text)) <= 40


def test_sentences_stand_as_in_the_text():
    text = 'Hi Anna,\nthe "export" fails. (Really!) Can you look?\n\n--\n12'
    assert sentences(text) == ["Hi Anna,", 'the "export" fails.', "(Really!)", "Can you look?"]
    assert all(sentence in text for sentence in sentences(text))
