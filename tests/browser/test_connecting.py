"""What the card promises while one waits: a check that is made again by itself, a deletion that is seen to its end."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from integrations.intercom.sandbox.control import Sandbox
from tests.browser.conftest import Enter
from tests.browser.guest import Guest
from tests.browser.states import CARD

pytestmark = pytest.mark.browser


def typed(guest: Guest) -> Page:
    """The wizard with a good token and the sandbox's address."""
    page = guest.visit(f"{CARD}/connect")
    page.get_by_label("Access token").fill(guest.house.token)
    page.get_by_label("API base URL").fill(guest.house.addresses[0])
    return page


def test_a_busy_intercom_is_asked_again_without_a_click(enter: Enter, intercom: Sandbox) -> None:
    intercom.fail("/tags", kind="rate_limited", headers={"X-RateLimit-Reset": str(int(time.time()) + 2)})
    page = typed(enter("cleo"))
    page.get_by_role("button", name="Check token").click()
    expect(page.get_by_text(re.compile(r"Intercom is busy\. Check again in \d+ s\."))).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Sonora checks again by itself then.")).to_be_visible()
    expect(page.get_by_text("Ready to connect Northwind.")).to_be_visible(timeout=20_000)


def test_the_check_says_how_many_closed_conversations_come_until_the_token_changes(enter: Enter) -> None:
    page = typed(enter("cleo"))
    page.get_by_label("Closed conversations from the last").select_option(label="All")
    page.get_by_role("button", name="Check token").click()
    count = page.locator("#closed-count")
    expect(count).to_have_text(re.compile(r"About \d+ closed conversations in all\."), timeout=20_000)
    page.get_by_label("Access token").press("End")
    page.get_by_label("Access token").press_sequentially("x")
    expect(page.get_by_text("Out of date, check again.")).to_be_visible()
    expect(count).to_be_empty()


def test_a_deletion_is_previewed_followed_and_proved(enter: Enter) -> None:
    guest = enter("lea")
    page = guest.visit(f"{CARD}/disconnect")
    expect(page.get_by_text(re.compile(r"\d+ conversations, \d+ messages, .* are removed\."))).to_be_visible()
    page.get_by_label("Delete the data").check()
    page.get_by_role("button", name="Disconnect", exact=True).click()
    expect(page.get_by_text("Type Northwind to delete its data. Nothing was deleted.").first).to_be_visible()
    page.get_by_label("To delete, type the workspace's name: Northwind").fill("Northwind")
    page.get_by_role("button", name="Disconnect", exact=True).click()
    expect(page.get_by_role("heading", name="Removing Intercom data. 0% done.")).to_be_visible()

    worker = guest.house.manage("intercom", "disconnect", "--workspace", "leaving", "--delete", "--yes")
    told = worker.communicate(timeout=60)[0]
    assert worker.returncode == 0, told
    removed = page.get_by_role("table", name="What was removed")
    expect(removed).to_be_visible(timeout=20_000)  # the page went on by itself
    for row in removed.get_by_role("row").all()[1:]:
        expect(row.get_by_role("cell").last).to_have_text("0")
    expect(removed.get_by_role("row").filter(has_text="Conversations").get_by_role("cell").first).not_to_have_text("0")
