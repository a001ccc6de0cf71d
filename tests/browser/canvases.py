"""Canvases and blocks in their important states, and how somebody gets there."""

from collections.abc import Callable

from tests.browser.guest import Guest, settle
from tests.browser.state import State, at


def begun(guest: Guest) -> None:
    page = guest.visit("/canvas")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Title").fill("Enterprise watch")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", level=1, name="Enterprise watch").wait_for()
    settle(page)


def filtered(guest: Guest) -> None:
    begun(guest)
    page = guest.page
    page.goto(f"{page.url.partition('#')[0]}/filters?set=1&state=open&updated=this-year")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("From the canvas").first.wait_for()
    settle(page)


def menu(guest: Guest) -> None:
    begun(guest)
    guest.page.locator("summary[aria-label^='More for Conversations by tag']").click()


def types(guest: Guest) -> None:
    menu(guest)
    guest.page.locator("summary", has_text="Change type").nth(2).click()


def more(guest: Guest) -> None:
    begun(guest)
    guest.page.locator("summary[aria-label='More for the canvas']").click()


def history(guest: Guest) -> None:
    begun(guest)
    page = guest.page
    page.locator("summary[aria-label^='More for Conversations by tag']").click()
    page.locator("#main").get_by_role("button", name="Duplicate").locator("visible=true").click()
    page.get_by_text("Duplicated “Conversations by tag”.").wait_for()
    settle(page)
    page.locator("summary[aria-label='More for the canvas']").click()
    page.get_by_role("link", name="History").click()
    page.get_by_role("heading", level=1, name="History").wait_for()


def source_open(guest: Guest) -> None:
    begun(guest)
    page = guest.page
    page.locator(".block", has_text="This week in a paragraph").get_by_role("link", name="Source 2").click()
    page.get_by_role("heading", name="Source 2").wait_for()
    settle(page)


def presented(guest: Guest) -> None:
    filtered(guest)
    guest.page.goto(f"{guest.page.url.partition('?')[0].partition('#')[0]}/present")
    guest.page.get_by_text("worked out again every 5 min").wait_for()
    settle(guest.page)


def presented_failing(guest: Guest) -> None:
    """A block that can't be worked out again while it is presented."""
    presented(guest)
    page = guest.page
    with guest.house.without("conversations_conversationtag"):
        page.evaluate("for (const block of document.querySelectorAll('.block')) htmx.trigger(block, 'again')")
        page.get_by_text("Couldn’t be worked out: Conversations by tag").wait_for()
        settle(page)


def presented_signed_out(guest: Guest) -> None:
    presented(guest)
    guest.page.context.clear_cookies()
    guest.page.evaluate("htmx.trigger('#standing', 'again')")
    guest.page.get_by_text("You are signed out.").wait_for()


def contradicted(guest: Guest) -> None:
    begun(guest)
    page = guest.page
    page.goto(f"{page.url.partition('#')[0]}/filters?set=1&state=closed&tag=999999")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("No results: the canvas says").first.wait_for()
    settle(page)


