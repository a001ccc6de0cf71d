"""Prepares the database of a house: workspaces in every state that the pages show, and people with open sessions.

Run as `python -m tests.browser.stage` in the environment of the house: reads a JSON object of addresses and tokens
from standard input, and writes what the tests must know as the last line of standard output.
"""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

import django
from django.core.management import call_command

PASSWORD = "not-a-real-password"
ALL = "3650"  # days: everything that the sandbox has
FRESH = ("seed", "keyboard", "plain")  # workspaces in which a test connects for itself
CAST = {
    # workspace: its admin's name, and its member's
    "harbour": ("Ada Admin", "Ben Member"),
    "empty": ("Cleo Stranger", "Dee Member"),
    "starting": ("Eve Admin", ""),
    "broken": ("Fay Admin", ""),
    "hostile": ("Gus Admin", ""),
    "gone": ("Kim Admin", ""),
    "leaving": ("Lea Admin", ""),
    "erasing": ("Uma Admin", ""),
    "erased": ("Ivo Admin", ""),
    "patchy": ("Pat Admin", "Mel Member"),
    **{slug: (f"{slug.capitalize()} Admin", "") for slug in FRESH},
}


def main() -> None:
    told = json.load(sys.stdin)
    with redirect_stdout(sys.stderr):
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        _a_scheduler_that_ticks()
        people = _people()
        _customers("harbour", told["customers_csv"])
        _workspaces(told)
        facts = {"people": people, **_facts()}
    sys.stdout.write(json.dumps(facts) + "\n")


def _a_scheduler_that_ticks() -> None:
    """No worker runs here, and no page should say so."""
    from integrations.models import Beat
    from integrations.sync import beat
    from sonora.core import clock

    Beat.objects.update_or_create(pk=beat.THE_ONE, defaults={"ticked_at": clock.now() + 86_400})


def _people() -> dict[str, dict[str, str]]:
    """Everybody with e-mail and session, by first name in lower case; ada belongs to a second workspace too."""
    from sonora.workspaces.models import Membership, User, Workspace
    from sonora.workspaces.permissions import Role

    found = {}
    for slug, names in CAST.items():
        workspace = Workspace.objects.create(slug=slug, name=f"{slug.capitalize()} Works")
        with _scope(slug):
            for name, role in zip(names, (Role.ADMIN, Role.MEMBER), strict=True):
                if name:
                    first = name.split()[0].lower()
                    user = User.objects.create_user(f"{first}@{slug}.example", name=name)
                    Membership.objects.create(workspace=workspace, user=user, role=role)
                    found[first] = user
    with _scope("empty"):
        Membership.objects.create(workspace=Workspace.objects.get(slug="empty"), user=found["ada"], role=Role.MEMBER)
    for user in (found["ada"], *(found[slug] for slug in FRESH)):
        user.set_password(PASSWORD)
        user.save()
    return {name: {"email": user.email, "session": _session(user)} for name, user in found.items()}


