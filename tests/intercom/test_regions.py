import socket

import pytest

from integrations.intercom.regions import (
    REGIONS,
    BaseUrlRefused,
    allowed_origins,
    parse_base_url,
    region_of,
    right_base_url,
)

EXTRA = ["us=http://127.0.0.1:9001", "http://127.0.0.1:9002", "EU = http://127.0.0.1:9003/"]

REFUSED = [
    "",
    "   ",
    "http://api.intercom.io",
    "HTTP://api.intercom.io",
    "https://api.intercom.io@evil.example/",
    "https://api.intercom.io\\@evil.example/",
    "https://api.intercom.io%2eevil.example/",
    "https://api.intercom.io.evil.example",
    "https://evilapi.intercom.io",
    "https://x.intercom.io",
    "https://intercom.io",
    "https://\u0430pi.intercom.io",  # a Cyrillic a
    "https://api\u3002intercom\u3002io",
    "https://api.intercom.io:22",
    "https://api.intercom.io:99999",
    "https://api.intercom.io:",
    "https://api.intercom.io:443:443",
    "https://user:pw@api.intercom.io",
    "https://127.0.0.1",
    "https://localhost",
    "https://127.1",
    "https://0x7f.1",
    "https://2130706433",
    "https://0177.0.0.1",
    "https://169.254.169.254/",
    "https://[::ffff:169.254.169.254]",
    "https://[fd00:ec2::254]",
    "https://metadata.google.internal",
    "https://100.100.100.200",
    "https://[64:ff9b::7f00:1]",
    "https://[2002:7f00:1::]",
    "https://224.0.0.1",
    "https://0.0.0.0",
    "https://[::]",
    "https://[fe80::1%25eth0]",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_x",
    "ftp://api.intercom.io",
    "data:text/html,x",
    "javascript:alert(1)",
    "https://api.inter\tcom.io",
    "https://api.inter\ncom.io",
    "https://api.intercom.io\0",
    "https://api.intercom.io/conversations",
    "https://api.intercom.io?x=1",
    "https://api.intercom.io#x",
    "https://https://api.intercom.io",
    "https:/api.intercom.io",
    "https:api.intercom.io",
    "//api.intercom.io",
    "https://api.intercom.io..",
    "https://.api.intercom.io",
    "https://" + "a" * 300,
]


@pytest.mark.parametrize("typed", REFUSED)
def test_anything_but_an_api_address_is_refused_in_one_sentence_without_a_socket(
    typed: str, monkeypatch: pytest.MonkeyPatch
):
    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("An address is read, not resolved.")

    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket, "socket", forbidden)
    with pytest.raises(BaseUrlRefused) as caught:
        parse_base_url(typed)
    sentence = caught.value.user_message
    assert sentence.startswith("Use one of Intercom's API addresses: ")
    assert sentence.endswith(".")
    assert "evil" not in sentence


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "this field is empty"),
        ("http://api.intercom.io", "it must start with https://"),
        ("https://api.intercom.io/me", "leave out everything after the host"),
        ("https://api.intercom.io:22", "leave out the port"),
        ("https://user:pw@api.intercom.io", "leave out user name and password"),
        ("https://\u0430pi.intercom.io", "this holds a character that none of them has"),
        ("https://api.inter\tcom.io", "this holds a character that none of them has"),
        ("https://evil.example", "this is another host"),
        ("https://" + "a" * 300, "this is too long"),
    ],
)
def test_the_sentence_says_what_is_wrong(typed: str, why: str):
    with pytest.raises(BaseUrlRefused) as caught:
        parse_base_url(typed)
    assert caught.value.user_message == f"Use one of Intercom's API addresses: {why}."


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("https://api.intercom.io", "us"),
        ("https://API.INTERCOM.IO./", "us"),
        ("  https://api.intercom.io/  \n", "us"),
        ("https://api.intercom.io//", "us"),
        ("api.intercom.io", "us"),
        ("https://api.intercom.io:443", "us"),
        ("HTTPS://api.eu.intercom.io", "eu"),
        ("api.au.intercom.io/", "au"),
    ],
)
def test_an_api_address_written_loosely_means_our_own_constant(typed: str, region: str):
    origin = parse_base_url(typed)
    assert (origin.base_url, origin.region, origin.extra) == (REGIONS[region].api, region, False)


@pytest.mark.parametrize(
    ("typed", "region"),
    [("http://127.0.0.1:9001", "us"), (" http://127.0.0.1:9002/ ", ""), ("http://127.0.0.1:9003", "eu")],
)
def test_an_extra_origin_is_accepted_exactly(typed: str, region: str):
    origin = parse_base_url(typed, EXTRA)
    assert (origin.base_url, origin.region, origin.extra) == (typed.strip().rstrip("/"), region, True)


@pytest.mark.parametrize(
    "typed", ["http://127.0.0.1:9004", "http://127.0.0.1:90010", "127.0.0.1:9001", "http://127.0.0.1:9001/me"]
)
def test_what_only_resembles_an_extra_origin_is_refused(typed: str):
    with pytest.raises(BaseUrlRefused):
        parse_base_url(typed, EXTRA)


@pytest.mark.parametrize(
    "entry", ["mars=http://127.0.0.1:1", "ftp://127.0.0.1", "us=", "http://", "http://a@b", "http://127.0.0.1:1/path"]
)
def test_an_entry_of_the_settings_that_is_no_origin_is_a_loud_error(entry: str):
    with pytest.raises(ValueError, match="INTERCOM_EXTRA_BASE_URLS"):
        allowed_origins([entry])


def test_empty_entries_of_the_settings_are_nothing():
    assert len(allowed_origins(["", "  "])) == 3


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("US", "us"),
        ("eu", "eu"),
        ("Europe", "eu"),
        (" AU ", "au"),
        ("AUSTRALIA", "au"),
        ("Mars", ""),
        ("", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_the_region_of_me_is_known_by_several_names_and_else_is_no_verdict(name: object, key: str):
    assert region_of(name) == key


def test_the_right_address_is_of_the_same_kind_where_there_is_one():
    here = parse_base_url("http://127.0.0.1:9001", EXTRA)
    assert right_base_url("eu", here, EXTRA) == "http://127.0.0.1:9003"
    assert right_base_url("au", here, EXTRA) == "https://api.au.intercom.io"
    assert right_base_url("eu", parse_base_url("https://api.intercom.io"), EXTRA) == "https://api.eu.intercom.io"
