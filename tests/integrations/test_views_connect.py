"""Connecting in the browser: what is right is stored once, what is wrong gets one sentence beside its field."""

import html
import re
import socket
from typing import Any

import pytest
from django.http import HttpResponse

from integrations.intercom import probes
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.integrations.conftest import CARD, House, stored_rows, typed

EMPTY = "Paste the access token."
SHAPE = "An access token has 20 to 512 letters, digits or = _ - . : + /. Copy it again."
BAD = "Intercom doesn't accept this token. It was rotated, or the app was deleted. Generate a new token and reconnect."
URL = "Use one of Intercom's API addresses"
NET = "We couldn't reach Intercom. Check again in a moment."
NOT_API = "Intercom answered with something that isn't its API. Check again in a moment."
CANARY = "dG9rOmNhbmFyeV90b2tlbl9ub3RfcmVhbA=="


def said(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def beside(response: HttpResponse, field: str) -> str:
    """The one sentence beside *field*, in words."""
    part = said(response).split(f'<div id="{field}-error">')[1].split("</div>")[0]
    return part.split("<span>")[1].split("</span>")[0] if "<span>" in part else ""


def audit_text() -> str:
    with scopes_disabled():
        return " ".join(f"{one.action} {one.subject} {one.detail}" for one in AuditEntry.objects.all())


def test_save_stores_the_connection_and_goes_to_the_card(house: House, intercom: Sandbox) -> None:
    response = house.ada.post(f"{CARD}/connect", typed(intercom))
    assert (response.status_code, response["Location"]) == (302, f"{CARD}#status")
    with scope(workspace=house.workspace):
        connection = Connection.objects.get()
        assert connection.token is not None
        assert connection.token.reveal() == intercom.token
        assert (connection.token_last4, connection.app_name, connection.region) == (
            intercom.token[-4:],
            "Northwind",
            "us",
        )
        assert (connection.lookback_days, connection.interval, connection.show_internal_notes) == (30, 1800, True)
        assert (connection.analyse_sentiment, connection.analyse_requests) == (True, True)
        assert SyncState.objects.get().next_due is not None
        assert connection.permission_checks.count() == 5
    page = said(house.ada.get(CARD))
    assert "Intercom is connected. The first sync has started." in page
    assert intercom.token not in page


def test_the_token_may_be_pasted_with_blanks_quotes_and_bearer(house: House, intercom: Sandbox) -> None:
    response = house.ada.post(f"{CARD}/connect", typed(intercom, token=f' "Bearer {intercom.token}"\n'))
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("", EMPTY),
        ("   ", EMPTY),
        ("Bearer ", EMPTY),
        ("too-short", SHAPE),
        ("a" * 513, SHAPE),
        ("x" * 5000, SHAPE),
        (f"{CANARY} {CANARY}", SHAPE),
        (f"{CANARY}\nX-Evil: 1", SHAPE),
        (f"{CANARY}\x00", SHAPE),
        (f"tök{CANARY}", SHAPE),
        (f"{CANARY[:9]}\u200b{CANARY[9:]}", SHAPE),
        (f"\u202e{CANARY}", SHAPE),
        (CANARY, BAD),
    ],
)
def test_a_token_that_is_none_gets_one_sentence_and_nothing_is_stored(
    house: House, intercom: Sandbox, caplog: pytest.LogCaptureFixture, token: str, sentence: str
) -> None:
    response = house.ada.post(f"{CARD}/connect", typed(intercom, token=token))
    assert response.status_code == 422
    assert beside(response, "token") == sentence
    assert beside(response, "base-url") == ""
    assert keeps_what_was_typed(response, intercom.url)
    assert stored_rows() == 0
    for sink in (said(response), audit_text(), caplog.text):
        assert CANARY not in sink


