"""One house, one pair of sandboxes and one Chromium for all browser tests; a context of its own for each of them."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from integrations.intercom.sandbox.control import Sandbox
from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.world.customers import customers_csv
from tests.browser import hostile
from tests.browser.guest import Guest
from tests.browser.house import House
from tests.browser.watch import Watch

CONVERSATIONS = 150
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Enter = Callable[..., Guest]


@pytest.fixture(scope="session")
def intercom() -> Iterator[Sandbox]:
    with Sandbox(conversations=CONVERSATIONS, seed=3) as sandbox:
        first = next(row for row in sandbox.objects() if row["type"] == "conversation" and row["parts_total"] > 3)
        sandbox.mutate("redact_part", id=first["id"])
        yield sandbox


@pytest.fixture(scope="session")
def evil_intercom() -> Iterator[Sandbox]:
    with Sandbox(conversations=12, app_id="evil1234", name=hostile.NAME) as sandbox:
        hostile.fill(sandbox)
        yield sandbox


@pytest.fixture(scope="session")
def house(intercom: Sandbox, evil_intercom: Sandbox) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="sonora-browser-") as folder:
        made = House(Path(folder), [intercom.url, evil_intercom.url])
        options = Options(conversations=CONVERSATIONS, seed=3).settled()
        made.prepare(
            {
                "url": intercom.url,
                "hostile_url": evil_intercom.url,
                "token": intercom.token,
                "customers_csv": customers_csv(options),
            }
        ).open()
        yield made
        made.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with _launch(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def large_print(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium of somebody who set text to double size."""
    with _launch(playwright, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26") as browser:
        yield browser


def _launch(playwright: Playwright, *flags: str) -> Browser:
    """The Chromium of CHROMIUM, of the PATH, or Playwright's own."""
    path = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=path or None, args=[*FLAGS, *flags])


@pytest.fixture
def enter(chromium: Browser, house: House) -> Iterator[Enter]:
    """Opens a browser window for a person of the cast, or for nobody; what went wrong in it fails the test."""
    guests: list[Guest] = []

    def open_window(
        name: str = "",
        *,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        scripts: bool = True,
        init: str = "",
        browser: Browser = chromium,
    ) -> Guest:
        context = browser.new_context(
            base_url=house.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        if init:
            context.add_init_script(init)
        if name:
            session = house.facts["people"][name]["session"]
            context.add_cookies([{"name": "sessionid", "value": session, "url": house.url}])
        watch = Watch(house.url)
        context.on("request", watch.request)
        context.on("response", watch.response)
        context.on("console", watch.console)
        context.on("weberror", watch.error)
        page: Page = context.new_page()
        guests.append(Guest(page, house, watch))
        return guests[-1]

    yield open_window
    for guest in guests:
        guest.page.context.close()
    for guest in guests:
        assert not guest.watch.complaints, "\n".join(guest.watch.complaints)
