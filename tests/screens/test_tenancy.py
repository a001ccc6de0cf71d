"""Every address of the screens, asked by everybody, for objects of their own and of others.

The list comes from the URLconf: a new address without a line here fails `test_every_address_is_known`.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sonora.workspaces.models import User
from tests.factories.cast import Cast, Filled

Browser = Callable[[User | None], Client]

OBJECTS: dict[str, Callable[[Filled], dict[str, Any]]] = {
    "conversation": lambda a: {"pk": a.conversation.pk},
    "message-file": lambda a: {"pk": a.message.pk, "place": 0},
    "customer": lambda a: {"pk": a.customer.pk},
    "edit-customer": lambda a: {"pk": a.customer.pk},
    "merge-customer": lambda a: {"pk": a.customer.pk},
    "add-external-id": lambda a: {"pk": a.customer.pk},
    "person": lambda a: {"pk": a.person.pk},
    "merge-person": lambda a: {"pk": a.person.pk},
    "person-timeline": lambda a: {"pk": a.person.pk},
    "person-identities": lambda a: {"pk": a.person.pk},
    "customer-people": lambda a: {"pk": a.customer.pk},
    "customer-conversations": lambda a: {"pk": a.customer.pk},
    "customer-requests": lambda a: {"pk": a.customer.pk},
    "customer-identifiers": lambda a: {"pk": a.customer.pk},
    "thread": lambda a: {"pk": a.turn.thread_id},
    "turn": lambda a: {"pk": a.turn.thread_id, "turn": a.turn.pk},
    "export-turn": lambda a: {"pk": a.turn.thread_id, "turn": a.turn.pk},
    "source": lambda a: {"pk": a.message.pk},
    "canvas": lambda a: {"pk": a.block.canvas_id},
    "present-canvas": lambda a: {"pk": a.block.canvas_id},
    "canvas-settings": lambda a: {"pk": a.block.canvas_id},
    "canvas-history": lambda a: {"pk": a.block.canvas_id},
    "canvas-filters": lambda a: {"pk": a.block.canvas_id},
    "block": lambda a: {"pk": a.block.canvas_id, "block": a.block.pk},
    "edit-block": lambda a: {"pk": a.block.canvas_id, "block": a.block.pk},
    "export-block": lambda a: {"pk": a.block.canvas_id, "block": a.block.pk},
    "customer-import": lambda a: {"pk": a.import_.pk},
    "customer-import-problems": lambda a: {"pk": a.import_.pk},
    "feature-request": lambda a: {"pk": a.request.pk},
    "choose-feature-request": lambda a: {"pk": a.request.pk},
}
LISTS = {
    "home",
    "chat",
    "chat-rows",
    "chat-picks",
    "canvases",
    "add-block",
    "preview-block",
    "conversations",
    "filter-options",
    "search",
    "people",
    "people-graph",
    "customers",
    "import-customers",
    "help-intercom",
    "workspaces",
    "audit",
    "add-customer",
    "export-customers",
    "feature-requests",
    "feature-requests-to-check",
    "dismissed-feature-requests",
    "similar-feature-requests",
    "feature-request-names",
    "export-feature-requests",
}
ADMINS_ONLY = {
    "audit",
    "add-customer",
    "edit-customer",
    "merge-customer",
    "merge-person",
    "add-external-id",
    "export-customers",
    "import-customers",
    "customer-import",
    "customer-import-problems",
    "choose-feature-request",
}
POSTS_OF: dict[str, Callable[[Filled], dict[str, Any]]] = {  # what takes a POST alone, of one object
    "correct-sentiment": lambda a: {"pk": a.conversation.pk},
    "share-thread": lambda a: {"pk": a.turn.thread_id},
    "delete-thread": lambda a: {"pk": a.turn.thread_id},
    "give-opinion": lambda a: {"pk": a.turn.thread_id, "turn": a.turn.pk},
    "delete-canvas": lambda a: {"pk": a.block.canvas_id},
    "undo-canvas-edit": lambda a: {"pk": a.block.canvas_id, "edit": a.edit.pk},
    "arrange-block": lambda a: {"pk": a.block.canvas_id, "block": a.block.pk},
    "remove-external-id": lambda a: {"pk": a.external_id.pk},
    "undo-customer-merge": lambda a: {"pk": a.merge.pk},
    "choose-champion": lambda a: {"pk": a.person.pk},
    "choose-engagement": lambda a: {"pk": a.person.pk},
    "split-contact": lambda a: {"pk": a.contact.pk},
    "undo-person-decision": lambda a: {"pk": a.person_decision.pk},
    "undo-request-decision": lambda a: {"pk": a.decision.pk},
    "refuse-likeness": lambda a: {"pk": a.likeness.pk},
    "suggest-likeness": lambda a: {"pk": a.likeness.pk},
}
FOR_MEMBERS = {"choose-champion", "choose-engagement", "correct-sentiment", "arrange-block", "undo-canvas-edit"}
THE_OWNERS = {
    "share-thread",
    "delete-thread",
    "delete-canvas",
    "give-opinion",
}  # nobody else's, though the workspace may read it
AUDITED = {"export-customers", "export-feature-requests", "export-turn", "export-block"}  # taking data away is noted
POSTS = {"sign-in", "ask", "create-canvas", "sign-out", "set-theme", "workspaces", "import-customers", "decide-request"}
FOR_ANYBODY = {"sign-in", "sign-out"}
NOBODYS = 2**40


def names(patterns: list[Any]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and str(pattern.urlconf_module).find("sonora.screens") >= 0:
            found |= names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("sonora.screens"):
            found.add(str(pattern.name))
    return found


def address(name: str, filled: Filled) -> str:
    return reverse(name, kwargs=OBJECTS[name](filled) if name in OBJECTS else None)


def body(client: Client, url: str) -> tuple[int, str]:
    """Status and words of a page, without what differs at each load."""
    response = client.get(url)
    text = response.content.decode().replace(url, "URL")
    for secret in (str(response.context.get("csrf_token", "")) if response.context else "", _nonce(response)):
        text = text.replace(secret, "SECRET") if secret else text
    return response.status_code, text


def _nonce(response: Any) -> str:
    policy = response.headers.get("Content-Security-Policy", "")
    return policy.partition("'nonce-")[2].partition("'")[0]


def test_every_address_is_known():
    assert names(get_resolver(settings.ROOT_URLCONF).url_patterns) == set(OBJECTS) | LISTS | POSTS | set(POSTS_OF)


@pytest.mark.parametrize("name", sorted((set(OBJECTS) | LISTS) - FOR_ANYBODY))
def test_nobody_signs_in_first(cast: Cast, as_user: Browser, name: str):
    url = address(name, cast.a)
    response = as_user(None).get(url)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("name", sorted(set(OBJECTS) | LISTS))
def test_an_admin_opens_every_page_of_the_workspace(cast: Cast, as_user: Browser, name: str):
    assert as_user(cast.ada).get(address(name, cast.a)).status_code in {200, 302}


@pytest.mark.parametrize("name", sorted(set(OBJECTS) | LISTS))
def test_a_member_opens_every_page_but_the_admins(cast: Cast, as_user: Browser, name: str):
    status = as_user(cast.ben).get(address(name, cast.a)).status_code
    assert status in ({403} if name in ADMINS_ONLY else {200, 302})


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_a_strangers_object_is_like_one_that_never_was(cast: Cast, as_user: Browser, name: str):
    cleo = as_user(cast.cleo)
    theirs = body(cleo, address(name, cast.a))
    nobodys = body(cleo, reverse(name, kwargs=OBJECTS[name](cast.a) | {"pk": NOBODYS}))
    assert theirs == nobodys
    assert theirs[0] == 404


@pytest.mark.parametrize("name", sorted((set(OBJECTS) | LISTS) - FOR_ANYBODY))
def test_a_user_without_a_workspace_finds_nothing(cast: Cast, as_user: Browser, name: str):
    dora = User.objects.create_user("dora@nowhere.example")
    assert as_user(dora).get(address(name, cast.a)).status_code == 404


@pytest.mark.parametrize("name", sorted(set(OBJECTS) | LISTS))
def test_no_page_says_a_word_of_another_workspace(cast: Cast, as_user: Browser, name: str):
    response = as_user(cast.ada).get(address(name, cast.a), follow=True)
    assert "indigo" not in b"".join(response).decode()


@pytest.mark.parametrize("part", ["tag", "customer", "person"])
def test_a_filter_with_a_strangers_object_shows_nothing(cast: Cast, as_user: Browser, part: str):
    pk = {"tag": cast.b.tag.pk, "customer": cast.b.customer.pk, "person": cast.b.person.pk}[part]
    response = as_user(cast.ada).get(reverse("conversations"), {part: pk})
    text = response.content.decode()
    assert "No conversations match" in text
    assert "Invoice in" not in text
    assert "indigo" not in text


@pytest.mark.parametrize("name", sorted(POSTS))
def test_a_post_without_its_token_is_refused(cast: Cast, as_user: Browser, name: str):
    assert as_user(cast.ada).post(reverse(name), {"theme": "dark"}).status_code == 403


@pytest.mark.parametrize("name", sorted(POSTS))
def test_a_post_of_another_site_is_refused(cast: Cast, as_user: Browser, name: str):
    client = as_user(cast.ada)
    client.get(reverse("customers"))
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    response = client.post(reverse(name), {"csrfmiddlewaretoken": token}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403


@pytest.mark.parametrize("name", sorted(POSTS_OF))
def test_a_post_about_a_strangers_object_is_like_one_that_never_was(cast: Cast, as_user: Browser, name: str):
    def post(user: User, kwargs: dict[str, Any], *, token: str | None = None) -> int:
        client = as_user(user)
        seen = str(client.get(reverse("customers")).context["csrf_token"])
        sent = {"csrfmiddlewaretoken": seen if token is None else token}
        return client.post(reverse(name, kwargs=kwargs), sent).status_code

    mine = POSTS_OF[name](cast.a)
    assert post(cast.cleo, mine) == post(cast.cleo, mine | {"pk": NOBODYS}) == 404
    assert post(cast.ben, mine) == (302 if name in FOR_MEMBERS else 404 if name in THE_OWNERS else 403)
    assert post(cast.ada, mine, token="") == 403
    assert as_user(cast.ada).get(reverse(name, kwargs=mine)).status_code == 405
    assert post(cast.ada, mine) == 302


@pytest.mark.parametrize("name", sorted((set(OBJECTS) | LISTS | {"sign-in"}) - AUDITED))
def test_reading_a_page_writes_nothing(cast: Cast, as_user: Browser, name: str):
    client = as_user(cast.ada)
    client.get(address(name, cast.a))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(name, cast.a))
    writes = ("INSERT", "UPDATE", "DELETE")
    assert not [query["sql"] for query in queries if query["sql"].lstrip().upper().startswith(writes)]


@pytest.mark.parametrize("url", ["/sign-in", "/conversations", "/customers", "/settings/integrations/intercom"])
def test_a_page_is_shown_in_no_frame_and_kept_in_no_cache(cast: Cast, as_user: Browser, url: str):
    told = as_user(None if url == "/sign-in" else cast.ada).get(url).headers
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
    assert (told["X-Frame-Options"], told["Cache-Control"]) == ("DENY", "no-store")


@pytest.mark.parametrize("name", ["sign-out", "set-theme"])
def test_what_changes_something_is_no_link(cast: Cast, as_user: Browser, name: str):
    assert as_user(cast.ada).get(reverse(name)).status_code == 405


def test_a_person_who_left_is_sent_to_sign_in_again_or_finds_nothing(cast: Cast, as_user: Browser):
    client = as_user(cast.ben)
    assert client.get(reverse("conversations")).status_code == 200
    from django_scopes import scope

    from sonora.workspaces.models import Membership

    with scope(workspace=cast.a.workspace):
        Membership.objects.filter(user=cast.ben).delete()
    assert client.get(reverse("conversations")).status_code == 404


def test_an_object_with_an_impossible_number_is_not_there(cast: Cast, as_user: Browser):
    assert as_user(cast.ada).get(f"/conversations/{10**30}").status_code == 404
    assert as_user(cast.ada).get("/conversations", {"tag": str(10**30), "customer": "9" * 19}).status_code == 200