def unapplied(guest: Guest) -> None:
    """A block that has no room for a filter of its canvas."""
    empty(guest)
    page = guest.page
    address = page.url
    page.goto(f"/canvas/add?canvas={address.rpartition('/')[2]}&prompt=How many conversations mentioning invoice")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/canvas/*#block-*")
    page.goto(f"{address}/filters?set=1&q=export")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Text filter not applied").wait_for()
    settle(page)


def failing(guest: Guest) -> None:
    """A block that fails shows what it showed last; others stand."""
    begun(guest)
    page = guest.page
    with guest.house.without("conversations_conversationtag"):
        page.reload()
        page.get_by_text("The database gave no answer in time").first.wait_for()
        settle(page)
    page.get_by_text("What it showed last").first.wait_for()


def lost(guest: Guest) -> None:
    """A block that could not even be loaded."""
    begun(guest)
    page = guest.page
    page.route("**/blocks/*", lambda route: route.fulfill(status=404))
    page.reload()
    page.get_by_text("This block couldn’t be loaded.").first.wait_for()
    settle(page)
    guest.watch.complaints.clear()  # of an answer that is none of Sonora's


def outdated(guest: Guest) -> None:
    """Syncs were missed for two days."""
    begun(guest)
    page = guest.page
    with guest.house.unsynced(2 * 86_400):
        page.reload()
        page.get_by_text("Out of date").first.wait_for()
        settle(page)


def no_access(guest: Guest) -> None:
    """Blocks about tags, which nobody may read."""
    begun(guest)
    page = guest.page
    with guest.house.without_tags():
        page.reload()
        page.get_by_text("No access.").first.wait_for()
        settle(page)


def tags_unreadable(guest: Guest) -> None:
    """The picker of the canvas' tags says why they can't be picked."""
    empty(guest)
    page = guest.page
    with guest.house.without_tags():
        page.goto(f"{page.url}/filters?set=1&edit=tags.any")
        page.get_by_text("this token can't read tags").wait_for()
        settle(page)


def empty(guest: Guest) -> None:
    page = guest.visit("/canvas")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", level=1, name="Untitled canvas").wait_for()


def settings(guest: Guest) -> None:
    empty(guest)
    guest.page.get_by_role("link", name="Share").click()
    guest.page.get_by_role("heading", level=1, name="Title and sharing").wait_for()


def filter_open(guest: Guest) -> None:
    empty(guest)
    page = guest.page
    page.goto(f"{page.url}/filters?set=1&state=open&edit=states")
    settle(page)


def block_described(prompt: str) -> Callable[[Guest], object]:
    """Describe a block, and wait for its preview."""

    def reach(guest: Guest) -> None:
        page = guest.visit("/canvas")
        page.get_by_label("Describe what you want to watch").fill(prompt)
        page.get_by_role("button", name="Look at it").click()
        page.get_by_role("heading", level=1, name="Add a block").wait_for()
        settle(page)

    return reach


def block_refined(guest: Guest) -> None:
    block_described("How many conversations this year?")(guest)
    page = guest.page
    page.get_by_label("Refine it").fill("by tag, bars")
    page.get_by_role("button", name="Refine").click()
    page.locator(".block-bars").first.wait_for()
    settle(page)


def block_overtaken(guest: Guest) -> None:
    begun(guest)
    page = guest.page
    page.locator("summary[aria-label^='More for Unhappy customers']").click()
    page.get_by_role("link", name="Edit prompt").click()
    page.get_by_role("heading", level=1, name="Edit block").wait_for()
    settle(page)
    page.locator("#save input[name='version']").evaluate("(field) => { field.value = '9' }")  # as if it was old
    page.get_by_role("button", name="Save").click()
    page.get_by_text("changed this a moment ago").wait_for()
    settle(page)


def more_places(guest: Guest) -> None:
    guest.page.set_viewport_size({"width": 640, "height": 780})
    page = guest.visit("/help/intercom")
    page.locator("summary", has_text="More").click()


STATES = [
    State("canvases-none", "cleo", at("/canvas")),
    State("canvas", "ada", begun),
    State("canvas-filtered", "ada", filtered),
    State("canvas-contradicted", "ada", contradicted),
    State("canvas-unapplied", "ada", unapplied),
    State("canvas-menu", "ada", menu),
    State("canvas-types", "ada", types),
    State("canvas-more", "ada", more),
    State("canvas-source", "ada", source_open),
    State("canvas-failing", "ada", failing),
    State("canvas-lost", "ada", lost),
    State("canvas-disconnected", "kim", begun),
    State("canvas-out-of-date", "ada", outdated),
    State("canvas-no-access", "ada", no_access),
    State("canvas-first-sync", "eve", begun),
    State("canvas-history", "ada", history),
    State("canvas-presented", "ada", presented),
    State("canvas-presented-failing", "ada", presented_failing),
    State("canvas-presented-signed-out", "ada", presented_signed_out),
    State("canvas-empty", "ada", empty),
    State("canvas-settings", "ada", settings),
    State("canvas-filter-picker", "ada", filter_open),
    State("canvas-tags-unreadable", "ada", tags_unreadable),
    State("canvas-not-connected", "cleo", begun),
    State("canvases", "ada", at("/canvas")),
    State("block-draft", "ada", block_described("Conversations by tag this year")),
    State("block-text", "ada", block_described("Summarise open conversations")),
    State("block-refined", "ada", block_refined),
    State("block-ignored", "ada", block_described("Open conversations next week")),
    State("block-doubtful", "ada", block_described("Open conversations tagged Biling next week")),
    State("block-not-understood", "ada", block_described("Qwertz uiop")),
    State("block-overtaken", "ada", block_overtaken),
    State("more-places", "ada", more_places),
]
