"""The guide in the app: what it must say is there, and what it says is so."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from integrations import permissions
from integrations.connections import Connection
from integrations.providers import provider_named
from sonora.workspaces.models import User
from tests.factories.cast import Cast

Browser = Callable[[User | None], Client]

PROMISED = [
    "Intercom brings your customer messaging into Sonora.",
    "Authentication uses a Developer App access token.",
    "The token is read-only",
    "Conversations and conversation parts (messages)",
    "Contacts (users and leads)",
    "Companies",
    "Admins (your team members in Intercom)",
    "Tags",
    "Sonora doesn’t send messages or modify Intercom data.",
    "Intercom admin access on the workspace you’re connecting",
    "A developer.intercom.com account (you can sign in with your Intercom credentials)",
    "Go to developers.intercom.com and sign in.",
    "Click New app. Name it “Sonora Integration” and select your workspace.",
    "Click Create app.",
    "In your app settings, on the Permissions tab, enable read access for:",
    "You don’t need any write permissions.",
    "In your app settings, on the Authentication tab, copy the Access Token.",
    "Settings → Integrations → Intercom → Connect.",
    (
        "Paste the access token. If your workspace lives in a region other than US (e.g., EU or Australia), provide the"
        " regional API base URL — Sonora’s setup form has a field for it"
    ),
    "Save.",
    (
        "The initial sync pulls open conversations plus a configurable lookback window of closed conversations."
        " Subsequent syncs are incremental."
    ),
    "Intercom companies map to Sonora customers via name and external ID.",
    "Otherwise, set up name-based matching in the Intercom card.",
    (
        "If you set the company_id in Intercom to match an external ID Sonora already knows about (typically your CRM’s"
        " account ID), matching is automatic."
    ),
    "From Settings → Integrations, disconnect the Intercom card.",
    "To revoke at the Intercom side, delete the Developer App at developers.intercom.com.",
    "“401 Unauthorized” — The token was rotated or the Developer App was deleted. Generate a new token and reconnect.",
    (
        "Conversations missing — Confirm the app has all four read permissions, and that the conversations belong to an"
        " inbox the app can access. Restricted teams or assignment rules can hide conversations from app-level access."
    ),
    (
        "Wrong region — If you’re on Intercom’s EU or Australia region and didn’t set the regional base URL, the"
        " connection will succeed but return empty data."
    ),
    (
        "Reopen the Intercom card and add the correct base URL"
        " ( https://api.eu.intercom.io or https://api.au.intercom.io )."
    ),
    "Outbound conversations without a reply.",
]


@pytest.fixture
def guide(cast: Cast, as_user: Browser) -> str:
    """The words of the guide, as a member reads them."""
    page = as_user(cast.ben).get("/help/intercom").content.decode()
    return _plain(re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("sentence", PROMISED)
def test_the_guide_says_it(guide: str, sentence: str) -> None:
    assert _plain(sentence) in guide


def test_the_permissions_are_those_that_are_checked(guide: str) -> None:
    asked = [title for title in permissions.TITLES.values() if title.startswith("Read ")]
    assert len(asked) == 4
    assert all(title in guide for title in asked)


def test_the_addresses_are_those_that_may_be_typed(guide: str) -> None:
    told = set(re.findall(r"https://api[.a-z]+\.io", guide))
    assert told == {address for address in provider_named("intercom").base_urls() if address.count(".") == 3}


def test_lookback_and_schedule_are_the_ones_that_are_set_without_a_choice(guide: str) -> None:
    made = Connection()
    told = f"The lookback is {made.lookback_days} days and a sync runs every {made.interval // 60} minutes"
    assert told in guide


def _plain(text: str) -> str:
    """One space between words, none before a stop, and one kind of apostrophe."""
    return re.sub(r" ([.,:])", r"\1", " ".join(html.unescape(text).replace("'", "’").split()))
