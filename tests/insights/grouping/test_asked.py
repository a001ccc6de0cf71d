import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonora.insights.grouping import asked, shortened
from sonora.insights.grouping.titles import LONGEST
from tests.insights.text.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("It would be great if you could add dark mode", "dark mode"),
        ("It'd be really nice to have a dark mode!", "dark mode"),
        ("Hi team, please add dark mode, thanks", "dark mode"),
        ("A dark mode would be awesome", "dark mode"),
        ("Any plans for SSO with Azure AD?", "SSO with Azure AD"),
        ("Feature request: export to CSV", "export to CSV"),
        ("Could you let us merge duplicate contacts?", "merge duplicate contacts"),
        ("We'd like to be able to sort by date", "sort by date"),
        ("Is there any way you could support PayPal?", "PayPal"),
        ("Slack integration please", "Slack integration"),
        (
            "We can't roll this out to the depots without single sign-on with our provider.",
            "single sign-on with our provider",
        ),
        ("We can't use the export without losing columns", "We can't use the export without losing columns"),
        ("We need single sign-on before our auditors come", "single sign-on"),
        ("Webhooks are what we need, otherwise the import waits", "Webhooks are what we need"),
        ("One thing that is missing for us is an audit log.", "audit log"),
        ("My suggestion for your roadmap: a history of changes", "history of changes"),
        ("How hard would it be to let us print the board?", "print the board"),
        ("Let me put in another vote for finer permissions.", "finer permissions"),
        ("Why can I still not print the board?", "print the board"),
        ("Why can I see the invoices of others?", "Why can I see the invoices of others"),
        ("A change history would make my life so much easier.", "change history"),
        ("What keeps you from offering offline forms for the next release?", "offline forms"),
        ("dark mode", "dark mode"),
        ("Please add", "Please add"),
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_the_words_of_asking_are_left_out(text: str, thing: str):
    assert asked(text) == thing


@given(st.text(max_size=200))
def test_what_is_asked_stands_in_the_text(text: str):
    assert asked(text) in " ".join(text.split())


@pytest.mark.parametrize("piece", ["please ", "it would be ", "really ", "would save us ", "a", ", "])
def test_the_time_grows_with_the_length_and_not_with_its_square(piece: str):
    assert_linear(asked, piece)


def test_a_title_is_the_asked_thing_in_a_line_of_its_own():
    assert shortened("We are very happy.\nIt would be great if you could add dark mode. Thanks!") == "Dark mode"


def test_a_title_ends_between_two_words_when_it_would_be_too_long():
    title = shortened(
        "Please add " + "an export of the list of all customers with everything that we know of them " * 3
    )
    assert len(title) <= LONGEST
    assert title.startswith("Export of the list")
    assert title.endswith("…")
