"""Two people with one canvas open, each in a window of their own."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvases import begun
from tests.browser.conftest import Enter
from tests.browser.guest import settle

pytestmark = pytest.mark.browser
ONE, OTHER = "Unhappy customers", "Conversations by tag"


@pytest.fixture
def both(enter: Enter) -> tuple[Page, Page]:
    """The pages of ada, whose canvas it is, and of ben, whom she lets change it."""
    owner, other = enter("ada"), enter("ben")
    begun(owner)
    address = owner.page.url.partition("?")[0].partition("#")[0]
    owner.page.get_by_role("link", name="Share").click()
    owner.page.get_by_label("Everybody can change it").check()
    owner.page.get_by_role("button", name="Save").click()
    owner.page.get_by_text("Saved.").wait_for()
    for page in (owner.page, other.page):
        page.goto(address)
        settle(page)
    return owner.page, other.page


def act(page: Page, title: str, button: str, *, under: str = "") -> None:
    page.locator(f"summary[aria-label='More for {title}']").click()
    if under:
        page.locator(".block", has_text=title).locator("summary", has_text=under).click()
    page.locator(".block", has_text=title).get_by_role("button", name=button, exact=True).click()
    settle(page)


def titles(page: Page) -> list[str]:
    page.reload()
    settle(page)
    return page.locator(".canvas-grid h2").all_inner_texts()


def test_who_presses_a_button_of_a_page_that_is_old_is_told_and_undoes_nothing(both: tuple[Page, Page]) -> None:
    ada, ben = both
    act(ada, ONE, "A whole row", under="Size")
    act(ben, ONE, "Remove")
    expect(ben.get_by_text("Ada Admin changed this a moment ago. Nothing was overwritten")).to_be_visible()
    assert ONE in titles(ben)
    act(ben, ONE, "Remove")
    act(ada, ONE, "A third", under="Size")
    expect(ada.get_by_text(f"This block is gone. Ben Member: Removed “{ONE}”.")).to_be_visible()
    assert ONE not in titles(ada)


def test_an_edit_is_not_undone_over_one_that_came_after_it(both: tuple[Page, Page]) -> None:
    ada, ben = both
    act(ben, ONE, "Remove")
    act(ada, OTHER, "Duplicate")
    ben.get_by_role("button", name="Undo").click()
    expect(ben.get_by_text("Ada Admin changed this a moment ago. Nothing was undone")).to_be_visible()
    expect(ben.get_by_role("heading", level=1, name="History")).to_be_visible()
    expect(ben.get_by_text(f"Duplicated “{OTHER}”").first).to_be_visible()
    now = titles(ada)
    assert ONE not in now
    assert f"{OTHER} (copy)" in now
