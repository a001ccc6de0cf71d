"""A page that is not there says what is missing, and leads to the list of such things."""

from collections.abc import Callable

import pytest
from django.test import Client

from sonora.workspaces.models import User
from tests.factories.cast import Cast


@pytest.mark.parametrize(
    ("path", "thing", "listed"),
    [
        ("/canvas/999999", "canvas", "/canvas"),
        ("/canvas/999999/history", "canvas", "/canvas"),
        ("/chat/999999", "question", "/chat"),
        ("/customers/999999", "customer", "/customers"),
        ("/people/999999", "person", "/people"),
        ("/conversations/999999", "conversation", "/conversations"),
        ("/feature-requests/999999", "feature request", "/feature-requests"),
        ("/nowhere", "page", "/conversations"),
    ],
)
def test_what_is_missing_is_named_and_its_list_is_a_link(
    cast: Cast, as_user: Callable[[User | None], Client], path: str, thing: str, listed: str
):
    response = as_user(cast.ada).get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert f"This {thing} doesn't exist or was deleted." in page
    assert f'<a class="btn" href="{listed}">' in page


def test_whoever_is_not_signed_in_is_told_the_same_of_no_list(client: Client, db: None):
    page = client.get("/nowhere").content.decode()
    assert "This page doesn't exist or was deleted." in page
