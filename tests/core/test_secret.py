import copy
import gc
import json
import pickle
from collections.abc import Callable
from string import Template

import pytest

from sonora.core.secret import SecretStr, known_secrets

CANARY = "dG9rOnRlc3RfdG9rZW5fbm90X3JlYWw="


@pytest.mark.parametrize(
    "shown",
    [
        repr,
        str,
        "{}".format,
        "{!r}".format,
        lambda s: f"{s:>40}",
        lambda s: "%s" % s,  # noqa: UP031
        lambda s: Template("$s").substitute(s=s),
    ],
)
def test_no_way_of_showing_a_secret_shows_it(shown: Callable[[object], str]):
    assert CANARY not in shown(SecretStr(CANARY))
    assert CANARY not in str([SecretStr(CANARY)])


def test_only_reveal_gives_the_secret():
    assert SecretStr(CANARY).reveal() == CANARY


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_cannot_be_pickled(protocol: int):
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps({"token": SecretStr(CANARY)}, protocol)


def test_a_secret_is_no_json():
    with pytest.raises(TypeError):
        json.dumps(SecretStr(CANARY))
    assert CANARY not in json.dumps([SecretStr(CANARY)], default=str)


def test_secrets_are_equal_by_value_and_never_equal_to_a_plain_text():
    assert SecretStr(CANARY) == SecretStr(CANARY)
    assert SecretStr(CANARY) != SecretStr(CANARY + "x")
    assert SecretStr(CANARY) != CANARY
    assert len({SecretStr(CANARY), SecretStr(CANARY)}) == 1
    assert SecretStr("é") == SecretStr("é")


def test_a_copy_is_the_secret_itself():
    secret = SecretStr(CANARY)
    assert copy.copy(secret) is secret
    assert copy.deepcopy({"token": secret})["token"] is secret


def test_an_empty_secret_is_false():
    assert not SecretStr("")
    assert SecretStr("x")


def test_what_is_no_text_is_refused_without_being_shown():
    with pytest.raises(TypeError) as caught:
        SecretStr(b"the-bytes-of-a-token")  # type: ignore[arg-type]
    assert "the-bytes" not in str(caught.value)


def test_secrets_are_known_while_they_live_even_when_an_equal_one_died():
    first, second = SecretStr("known-while-alive"), SecretStr("known-while-alive")
    assert first == second
    del first
    gc.collect()
    assert "known-while-alive" in known_secrets()
    del second
    gc.collect()
    assert "known-while-alive" not in known_secrets()


def test_a_secret_has_no_dictionary_to_look_into():
    assert not hasattr(SecretStr(CANARY), "__dict__")
