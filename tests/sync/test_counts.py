"""What a run counts: exactly what was committed."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import IntegrityError

from integrations.models import Connection, SyncRun
from integrations.store import Holder
from integrations.sync import lease
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.people.models import Person
from sonora.workspaces.scoping import scope


def test_what_a_refused_commit_counted_is_counted_once_when_it_is_done_again(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        work = _slice(connection)
        with work.commit():
            work.count("contacts", read=5)
        with pytest.raises(IntegrityError):
            _count_and_fail(work)
        with work.commit():
            _count(work)
        run = SyncRun.objects.get()
        assert run.read == {"contacts": 7}
        assert run.issues == ["Said once."]


def _count_and_fail(work: Slice) -> None:
    with work.commit():
        _count(work)
        Person.objects.create(workspace_id=10**9, identity="email:nobody@example.com")  # refused when it commits


def _count(work: Slice) -> None:
    work.count("contacts", read=2)
    work.issue("Said once.")


def _slice(connection: Connection) -> Slice:
    held = lease.claim(connection.pk)
    assert held is not None
    owner = {"workspace_id": connection.workspace_id, "connection_id": connection.pk}
    run = SyncRun.objects.create(**owner, kind=SyncRun.Kind.MANUAL, started_at=clock.now())
    work = Slice(held, cast(Any, SimpleNamespace(budget=SimpleNamespace(requests=0))), Holder(**owner), ends=0.0)
    with work.commit(run_id=run.pk):
        pass
    return work
