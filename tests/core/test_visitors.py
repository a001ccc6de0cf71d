"""Whose address a request has: nobody can claim to come from somewhere else."""

from typing import Any

import pytest
from django.test import RequestFactory

from sonora.core import visitors

PROXY, VISITOR, CLAIMED = "10.0.0.9", "203.0.113.7", "198.51.100.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, PROXY),  # which is a visitor, where there is none
        (0, VISITOR, PROXY),
        (1, VISITOR, VISITOR),
        (1, f"{CLAIMED}, {VISITOR}", VISITOR),
        (2, f"{CLAIMED}, {VISITOR}, 10.0.0.8", VISITOR),
        (2, VISITOR, VISITOR),  # one proxy wrote nothing
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, f"{VISITOR}:4711", VISITOR),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "<script>", PROXY),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(proxies: int, forwarded: str | None, expected: str, settings: Any):
    settings.PROXIES_IN_FRONT = proxies
    told = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert visitors.address(RequestFactory().get("/", REMOTE_ADDR=PROXY, **told)) == expected


def test_a_socket_file_has_no_address(settings: Any):
    settings.PROXIES_IN_FRONT = 0
    assert visitors.address(RequestFactory().get("/", REMOTE_ADDR="")) is None
