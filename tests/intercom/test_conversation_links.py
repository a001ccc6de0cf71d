"""The addresses of conversations that people paste."""

import pytest

from integrations.checks import NotUsable
from integrations.intercom.conversation_links import parse
from integrations.intercom.links import Links


@pytest.mark.parametrize(
    ("typed", "app", "number"),
    [
        ("215470029029756", "", "215470029029756"),
        ("https://app.intercom.com/a/inbox/abc123/inbox/conversation/7", "abc123", "7"),
        ("  <https://app.eu.intercom.com/a/inbox/abc123/inbox/admin/814/conversation/7?view=List>  ", "abc123", "7"),
        ("app.au.intercom.com/a/inbox/abc123/inbox/shared/unassigned/conversation/7#part_id=9", "abc123", "7"),
        ("https://app.intercom.com/a/apps/abc123/inbox/inbox/conversation/7", "abc123", "7"),
        ("https://app.intercom.io/a/apps/abc123/conversations/7", "abc123", "7"),
        (Links("eu", "abc123").conversation("7"), "abc123", "7"),
    ],
)
def test_an_address_names_workspace_and_conversation(typed: str, app: str, number: str):
    name = parse(typed)
    assert (name.app_id, name.external_id) == (app, number)


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "https://evil.example/a/inbox/abc/inbox/conversation/7", "../../me", "7/../me", "7" * 21, "٧",
     "https://app.intercom.com.evil.example/a/inbox/abc/conversation/7", "https://app.intercom.com/a/inbox/abc/",
     "https://app.intercom.com/a/inbox/abc/conversation/x", "\0", "https://app.intercom.com/" + "a/" * 5_000],
)  # fmt: skip
def test_anything_else_is_told_what_to_paste(typed: str):
    with pytest.raises(NotUsable, match="Paste the address"):
        parse(typed)
