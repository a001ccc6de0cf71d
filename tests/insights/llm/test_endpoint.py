import pytest

from sonora.core.secret import SecretStr
from sonora.insights.llm.endpoint import EndpointRefused, endpoint

KEY = SecretStr("sk-test-0000-not-a-real-key")


def test_nothing_is_asked_without_an_address():
    assert endpoint("", key=KEY, model="m") is None


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/v1",
        "https://api.example.com/v1/",
        "http://127.0.0.1:8080/v1",
        "http://localhost/v1",
        "http://[::1]:1/v1",
    ],
)
def test_https_is_asked_and_http_on_this_machine(url: str):
    place = endpoint(url, key=KEY, model="m")
    assert place
    assert place.url == url.rstrip("/") + "/chat/completions"
    assert KEY.reveal() not in repr(place)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1",
        "http://10.0.0.5/v1",
        "http://localhost.example.com/v1",
        "ftp://api.example.com",
        "api.example.com",
        "https://",
        "https://user:hidden-word@api.example.com",
        "https://api.example.com/?key=hidden-word",
        "https://api.example.com/#hidden-word",
        "https://api.example.com:port/",
        "https://[::1/",
    ],
)
def test_other_addresses_are_refused_without_being_repeated(url: str):
    with pytest.raises(EndpointRefused) as refused:
        endpoint(url, key=KEY, model="m")
    assert "hidden-word" not in str(refused.value)


def test_a_model_must_be_named_and_a_key_fit_a_header():
    with pytest.raises(EndpointRefused, match="which model"):
        endpoint("https://api.example.com", key=KEY, model="")
    with pytest.raises(EndpointRefused, match="header"):
        endpoint("https://api.example.com", key=SecretStr("schlüssel\n"), model="m")
