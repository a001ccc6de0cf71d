"""A token that the address of one region refuses: the others are asked when a person wants it, and nobody else is."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from tests.integrations.conftest import CARD, House, stored_rows, typed

CHECK = f"{CARD}/checks"


@pytest.fixture(scope="module")
def _europe() -> Iterator[Sandbox]:
    with Sandbox(conversations=1, token="dG9rOm9mX2V1cm9wZV9hbG9uZQ") as sandbox:
        yield sandbox


@pytest.fixture
def europe(_europe: Sandbox, intercom: Sandbox, settings: Any) -> Sandbox:
    """The address of Europe, which accepts another token than `intercom`, the address of the US."""
    _europe.clear()
    _europe.reset_log()
    settings.INTERCOM_EXTRA_BASE_URLS = [f"us={intercom.url}", f"eu={_europe.url}"]
    return _europe


def said(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_a_refusal_offers_the_other_regions_and_names_them(house: House, intercom: Sandbox, europe: Sandbox) -> None:
    page = house.ada.post(CHECK, typed(intercom, base_url=europe.url))
    assert 'name="elsewhere"' in page.content.decode()
    assert f"Sonora can show this token to {intercom.url} ." in said(page)
    assert intercom.requests() == [], "nobody has asked for it"


def test_the_region_that_takes_the_token_is_named_and_one_click_saves_it_there(
    house: House, intercom: Sandbox, europe: Sandbox
) -> None:
    page = house.ada.post(CHECK, typed(intercom, base_url=europe.url, elsewhere="1"))
    assert f"This token is accepted in the United States. Use {intercom.url}." in said(page)
    assert f'name="switch_to" value="{intercom.url}"' in page.content.decode()
    assert "Keep anyway" not in said(page)
    assert stored_rows() == 0
    saved = house.ada.post(f"{CARD}/connect", typed(intercom, base_url=europe.url, switch_to=intercom.url))
    assert saved.status_code == 302


def test_only_the_allowed_addresses_see_the_token(house: House, intercom: Sandbox, europe: Sandbox) -> None:
    house.ada.post(CHECK, typed(intercom, base_url=europe.url, elsewhere="1"))
    assert europe.requests() == [], "it was asked before, and refused"
    assert len(intercom.requests()) == 6
    with_stranger = typed(intercom, base_url="https://elsewhere.example", elsewhere="1")
    assert "Use one of Intercom's API addresses" in said(house.ada.post(CHECK, with_stranger))


def test_a_token_that_no_region_takes_is_said_to_be_dead(house: House, intercom: Sandbox, europe: Sandbox) -> None:
    intercom.settings(revoked="unauthorized")
    page = said(house.ada.post(CHECK, typed(intercom, base_url=europe.url, elsewhere="1")))
    assert "No region of Intercom accepts this token. Generate a new token and paste it." in page
    assert "Check the other regions" not in page


def test_a_region_that_does_not_answer_is_not_taken_for_a_refusal(
    house: House, intercom: Sandbox, europe: Sandbox, settings: Any
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = ["us=http://127.0.0.1:9", f"eu={europe.url}"]
    page = said(house.ada.post(CHECK, typed(intercom, base_url=europe.url, elsewhere="1")))
    assert "No region of Intercom accepts" not in page
    assert "couldn't reach Intercom" in page


def test_the_us_address_passes_tokens_on_so_nothing_is_offered_there(
    house: House, intercom: Sandbox, europe: Sandbox
) -> None:
    page = house.ada.post(CHECK, typed(europe, base_url=intercom.url))
    assert "Check the other regions" not in said(page)
