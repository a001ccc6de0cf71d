import pytest

from sonora.insights.text import is_courtesy
from tests.insights.text.growth import assert_linear


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, bye!",
        "Thank you!",
        "thanks a lot :)",
        "Ok, thank you very much Sam 🙏",
        "Hi team, many thanks for your help.\nBest regards",
        "Got it. Thanks so much, have a great weekend!",
        "Vielen Dank und tschüss",
        "Merci beaucoup, bonne journée",
        "Muchas gracias, hasta luego",
        "Muito obrigado!",
        "Hartelijk dank, tot ziens",
        "You’re welcome",
    ],
)
def test_thanks_greetings_and_farewells_are_courtesy(text: str):
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙏",
        "Great, thanks!",
        "Perfect, that solved it. Thanks!",
        "Thanks for nothing!",
        "Thanks, but it is still broken",
        "Thanks 😡",
        "Thanks. Bye. Never again.",
        "Bye, I am going to your competitor",
        "Is it fixed? Thanks",
        "No.",
        "Sam",
        "thanks " * 40,
    ],
)
def test_what_says_more_or_nothing_is_none(text: str):
    assert not is_courtesy(text)


@pytest.mark.parametrize("piece", ["thanks ", "a", "&", "thank you "])
def test_the_time_grows_with_the_length_and_not_with_its_square(piece: str):
    assert_linear(is_courtesy, piece)
