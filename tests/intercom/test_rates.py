import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.intercom import rates
from integrations.records import Rate

NOW = 1_700_000_000


def headers(limit: str = "1667", remaining: str = "1640", reset: str = str(NOW + 7)) -> rates.Headers:
    told = {b"x-ratelimit-limit": limit, b"x-ratelimit-remaining": remaining, b"x-ratelimit-reset": reset}
    return {name: value.encode() for name, value in told.items()}


def test_a_rate_is_read_from_its_three_headers():
    assert rates.rate(headers(), now=NOW) == Rate(limit=1667, remaining=1640, reset=NOW + 7)


def test_no_headers_tell_nothing():
    assert rates.rate({}, now=NOW) is None


@pytest.mark.parametrize("odd", ["", "many", "-1", "1.5", "0x10", "9" * 30, "١٢"])
def test_a_header_that_is_no_number_tells_nothing(odd: str):
    assert rates.rate(headers(limit=odd, remaining=odd, reset=odd), now=NOW) is None


def test_a_limit_of_zero_or_of_billions_is_no_limit():
    assert rates.rate(headers(limit="0"), now=NOW) == Rate(limit=None, remaining=1640, reset=NOW + 7)
    assert rates.rate(headers(limit="1000000001"), now=NOW) == Rate(limit=None, remaining=1640, reset=NOW + 7)


def test_a_window_that_ended_is_ignored_and_one_that_ends_in_centuries_is_cut_to_a_minute():
    assert rates.rate(headers(reset=str(NOW - 1)), now=NOW) == Rate(limit=1667, remaining=1640)
    assert rates.rate(headers(reset="32472144000"), now=NOW) == Rate(limit=1667, remaining=1640, reset=NOW + 60)


@given(st.binary(max_size=30), st.binary(max_size=30), st.binary(max_size=30), st.binary(max_size=40))
def test_no_headers_whatever_make_a_wait_of_more_than_a_minute(limit: bytes, left: bytes, reset: bytes, after: bytes):
    told = {
        b"x-ratelimit-limit": limit,
        b"x-ratelimit-remaining": left,
        b"x-ratelimit-reset": reset,
        b"retry-after": after,
        b"date": after,
    }
    rates.server_time(told)
    rate = rates.rate(told, now=NOW)
    assert rate is None or rate.reset is None or NOW <= rate.reset <= NOW + 60
    at = rates.retry_at(told, now=NOW)
    assert at is None or NOW <= at <= NOW + 60


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ({b"x-ratelimit-reset": b"1700000007", b"retry-after": b"30"}, NOW + 7),
        ({b"x-ratelimit-reset": b"1600000000", b"retry-after": b"30"}, NOW + 30),
        ({b"retry-after": b"3600"}, NOW + 60),
        ({b"retry-after": b"Tue, 14 Nov 2023 22:13:40 GMT"}, NOW + 20),
        ({b"retry-after": b"Tue, 14 Nov 2000 22:13:40 GMT"}, None),
        ({b"retry-after": b"later"}, None),
        ({}, None),
    ],
)
def test_a_refused_request_may_come_again_at_the_end_of_the_window_or_as_told(told: rates.Headers, at: int | None):
    assert rates.retry_at(told, now=NOW) == at


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (b"Tue, 14 Nov 2023 22:13:20 GMT", NOW),
        (b"Tue, 14 Nov 2023 22:13:20 -0000", NOW),
        (b"", None),
        (b"today", None),
        (b"\xff\xfe", None),
        (b"Tue, 99 Nov 2023 22:13:20 GMT", None),
    ],
)
def test_the_date_header_is_intercoms_clock(written: bytes, at: int | None):
    assert rates.server_time({b"date": written}) == at
