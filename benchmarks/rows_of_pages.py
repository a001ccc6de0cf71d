"""The rows behind the pages that `pages.py` measures, and somebody who is signed in to look at them."""

from django.db import connection as database
from django.test import Client

from integrations.models import Connection, DeadLetter, Pending, StreamState, SyncRun, SyncState
from sonora.conversations.models import Conversation, Message, Tag, Teammate
from sonora.core import clock
from sonora.customers.models import Company, Match
from sonora.people.models import Contact
from sonora.workspaces.models import User, Workspace
from sonora.workspaces.scoping import scope

PARTS = 8  # messages of one conversation
LOT = 1_000
THERE = ("open", "snoozed", "closed")


def fill(*, conversations: int) -> int:
    """A healthy connection with so many conversations and in proportion of the rest; returns the id of its last run."""
    workspace = Workspace.objects.get()
    with scope(workspace=workspace):
        connection = connect(workspace)
        owner = {"workspace": workspace, "connection": connection}
        _around(owner, conversations)
        companies = list(Company.objects.values_list("pk", flat=True))
        for start in range(0, conversations, LOT):
            _talk(owner, range(start, min(start + LOT, conversations)), companies)
        last = history(owner)
    with database.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself some time after so many rows came
    return last


def client() -> Client:
    """A browser in which the workspace's admin is signed in."""
    browser = Client()
    browser.force_login(User.objects.get())
    return browser


def connect(workspace: Workspace) -> Connection:
    """A connection of *workspace* that is idle and has read everything."""
    now = clock.now()
    made = Connection.objects.create(
        workspace=workspace,
        provider="intercom",
        base_url="https://api.intercom.io",
        region="us",
        app_id="bench1",
        app_name="Benchmark",
        run=Connection.Run.IDLE,
        created_at=now,
    )
    SyncState.objects.create(
        workspace=workspace,
        connection=made,
        initial_done_at=now - 9_000,
        backfill_start=now - 9_000,
        open_done=True,
        closed_done=True,
        closed_edge=now - 90 * 86_400,
        watermark=now - 60,
        last_run_finished_at=now - 60,
        run_due=now + 900,
        next_due=now + 900,
    )
    return made


def _around(owner: dict[str, object], conversations: int) -> None:
    now = clock.now()
    for model, number in ((Teammate, 40), (Tag, 80), (Company, conversations // 10), (Contact, conversations // 2)):
        rows = (
            model(**owner, external_id=f"{model.__name__}{n}", name=f"Name {n}", created_at=n, fetched_at=now)
            for n in range(number)
        )
        model.objects.bulk_create(rows, batch_size=LOT)
    Match.objects.bulk_create(
        Match(
            workspace_id=company.workspace_id,
            company=company,
            state=Match.State.AUTO if company.pk % 3 else Match.State.UNMATCHED,
            method=Match.Method.EXTERNAL_ID if company.pk % 3 else "",
            decided_at=now,
        )
        for company in Company.objects.all()
    )
    for stream, said in (("conversations", conversations + 40), ("contacts", conversations // 2 + 3), ("tags", 81)):
        StreamState.objects.create(**owner, stream=stream, said=said, said_at=now - 600)


def _talk(owner: dict[str, object], numbers: range, companies: list[int]) -> None:
    now = clock.now()
    made = Conversation.objects.bulk_create(
        Conversation(
            **owner,
            external_id=f"{n:09}",
            title=f"Conversation {n}",
            state=THERE[n % 3],
            open=n % 3 != 2,
            company_id=companies[n % len(companies)] if n % 4 else None,
            parts_total=PARTS + (n % 50 == 0),
            parts_held=PARTS,
            created_at=now - 90 * n,
            updated_at=now - 60 * n,
            fetched_at=now,
        )
        for n in numbers
    )
    Message.objects.bulk_create(
        (
            Message(**owner, conversation=one, external_id=str(part), origin="part", text="Words.", created_at=now)
            for one in made
            for part in range(PARTS)
        ),
        batch_size=LOT,
    )


def history(owner: dict[str, object]) -> int:
    """A hundred runs, as many objects that wait and that could not be read; returns the id of the last run."""
    now = clock.now()
    for n in range(100):
        name = f"odd{n}"
        DeadLetter.objects.create(
            **owner, stream="conversations", external_id=name, error=f"Reason {n % 7}", first_at=now, last_at=now
        )
        Pending.objects.create(**owner, external_id=name if n % 2 else f"new{n}", seen_updated_at=now - 1_000)
        run = SyncRun.objects.create(
            **owner,
            kind="scheduled",
            result="succeeded",
            started_at=now - 900 * n,
            finished_at=now,
            saved={"messages": n},
        )
    return run.pk
