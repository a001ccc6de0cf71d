"""Which domain a firm owns."""

import time

import pytest

from sonora.customers.matching.domains import of_email, of_website


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.acme.co.uk/about?x=1#y", "acme.co.uk"),
        ("acme.de", "acme.de"),
        (" HTTP://Shop.ACME.com:8080/ ", "acme.com"),
        ("https://user:secret@acme.com/", "acme.com"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example.", "xn--bcher-kva.example"),
        ("acme.github.io", "acme.github.io"),
        ("ines@acme.example", "acme.example"),
    ],
)
def test_a_website_tells_the_domain_that_somebody_registered(text: str, domain: str):
    assert of_website(text) == domain


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "n/a", "localhost", "http://", "https:///path", "co.uk", "com", "github.io", "gmail.com",
        "https://www.facebook.com/acme", "linkedin.com/company/acme", "127.0.0.1", "http://[::1]/", "http://10.0.0.1:80",
        "yahoo.fr", "hotmail.co.uk", "https://acme..com", "a" * 300 + ".com", "http://ac me.com", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_nobodys_or_anybodys_is_no_domain(text: str):
    assert of_website(text) == ""


@pytest.mark.parametrize(
    ("address", "domain"),
    [("ines@mail.acme.co.uk", "acme.co.uk"), ("INES@ACME.DE", "acme.de"), ("ines+x@acme.example", "acme.example")],
)
def test_an_address_tells_its_domain(address: str, domain: str):
    assert of_email(address) == domain


@pytest.mark.parametrize(
    "address", ["ines@gmail.com", "ines@web.de", "ines@co.uk", "acme.de", "@acme.de", "a@b@acme.de", "ines@", "", "@"]
)
def test_free_mail_and_what_is_no_address_tell_none(address: str):
    assert of_email(address) == ""


@pytest.mark.parametrize("unit", ["a@", "a.", "/", "://", "@", "é.", ":", "-", "xn--"])
def test_a_hundred_thousand_characters_take_no_time(unit: str):
    text = (unit * 100_000)[:100_000]
    of_website("acme.de")  # reads the list
    began = time.process_time()
    of_website(text)
    of_email(text)
    of_email(f"{text}@acme.de")
    assert time.process_time() - began < 0.05
