# ruff: noqa: G004
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from sonora.core import logs
from sonora.core.redaction import redacted
from sonora.core.secret import SecretStr

CANARY = "dG9rOnRlc3RfdG9rZW5fbm90X3JlYWw="
QUIET_SECRET = "plain words that only a SecretStr knows"


class Lines:
    """What was written to standard error so far."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._raw = ""

    def raw(self) -> str:
        self._raw += self._capsys.readouterr().err
        return self._raw

    def alone(self) -> None:
        """Take pytest's own handlers away, which raise what ours must survive."""
        root = logging.getLogger()
        root.handlers[:] = [handler for handler in root.handlers if isinstance(handler, logs.StandardError)]

    def __call__(self) -> list[dict[str, Any]]:
        """The lines, each parsed."""
        return [json.loads(line) for line in self.raw().splitlines()]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    root = logging.getLogger()
    before = root.handlers[:]
    logs.configure(debug=False)
    yield Lines(capsys)
    root.handlers[:] = before
    structlog.contextvars.clear_contextvars()


def boom(secret: str) -> None:
    local_variable = secret + "-local"
    raise RuntimeError(f"refused for {local_variable[:-6]}")


def test_a_line_is_one_json_object_with_level_logger_and_utc_time(lines: Lines):
    structlog.get_logger("sonora.test").info("Sync finished", conversations=3)
    (line,) = lines()
    assert line["event"] == "Sync finished"
    assert line["conversations"] == 3
    assert line["level"] == "info"
    assert line["logger"] == "sonora.test"
    assert line["timestamp"].endswith("Z")


def test_the_standard_library_writes_the_same_lines(lines: Lines):
    logging.getLogger("some.library").warning("It took %d s", 3)
    (line,) = lines()
    assert (line["event"], line["level"], line["logger"]) == ("It took 3 s", "warning", "some.library")


LEAKS: list[Callable[[Any], None]] = [
    lambda log: log.info(f"connecting with {CANARY}"),
    lambda log: log.info("connecting with %s", CANARY),
    lambda log: log.info(f"Authorization: Bearer {CANARY}"),
    lambda log: log.info(f"GET https://api.example/?access_token={CANARY}&page=2"),
]
LEAKS_OF_STRUCTLOG: list[Callable[[Any], None]] = [
    *LEAKS,
    lambda log: log.info("x", token=CANARY),
    lambda log: log.info("x", anything=CANARY),
    lambda log: log.info("x", secret=SecretStr(CANARY)),
    lambda log: log.info("x", anything=SecretStr(CANARY)),
    lambda log: log.info("x", nested={"deep": [{"password": CANARY}, (CANARY,)]}),
    lambda log: log.info("x", headers={"Authorization": f"Bearer {CANARY}", "Cookie": f"sessionid={CANARY}"}),
    lambda log: log.info("x", headers=[(b"authorization", CANARY.encode()), ("X-Api-Key", CANARY)]),
    lambda log: log.info("x", **{CANARY: 1}),
    lambda log: log.info("x", data=CANARY.encode()),
    lambda log: log.info("x", thing={"a", CANARY}),
]


@pytest.mark.parametrize("leak", LEAKS_OF_STRUCTLOG)
def test_no_way_of_logging_a_token_writes_it(lines: Lines, leak: Callable[[Any], None]):
    leak(structlog.get_logger("sonora.test"))
    assert len(lines()) == 1
    assert CANARY not in lines.raw()
    assert CANARY[:20] not in lines.raw()


@pytest.mark.parametrize("leak", LEAKS)
def test_no_library_that_logs_a_token_gets_it_written(lines: Lines, leak: Callable[[Any], None]):
    leak(logging.getLogger("some.library"))
    assert len(lines()) == 1
    assert CANARY[:20] not in lines.raw()


@pytest.mark.parametrize("log", [structlog.get_logger("sonora.test"), logging.getLogger("some.library")])
def test_a_traceback_is_written_without_secrets_and_without_local_variables(lines: Lines, log: Any):
    try:
        boom(CANARY)
    except RuntimeError:
        log.exception("It failed")
    (line,) = lines()
    assert "RuntimeError" in line["exception"]
    assert "in boom" in line["exception"]
    assert CANARY[:20] not in lines.raw()
    assert "-local" not in line["exception"].replace('secret + "-local"', "")


def test_a_secret_that_looks_like_words_is_known_while_it_lives(lines: Lines):
    secret = SecretStr(QUIET_SECRET)
    structlog.get_logger("sonora.test").info(f"sent {QUIET_SECRET}", at=[f"<{QUIET_SECRET}>"])
    assert QUIET_SECRET not in lines.raw()
    assert secret


def test_words_of_customers_are_not_written(lines: Lines):
    structlog.get_logger("sonora.test").info("x", body="please refund me", part={"html": "<p>please refund me</p>"})
    assert "refund" not in lines.raw()


def test_a_very_long_value_is_cut(lines: Lines):
    structlog.get_logger("sonora.test").info("x" * 100_000, more=["y " * 100_000])
    assert len(lines.raw()) < 20_000


@pytest.mark.parametrize(
    "evil", ["\n2026-01-01 ERROR admin deleted", "\x1b[31mred\x1b[0m", "\r\x00\x7f\x9b", "\u2028\u202e"]
)
def test_control_characters_stay_escaped_in_one_line(lines: Lines, evil: str):
    structlog.get_logger("sonora.test").info(f"company {evil}", name=evil, **{f"k{evil}": 1})
    raw = lines.raw()
    assert raw.count("\n") == 1
    assert all(" " <= letter <= "~" for letter in raw.rstrip("\n"))
    assert lines()[0]["name"] == evil


def test_what_is_not_secret_is_written_as_it_is():
    plain = {
        "path": "/home/app/sonora/integrations/sync/engine.py",
        "id": "c9b1e2f4-54ab-4c1e-9a55-1f7d0f3f3f3f",
        "sha": "a" * 40,
        "count": 12,
        "ok": True,
        "tokens": 3,
        "none": None,
        "name": "conversation_once_per_connection_and_workspace",
    }
    assert redacted(plain) == plain


def test_an_object_that_cannot_show_itself_does_not_stop_the_line(lines: Lines):
    class Odd:
        def __repr__(self) -> str:
            raise ValueError(CANARY)

    lines.alone()
    structlog.get_logger("sonora.test").info("x", odd=Odd())
    assert "Odd" in lines()[0]["odd"]
    assert CANARY not in lines.raw()


def test_a_line_with_a_wrong_format_is_reported_without_its_values(lines: Lines):
    lines.alone()
    logging.getLogger("some.library").warning("%d", CANARY)
    (line,) = lines()
    assert line["event"] == "A log line could not be written."
    assert CANARY not in lines.raw()


def test_statements_of_the_database_are_not_logged_even_in_debug(lines: Lines):
    logs.configure(debug=True)
    logging.getLogger("django.db.backends").debug("INSERT … 'please refund me'")
    logging.getLogger("sonora.test").debug("seen")
    assert [line["event"] for line in lines()] == ["seen"]