def _session(user: Any) -> str:
    """The key of a session in which *user* is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _customers(slug: str, csv: str) -> None:
    from sonora.screens.customers import importing
    from sonora.workspaces.models import Workspace

    with _scope(slug):
        workspace = Workspace.objects.get(slug=slug)
        importing.run(workspace.pk, io.BytesIO(csv.encode()), name="customers.csv", by="ada@harbour.example")


def _workspaces(told: dict[str, str]) -> None:
    from integrations.intercom.sandbox.control import Sandbox
    from integrations.notices import watch

    control = Sandbox(token=told["token"])
    control.url = told["url"]
    _connect("harbour", told["url"], told["token"])
    _intercom("sync", "harbour", "--now", "--wait")
    _intercom("sync", "harbour", "--now", "--wait")
    _analyse()
    _connect("hostile", told["hostile_url"], told["token"])
    _intercom("sync", "hostile", "--now", "--wait")
    for slug in ("broken", "gone", "leaving", "erasing", "erased"):
        _connect(slug, told["url"], told["token"], days="0")
        _intercom("sync", slug, "--now", "--wait")
    _wishes("harbour")
    _who_is_whom("harbour")
    _who_left("harbour")
    _begin("starting", control, told)
    _patchy("patchy", control, told)
    _suggestions("patchy")
    control.settings(revoked="token_revoked")
    _intercom("sync", "broken", "--now", "--wait")
    control.clear()
    watch.look()
    _intercom("disconnect", "gone", "--keep", "--yes")
    _intercom("disconnect", "erased", "--delete", "--yes")
    _half_erased("erasing")


def _analyse() -> None:
    """Read all messages that are held, and let somebody correct a sentiment."""
    from sonora.insights import analysis, corrections
    from sonora.insights.models import ConversationSentiment
    from sonora.workspaces.models import User
    from tests.factories.reading import WordReader

    reader = WordReader()
    while analysis.step(reader):
        pass
    with _scope("harbour"):
        talk = ConversationSentiment.objects.filter(label="negative").order_by("-at")[0]
        sam = User.objects.get(email="ben@harbour.example")
        corrections.correct(talk.pk, "mixed", note="They praised the new export too.", by=sam)


def _wishes(slug: str) -> None:
    from sonora.workspaces.models import Workspace
    from tests.browser import wishes

    with _scope(slug):
        wishes.fill(Workspace.objects.get(slug=slug).pk)


def _who_is_whom(slug: str) -> None:
    """Two people who are one, called a champion and highly engaged by hand."""
    from sonora.people import choosing, deciding
    from sonora.people.models import Person

    with _scope(slug):
        one, other = Person.objects.all().present().exclude(name="").order_by("-pk")[:2]
        deciding.merge(one.pk, other.pk, by="ada@harbour.example")
        choosing.choose_champion(one, True, by="Sam")
        choosing.choose_engagement(one, "high", by="Sam")


def _who_left(slug: str) -> None:
    """Mail to somebody who has been silent comes back; then it is worked out where everybody stands."""
    from sonora.graph import keeping
    from sonora.people.models import Contact

    with _scope(slug):
        someone = Contact.objects.all().present().filter(conversation_links=None).exclude(name="").order_by("pk")
        Contact.objects.filter(pk=someone[0].pk).update(has_bounced=True)
    keeping.run(seconds=120)


def _begin(slug: str, control: Any, told: dict[str, str]) -> None:
    """A first sync that has brought some conversations and not all."""
    from integrations.models import Connection
    from integrations.sync import engine
    from sonora.conversations.models import Conversation

    _connect(slug, told["url"], told["token"])
    control.settings(latency_ms=100)
    with _scope(slug):
        connection = Connection.objects.get()
    for _ in range(40):
        engine.run_slice(connection.pk, seconds=0.3)
        with _scope(slug):
            if Conversation.objects.count() >= 20:
                break
    with _scope(slug):
        assert Conversation.objects.exists(), "the first sync brought nothing"
        assert connection.state.initial_done_at is None
    control.settings(latency_ms=0)


def _patchy(slug: str, control: Any, told: dict[str, str]) -> None:
    """A sync that could not read everything, and finds companies missing that nobody believes."""
    from integrations.models import SyncState

    rows = [row for row in control.objects() if row["type"] == "conversation" and row["state"] == "open"]
    odd = {"kind": "raw", "body": '{"type":"conversation","id":[1]}', "times": None}
    for row in rows[:3]:
        control.fail(f"/conversations/{row['id']}", **odd)
    part = next(row for row in rows[3:] if row["parts_total"] > 2)
    nameless = {"conversation_parts.conversation_parts.1.id": None}
    control.fail(f"/conversations/{part['id']}", kind="patch", set=nameless, times=None)
    _connect(slug, told["url"], told["token"], days="30")
    _intercom("sync", slug, "--now", "--wait")
    control.clear()
    with _scope(slug):
        SyncState.objects.update(suspects={"companies": 25})


def _half_erased(slug: str) -> None:
    """A deletion that a worker has begun and not ended."""
    from integrations import connections, purge
    from integrations.models import Connection

    with _scope(slug):
        connection = Connection.objects.get()
        connections.disconnect(connection, by=f"uma@{slug}.example", delete=True)
    purge.step(connection.pk)


def _suggestions(slug: str) -> None:
    """Customers for each kind of match, and some decisions of an admin."""
    from sonora.conversations import following
    from sonora.customers import decisions
    from sonora.customers.models import Company, Customer, ExternalId, Match
    from sonora.workspaces.models import Workspace

    workspace, by = Workspace.objects.get(slug=slug), f"pat@{slug}.example"
    with _scope(slug):
        companies = list(Company.objects.present().exclude(name="").exclude(company_id="").order_by("pk")[:12])
        for company in companies[:10]:
            name = company.name if company.pk % 2 else f"{company.name} Holding"
            Customer.objects.create(workspace=workspace, name=name, owner="Sam Lee", created_at=0)
        for source, company in (("salesforce", companies[10]), ("csv", companies[11]), ("hubspot", companies[11])):
            one = Customer.objects.create(workspace=workspace, name=f"{company.name} ({source})", created_at=0)
            ExternalId.objects.create(workspace=workspace, customer=one, source=source, value=company.company_id)
        following.match(workspace.pk)
        suggested = Match.objects.filter(state="suggested").order_by("pk")
        linked, ignored = (match.company_id for match in suggested[:2])
        customer = suggested[0].customer_id
        assert customer
        following.follow(workspace.pk, lambda: decisions.link(linked, customer, by=by))
        following.follow(workspace.pk, lambda: decisions.ignore(ignored, by=by, reason="A test account"))


def _to_match() -> int:
    """A company for which a customer is suggested."""
    from sonora.customers.models import Match

    with _scope("patchy"):
        return int(Match.objects.filter(state="suggested").values_list("company", flat=True)[0])


def _connect(slug: str, url: str, token: str, days: str = ALL) -> None:
    os.environ["INTERCOM_TOKEN"] = token
    _intercom("connect", slug, "--base-url", url, "--lookback-days", days)
    del os.environ["INTERCOM_TOKEN"]


def _intercom(verb: str, slug: str, *arguments: str) -> None:
    try:
        call_command("intercom", verb, "--workspace", slug, *arguments)
    except SystemExit as end:
        if end.code and slug != "broken":
            raise


def _facts() -> dict[str, Any]:
    """The addresses of single things, by what they show."""
    from django.db.models import Count, F

    from integrations.models import SyncRun
    from sonora.conversations.models import Conversation, ConversationTag, Message, Tag
    from sonora.customers.models import Customer, CustomerImport
    from sonora.insights.models import FeatureRequest
    from sonora.people.models import ChampionChoice

    with _scope("harbour"):
        redacted = Message.objects.filter(redacted=True).first()
        noted = Message.objects.filter(internal=True).first()
        filed = Message.objects.exclude(attachments=[]).first()
        closed = ConversationTag.objects.filter(conversation__state="closed").values("tag")
        links = ConversationTag.objects.filter(conversation__state="open", tag__in=closed)
        tag = Tag.objects.get(pk=links.values("tag").annotate(used=Count("tag")).order_by("-used", "tag")[0]["tag"])
        assert redacted
        assert noted
        assert filed
        people = Conversation.objects.filter(contact_links__contact__person__isnull=False)
        return {
            "conversations": Conversation.objects.count(),
            "redacted": redacted.conversation_id,
            "noted": noted.conversation_id,
            "filed": filed.conversation_id,
            "tag": {"pk": tag.pk, "name": tag.name},
            "customer": Customer.objects.filter(conversations__isnull=False).values_list("pk", flat=True)[0],
            "champion": ChampionChoice.objects.get().person_id,
            "deserted": Customer.objects.create(workspace_id=tag.workspace_id, name="Deserted", created_at=1).pk,
            "person": people.values_list("contact_links__contact__person", flat=True)[0],
            "import": CustomerImport.objects.values_list("pk", flat=True)[0],
            "run": SyncRun.objects.order_by("pk").values_list("pk", flat=True)[0],
            "cut": Conversation.objects.filter(parts_total__gt=F("parts_held")).values_list("pk", flat=True)[0],
            "felt": Conversation.objects.filter(sentiment__label="negative").values_list("pk", flat=True)[0],
            "corrected": Conversation.objects.filter(sentiment_correction__isnull=False).values_list("pk", flat=True)[
                0
            ],
            "wish": FeatureRequest.objects.order_by("-mentions").values_list("pk", flat=True)[0],
            "said": _truly_said(),
            "talkative": Customer.objects.annotate(talks=Count("conversations")).order_by("-talks")[0].pk,
            "crowded": _crowded("gone"),
            "hostile": _hostile(),
            "to_match": _to_match(),
        }


def _truly_said() -> int:
    """A request whose quotes are words of their messages, unlike those of `wishes`."""
    from sonora.insights.models import FeatureRequest
    from tests.browser import wishes

    made_up = FeatureRequest.objects.filter(evidence__quote__in=[*wishes.QUOTES, wishes.DOUBTFUL])
    listed = FeatureRequest.objects.listed().filter(evidence__state="certain").exclude(pk__in=made_up)
    return int(listed.order_by("pk").values_list("pk", flat=True)[0])


def _crowded(slug: str) -> int:
    from tests.browser import crowds

    with _scope(slug):
        return crowds.fill()


def _hostile() -> list[int]:
    from sonora.conversations.models import Conversation

    with _scope("hostile"):
        return list(Conversation.objects.order_by("-parts_total").values_list("pk", flat=True)[:20])


@contextmanager
def _scope(slug: str) -> Iterator[None]:
    from sonora.workspaces.models import Workspace
    from sonora.workspaces.scoping import scope

    with scope(workspace=Workspace.objects.get(slug=slug)):
        yield


if __name__ == "__main__":
    main()
