"""Chats in their important states, and how somebody gets there."""

import re
from collections.abc import Callable

from tests.browser.guest import Guest
from tests.browser.state import State, at


def asked(*questions: str) -> Callable[[Guest], object]:
    """Ask *questions* one after the other in a new chat."""

    def reach(guest: Guest) -> None:
        page = guest.visit("/chat")
        for question in questions:
            page.get_by_role("textbox", name="Ask a").fill(question)
            page.get_by_role("button", name="Ask", exact=True).click()
            page.get_by_role("heading", level=1, name=question).wait_for()
        page.wait_for_load_state("networkidle")

    return reach


def chip_open(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.locator("summary", has_text="State").first.click()


def source_open(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.get_by_role("link", name="Source 2").click()
    guest.page.get_by_role("heading", name="Source 2").wait_for()


def source_gone(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.route(
        "**/sources/*", lambda route: route.continue_(url=re.sub(r"/sources/\d+", "/sources/0", route.request.url))
    )
    guest.page.get_by_role("link", name="Source 2").click()
    guest.page.get_by_text("No longer available.").wait_for()


def source_previewed(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.get_by_role("link", name="Source 2").focus()
    guest.page.get_by_role("tooltip").wait_for()


def names_offered(guest: Guest) -> None:
    page = guest.visit("/chat")
    page.get_by_role("textbox", name="Ask a question").press_sequentially("Open conversations of @b")
    page.get_by_role("option").first.wait_for()


def shared(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.get_by_role("button", name="Share link").click()
    guest.page.get_by_role("button", name="Copy link").wait_for()


def stopped(guest: Guest) -> None:
    page = guest.visit("/chat")
    page.route("**/chat/questions", lambda route: route.abort())
    page.get_by_role("textbox", name="Ask a question").fill("Open conversations this year")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("The answer stopped part-way.").wait_for()
    guest.watch.complaints.clear()  # of the request that this refused


def busy(guest: Guest) -> None:
    """An answer is looked for, and does not come."""
    page = guest.visit("/chat")
    page.route("**/chat/questions", lambda route: None)
    page.get_by_role("textbox", name="Ask a question").fill("Open conversations this year")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("button", name="Stop").wait_for()


def given_up(guest: Guest) -> None:
    """The database fails while an answer is looked for."""
    asked("Unhappy conversations this year")(guest)
    with guest.house.without("insights_conversationsentiment"):
        guest.page.reload()
        guest.page.get_by_role("link", name="Retry").wait_for()


def worked_out(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.get_by_text("How this was worked out").click()
    guest.page.get_by_text("Read by").wait_for()


def not_helpful(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.get_by_role("button", name="Not helpful").click()
    guest.page.get_by_label("What was wrong?").wait_for()


def about_to_delete(guest: Guest) -> None:
    asked("Open conversations this year")(guest)
    guest.page.locator("summary", has_text="Delete…").click()
    guest.page.get_by_role("button", name="Delete the chat").wait_for()


STATES = [
    State("chat", "ada", at("/chat")),
    State("chat-none", "cleo", at("/chat")),
    State("chat-first-sync", "eve", asked("How many open conversations?")),
    State("chat-list", "ada", asked("Unhappy conversations this year")),
    State("chat-people", "ada", asked("Which customers are unhappy?")),
    State("chat-top", "ada", asked("Which tags are most common?")),
    State("chat-trend", "ada", asked("Conversations per week this year")),
    State("chat-sentiment", "ada", asked("Sentiment by customer")),
    State("chat-sentiment-trend", "ada", asked("Sentiment per month")),
    State("chat-follow-up", "ada", asked("Open conversations this year", "Which customers?")),
    State("chat-ignored", "ada", asked("Open conversations tagged Biling next week")),
    State("chat-nothing", "ada", asked("Snoozed conversations on 3 May 2001")),
    State("chat-not-understood", "ada", asked("Qwertz uiop")),
    State("chat-chip", "ada", chip_open),
    State("chat-shared", "ada", shared),
    State("chat-within", "ada", at("/chat?customer={pk}", pk="customer")),
    State("chat-stopped", "ada", stopped),
    State("chat-busy", "ada", busy),
    State("chat-refused", "ada", asked("How many customers mention “the”?")),
    State("chat-given-up", "ada", given_up),
    State("chat-worked-out", "ada", worked_out),
    State("chat-not-helpful", "ada", not_helpful),
    State("chat-delete", "ada", about_to_delete),
    State("chat-orders", "gus", asked("Conversations mentioning “previous instructions”")),
    State("chat-names", "ada", names_offered),
    State("chat-source", "ada", source_open),
    State("chat-source-gone", "ada", source_gone),
    State("chat-source-previewed", "ada", source_previewed),
    State("chat-rows", "ada", at("/chat/rows?metric=customers&intent=list")),
]