def keeps_what_was_typed(response: HttpResponse, address: str) -> bool:
    page = said(response)
    return (
        f'value="{address}"' in page
        and '<option value="30" selected>' in page
        and '<option value="1800" selected>' in page
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://api.intercom.io",
        "https://api.intercom.io@evil.example/",
        "https://api.intercom.io\\@evil.example/",
        "https://api.intercom.io%2eevil.example/",
        "https://api.intercom.io.evil.example",
        "https://evilapi.intercom.io",
        "https://x.intercom.io",
        "https://аpi.intercom.io",
        "https://api。intercom。io",
        "https://api.intercom.io:22",
        "https://api.intercom.io:99999",
        "https://user:pw@api.intercom.io",
        "https://api.intercom.io/conversations",
        "https://127.0.0.1",
        "http://127.0.0.1:1",
        "https://169.254.169.254/",
        "https://[::ffff:169.254.169.254]",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://api.inter\tcom.io",
    ],
)
def test_an_address_that_is_not_intercoms_is_refused_beside_its_field(
    house: House, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    dialled: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: dialled.append(where))
    response = house.ada.post(f"{CARD}/connect", typed(intercom, base_url=address))
    assert response.status_code == 422
    assert beside(response, "base-url").startswith(URL)
    assert beside(response, "token") == ""
    assert stored_rows() == 0
    assert dialled == []
    assert intercom.token not in said(response)
    if address.isprintable():
        assert f'value="{address}"' in said(response)


