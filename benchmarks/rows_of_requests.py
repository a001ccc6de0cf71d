"""The rows behind what `leaderboard.py` measures: customers, people, conversations and what they ask for."""

import random
from collections.abc import Sequence
from itertools import count

import numpy as np
from django.db import connection as database
from django.db import transaction
from numpy.typing import NDArray

from integrations.models import Connection, SyncState
from sonora.conversations.models import Conversation, Message
from sonora.core import clock
from sonora.core.words import WEEK
from sonora.customers.models import Customer
from sonora.insights import comparing, counting, evidence, vectors
from sonora.insights.encoders import WordEncoder
from sonora.insights.models import Due, Evidence, FeatureRequest
from sonora.people.models import Contact, Person
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope

LOT = 2_000
CUSTOMERS, PEOPLE = 3_000, 12_000
WIDTH = 384
DRAW = random.Random(7)
ROLL = np.random.default_rng(7)
NUMBERS = count(1)


def fill(*, quotes: int, requests: int) -> dict[str, int]:
    """So many quotes, a conversation for every two; popular requests have many. Returns ids of some rows."""
    workspace = Workspace.objects.get()
    with scope(workspace=workspace):
        connection = Connection.objects.create(
            workspace=workspace, provider="intercom", base_url="https://api.intercom.io", created_at=clock.now()
        )
        SyncState.objects.create(workspace=workspace, connection=connection)
        owner = {"workspace": workspace, "connection": connection}
        customers = _customers(workspace)
        contacts = _contacts(owner)
        talks = _talks(owner, customers, quotes // 2)
        wishes = _requests(workspace, requests)
        for start in range(0, quotes, LOT):
            _say(owner, range(start, min(start + LOT, quotes)), talks, contacts, wishes)
        counting.settle(workspace.pk)
        best = FeatureRequest.objects.order_by("-customers").values_list("pk", flat=True)[0]
    with database.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"customer": customers[0], "request": best, "conversation": talks[0]}


def one_more() -> None:
    """One more message asks for something, beside ten thousand requests."""
    workspace = Workspace.objects.get()
    with scope(workspace=workspace):
        connection = Connection.objects.get()
        talk = Conversation.objects.create(
            workspace=workspace, connection=connection, external_id=f"more-{next(NUMBERS)}", fetched_at=1
        )
        message = Message.objects.create(
            workspace=workspace,
            connection=connection,
            conversation=talk,
            external_id=f"more-{next(NUMBERS)}",
            origin="part",
            created_at=clock.now(),
        )
        found = evidence.Found(
            asked={message.pk: evidence.Asked(message, "One more wish.", 0.9)},
            texts={message.pk: "One more wish."},
            conversations={message.pk: talk.pk},
            vectors={message.pk: vectors.pack(_vectors(1)[0])},
            encoder="benchmark",
            alike=WordEncoder.alike,
        )
        with transaction.atomic():
            evidence.save(found, [talk.pk], workspace_id=workspace.pk)
        counting.settle(workspace.pk)


def compare() -> None:
    """Every request with every other one."""
    workspace = Workspace.objects.get()
    with scope(workspace=workspace):
        comparing.propose(workspace.pk)


def _customers(workspace: Workspace) -> list[int]:
    rows = [
        Customer(workspace=workspace, name=f"Customer {at}", arr=1_000 * (at % 50), created_at=0)
        for at in range(CUSTOMERS)
    ]
    return [one.pk for one in Customer.objects.bulk_create(rows)]


def _contacts(owner: dict[str, object]) -> list[int]:
    people = [
        Person(workspace=owner["workspace"], identity=f"email:{at}@x.example", name=f"Person {at}")
        for at in range(PEOPLE)
    ]
    kept = Person.objects.bulk_create(people)
    rows = [Contact(**owner, external_id=f"p{at}", person=one, fetched_at=1) for at, one in enumerate(kept)]
    return [one.pk for one in Contact.objects.bulk_create(rows)]


def _talks(owner: dict[str, object], customers: Sequence[int], number: int) -> list[int]:
    rows = [
        Conversation(
            **owner, external_id=str(at), customer_id=DRAW.choice(customers), updated_at=at, created_at=at, fetched_at=1
        )
        for at in range(number)
    ]
    return [one.pk for one in Conversation.objects.bulk_create(rows, batch_size=LOT)]


def _requests(workspace: Workspace, number: int) -> list[FeatureRequest]:
    states = FeatureRequest.Status.values
    rows = [
        FeatureRequest(workspace=workspace, created_at=0, status=states[at % len(states)], title=f"Wish {at}")
        for at in range(number)
    ]
    return FeatureRequest.objects.bulk_create(rows, batch_size=LOT)


def _say(
    owner: dict[str, object],
    numbers: range,
    talks: Sequence[int],
    contacts: Sequence[int],
    wishes: Sequence[FeatureRequest],
) -> None:
    now = clock.now()
    messages = Message.objects.bulk_create(
        Message(
            **owner,
            conversation_id=talks[at % len(talks)],
            external_id=f"m{at}",
            origin="part",
            author_type="user",
            contact_id=DRAW.choice(contacts),
            created_at=now - DRAW.randrange(20 * WEEK),
        )
        for at in numbers
    )
    made = _vectors(len(numbers))
    Evidence.objects.bulk_create(
        Evidence(
            workspace=owner["workspace"],
            message=message,
            conversation_id=message.conversation_id,
            request=wishes[_popular(at, len(wishes))],
            quote=f"Please grant wish {at % len(wishes)}" + (" with SAML" if at % 997 == 0 else ""),
            probability=0.9,
            state="certain" if at % 20 else "to_check",
            vector=vectors.pack(made[place]),
            noted_at=now,
        )
        for place, (at, message) in enumerate(zip(numbers, messages, strict=True))
    )
    Due.objects.filter(words=False).delete()


def _popular(at: int, wishes: int) -> int:
    """Each wish once, then the first ones more often than the last."""
    return at if at < wishes else int(wishes * DRAW.random() ** 3)


def _vectors(number: int) -> NDArray[np.float32]:
    drawn = ROLL.standard_normal((number, WIDTH)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)
