"""The check in the wizard: what it tells, what it counts, when it is made again. It stores nothing."""

import html
import re
import time

import pytest
from django.http import HttpResponse

from integrations.intercom.sandbox.control import Sandbox
from tests.integrations.conftest import CARD, House, stored_rows, typed

HTMX = {"HX-Request": "true"}


def said(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def test_the_check_tells_what_the_token_may_read_and_stores_nothing(house: House, intercom: Sandbox) -> None:
    response = house.ada.post(f"{CARD}/checks", typed(intercom), headers=HTMX)
    assert response.status_code == 200
    for words in (
        "Ready to connect Northwind.",
        "matches the base URL",
        "Read tags",
        "Rate limit",
        "conversations, one changed ",
    ):
        assert words in said(response)
    for probe in ("GET /me", "GET /admins", "POST /conversations/search", "POST /companies/list", "GET /tags"):
        assert f"<code>{probe}</code> 200" in said(response)
    assert "<html" not in said(response)
    assert stored_rows() == 0
    assert intercom.token not in said(response)


def closed(intercom: Sandbox, *, days: int | None) -> int:
    """How many closed conversations of the sandbox changed in the last *days*."""
    since = 0 if days is None else time.time() - days * 86_400
    rows = (row for row in intercom.objects() if row["type"] == "conversation" and row["state"] == "closed")
    return sum(row["updated_at"] > since for row in rows)


@pytest.mark.parametrize(
    ("lookback", "days", "when"),
    [("30", 30, "from the last 30 days"), ("custom", 7, "from the last 7 days"), ("all", None, "in all")],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_the_check_tells_how_many_closed_conversations_the_lookback_brings_in(
    house: House, intercom: Sandbox, lookback: str, days: int | None, when: str, htmx: bool
) -> None:
    sent = typed(intercom, lookback=lookback, lookback_days=str(days or ""))
    page = said(house.ada.post(f"{CARD}/checks", sent, headers=HTMX if htmx else {}))
    count = closed(intercom, days=days)
    assert count > 0
    noun = "conversation" if count == 1 else "conversations"
    assert f">About {count} closed {noun} {when}.</p>" in page


def test_without_a_lookback_nobody_asks_for_closed_conversations(house: House, intercom: Sandbox) -> None:
    page = said(house.ada.post(f"{CARD}/checks", typed(intercom, lookback="0"), headers=HTMX))
    assert "closed conversation" not in page
    assert len(intercom.requests()) == 6


def test_a_token_that_cannot_be_used_counts_nothing(house: House, intercom: Sandbox) -> None:
    intercom.settings(region="Europe")
    page = said(house.ada.post(f"{CARD}/checks", typed(intercom), headers=HTMX))
    assert "This workspace is in Europe." in page
    assert "closed conversation" not in page


def test_another_token_takes_the_result_and_its_count_away(house: House) -> None:
    empty = '<p class="hint" id="closed-count" role="status" hx-swap-oob="true"></p>'
    assert empty in said(house.ada.get(f"{CARD}/checks/stale"))
    assert "closed-count" not in said(house.ada.get(f"{CARD}/checks/stale?mode=reconnect"))


def test_the_check_answers_with_the_page_where_there_is_no_script(house: House, intercom: Sandbox) -> None:
    response = house.ada.post(f"{CARD}/checks", typed(intercom))
    assert "Ready to connect Northwind." in said(response)
    assert f'value="{intercom.url}"' in said(response)
    assert '<option value="30" selected>' in said(response)
    assert intercom.token not in said(response)


def test_the_check_says_beside_the_field_what_cannot_be(house: House, intercom: Sandbox) -> None:
    response = house.ada.post(f"{CARD}/checks", {"token": "", "base_url": "x"}, headers=HTMX)
    assert "Paste the access token." in said(response)
    assert "Use one of Intercom's API addresses" in said(response)
    assert intercom.requests() == []


def test_a_busy_intercom_is_asked_again_by_itself_while_the_token_is_on_the_page(
    house: House, intercom: Sandbox
) -> None:
    intercom.fail("*", kind="rate_limited", times=None)
    fragment = said(house.ada.post(f"{CARD}/checks", typed(intercom), headers=HTMX))
    seconds = re.search(r"Intercom is busy\. Check again in (\d+) s\.", fragment)
    assert seconds is not None
    assert f'hx-trigger="load delay:{seconds[1]}s"' in fragment
    assert "Sonora checks again by itself then." in fragment
    page = said(house.ada.post(f"{CARD}/checks", typed(intercom)))
    assert re.search(r"Intercom is busy\. Check again in \d+ s\.", page)  # which came without the token
    assert "by itself" not in page


def test_checks_are_limited_for_each_person(house: House, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.throttle.CHECKS", 2)
    send = {"data": typed(intercom), "headers": HTMX}
    answers = [said(house.ada.post(f"{CARD}/checks", **send)) for _ in range(3)]
    assert ["Ready to connect" in answer for answer in answers] == [True, True, False]
    assert "many checks" in answers[2]
    assert "Ready to connect" in said(house.cleo.post(f"{CARD}/checks", **send))
    assert house.ada.post(f"{CARD}/connect", typed(intercom)).status_code == 422
    assert stored_rows() == 0
