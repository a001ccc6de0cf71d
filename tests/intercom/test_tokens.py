import traceback

import pytest

from integrations.intercom.tokens import TokenRefused, clean_token
from tests.intercom.asking import TOKEN

EMPTY = "Paste the access token."
SHAPE = "An access token has 20 to 512 letters, digits or = _ - . : + /. Copy it again."


@pytest.mark.parametrize(
    "typed",
    [
        TOKEN,
        f"  {TOKEN}\t\r\n",
        f'"{TOKEN}"',
        f"“{TOKEN}”",
        f"`{TOKEN}`",
        f"Bearer {TOKEN}",
        f"bearer\t{TOKEN}",
        f'"Bearer {TOKEN}"',
        f"Bearer '{TOKEN}'",
        f"\N{NO-BREAK SPACE}{TOKEN}\N{NO-BREAK SPACE}",
    ],
)
def test_blanks_quotes_and_bearer_around_a_token_are_taken_off(typed: str):
    assert clean_token(typed).reveal() == TOKEN


@pytest.mark.parametrize("typed", ["a" * 20, "a" * 512, "Az09_=-:.+/Az09_=-:.+/", "Bearer0123456789abcdef"])
def test_every_letter_and_length_of_the_rule_is_a_token(typed: str):
    assert clean_token(typed).reveal() == typed


@pytest.mark.parametrize("typed", ["", "   ", "\r\n", '""', "Bearer", "Bearer  ", "'Bearer '"])
def test_nothing_is_told_from_something_wrong(typed: str):
    with pytest.raises(TokenRefused) as caught:
        clean_token(typed)
    assert caught.value.user_message == EMPTY


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 19,
        "a" * 513,
        "a" * 5000,
        "aaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbb",
        "aaaaaaaaaaaaaaa\r\nX-Evil: 1",
        "aaaaaaaaaaaaaaaaaaaaaaaa\0",
        "töktöktöktöktöktöktök",
        "aaaaaaaaaaaa\u200baaaaaaaaaaaa",
        "\u200faaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaa aaaaaaaaaaaa",
        "Authorization: Bearer aaaaaaaaaaaaaaaaaaaaaaaa",
        "<aaaaaaaaaaaaaaaaaaaaaaaaaaa>",
    ],
)
def test_what_cannot_be_a_token_is_refused_without_being_repeated(typed: str):
    with pytest.raises(TokenRefused) as caught:
        clean_token(typed)
    assert caught.value.user_message == SHAPE
    assert typed not in "".join(traceback.format_exception(caught.value))