TROUBLE: dict[str, tuple[dict[str, Any], str]] = {
    "down": ({"kind": "status", "status": 503}, NET),
    "broken": ({"kind": "status", "status": 500}, NET),
    "slow": ({"kind": "hang"}, NET),
    "unauthorized": ({"kind": "status", "status": 401, "code": "unauthorized"}, BAD),
    "forbidden": ({"kind": "status", "status": 403, "code": "forbidden"}, "This token can't read"),
    "busy": ({"kind": "rate_limited"}, "Intercom is busy. Check again in"),
    "html": ({"kind": "html", "status": 200}, NOT_API),
    "moved": ({"kind": "redirect"}, NOT_API),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_at_intercom_gets_one_sentence_and_nothing_is_stored(
    house: House, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble: str
) -> None:
    monkeypatch.setattr(probes, "TOGETHER", 1.0)  # seconds; nine of them would only make the test slow
    rule, sentence = TROUBLE[trouble]
    intercom.fail("*", times=None, **rule)
    response = house.ada.post(f"{CARD}/connect", typed(intercom))
    assert response.status_code == 422
    assert said(response).count('class="error-summary"') == 1
    assert sentence in said(response)
    assert keeps_what_was_typed(response, intercom.url)
    assert stored_rows() == 0
    for sink in (said(response), audit_text(), caplog.text):
        assert intercom.token not in sink


def test_intercom_that_cannot_be_reached_gets_one_sentence(house: House, intercom: Sandbox, settings: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}"
    settings.INTERCOM_EXTRA_BASE_URLS = [nobody]
    response = house.ada.post(f"{CARD}/connect", typed(intercom, base_url=nobody))
    assert response.status_code == 422
    assert NET in said(response)
    assert stored_rows() == 0


def test_another_region_names_the_right_address_and_one_click_switches(
    house: House, intercom: Sandbox, settings: Any
) -> None:
    eu = intercom.url.replace("127.0.0.1", "localhost")
    settings.INTERCOM_EXTRA_BASE_URLS = [f"us={intercom.url}", f"eu={eu}"]
    intercom.settings(region="Europe")
    response = house.ada.post(f"{CARD}/connect", typed(intercom))
    assert response.status_code == 422
    assert beside(response, "base-url") == f"This workspace is in Europe. Use {eu}."
    assert f'name="switch_to" value="{eu}"' in said(response)
    assert stored_rows() == 0
    assert house.ada.post(f"{CARD}/connect", typed(intercom, switch_to=eu)).status_code == 302
    with scope(workspace=house.workspace):
        connection = Connection.objects.get()
    assert (connection.base_url, connection.region) == (eu, "eu")


def test_the_address_may_be_kept_against_the_region(house: House, intercom: Sandbox) -> None:
    intercom.settings(region="Europe")
    assert house.ada.post(f"{CARD}/connect", typed(intercom, keep_base_url="1")).status_code == 302
    with scope(workspace=house.workspace):
        assert Connection.objects.get().base_url == intercom.url


def test_without_a_script_the_chosen_region_counts_while_the_address_is_as_it_came(
    house: House, intercom: Sandbox
) -> None:
    usual = "https://api.intercom.io"
    sent = typed(intercom, base_url=usual, base_url_came_as=usual, region=intercom.url)
    assert house.ada.post(f"{CARD}/connect", sent).status_code == 302


@pytest.mark.parametrize(
    ("scope_", "missing"), [("read_conversations", "Read conversations"), ("read_users", "Read users and contacts")]
)
def test_a_token_without_what_is_needed_is_not_stored(
    house: House, intercom: Sandbox, scope_: str, missing: str
) -> None:
    intercom.settings(missing_scopes=[scope_])
    response = house.ada.post(f"{CARD}/connect", typed(intercom))
    assert response.status_code == 422
    assert f"Turn on {missing} in Intercom" in beside(response, "token")
    assert stored_rows() == 0


def test_a_token_without_tags_is_stored_with_a_warning(house: House, intercom: Sandbox) -> None:
    intercom.settings(missing_scopes=["read_tags"])
    assert house.ada.post(f"{CARD}/connect", typed(intercom)).status_code == 302
    page = said(house.ada.get(CARD))
    assert "Intercom doesn't let this token read tags. Everything else is syncing." in page
    assert "Fix permission" in page


def test_two_clicks_connect_once(house: House, intercom: Sandbox) -> None:
    house.ada.post(f"{CARD}/connect", typed(intercom))
    before = stored_rows()
    response = house.ada.post(f"{CARD}/connect", typed(intercom), follow=True)
    assert response.redirect_chain[-1][0] == CARD
    assert "Intercom is already connected." in said(response)
    assert stored_rows() == before


def test_the_wizard_shows_exactly_the_allowed_addresses(house: House, intercom: Sandbox, settings: Any) -> None:
    page = said(house.ada.get(f"{CARD}/connect"))
    for address in ("https://api.intercom.io", "https://api.eu.intercom.io", "https://api.au.intercom.io"):
        assert f'data-fill-with="{address}"' in page
    assert f'data-fill-with="{intercom.url}"' in page
    settings.INTERCOM_EXTRA_BASE_URLS = []
    assert said(house.ada.get(f"{CARD}/connect")).count("data-fill-with=") == 3


def test_a_custom_lookback_needs_its_days(house: House, intercom: Sandbox) -> None:
    response = house.ada.post(f"{CARD}/connect", typed(intercom, lookback="custom"))
    assert "Give a whole number of days." in said(response)
    assert house.ada.post(f"{CARD}/connect", typed(intercom, lookback="custom", lookback_days="45")).status_code == 302
    with scope(workspace=house.workspace):
        assert Connection.objects.get().lookback_days == 45


def test_reconnecting_asks_for_the_token_alone_and_keeps_the_rest(house: House, intercom: Sandbox) -> None:
    house.ada.post(f"{CARD}/connect", typed(intercom))
    page = said(house.ada.get(f"{CARD}/connect?mode=reconnect"))
    assert "Your synced data and matches stay." in page
    assert "What to bring in" not in page
    sent = {"token": intercom.token, "base_url": intercom.url, "base_url_came_as": intercom.url}
    assert house.ada.post(f"{CARD}/connect?mode=reconnect", sent).status_code == 302
    with scope(workspace=house.workspace):
        connection = Connection.objects.get()
        assert (connection.lookback_days, connection.generation) == (30, 2)


def test_a_token_of_another_workspace_is_refused_on_reconnect(house: House, intercom: Sandbox) -> None:
    house.ada.post(f"{CARD}/connect", typed(intercom))
    intercom.settings(app_id="fabrikam")
    sent = {"token": intercom.token, "base_url": intercom.url, "base_url_came_as": intercom.url}
    response = house.ada.post(f"{CARD}/connect?mode=reconnect", sent)
    assert response.status_code == 422
    assert beside(response, "token").startswith("This token belongs to ")
    with scope(workspace=house.workspace):
        assert Connection.objects.get().generation == 1


def test_save_leaves_off_what_is_not_to_be_analysed(house: House, intercom: Sandbox) -> None:
    sent = typed(intercom)
    del sent["analyse_sentiment"]
    assert house.ada.post(f"{CARD}/connect", sent).status_code == 302
    with scope(workspace=house.workspace):
        connection = Connection.objects.get()
        assert (connection.analyse_sentiment, connection.analyse_requests) == (False, True)


def test_that_the_app_is_made_can_be_ticked_and_is_sent_nowhere(house: House) -> None:
    page = said(house.ada.get(f"{CARD}/connect"))
    tick = re.search(r"(<input[^>]*>)<span>I've created the app</span>", page)
    assert tick is not None
    assert "name=" not in tick[1]
