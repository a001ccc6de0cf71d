"""Nothing is asked of the database outside a workspace's scope."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from sonora.conversations.models import Conversation
from sonora.workspaces import audit
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import WorkspaceOwned
from tests.factories.cast import cast as everybody
from tests.factories.cast import fill

pytestmark = pytest.mark.django_db

OWNED = [model for model in apps.get_models() if issubclass(model, WorkspaceOwned)]
ASKED: dict[str, Callable[[Any], object]] = {
    "all": lambda rows: list(rows.all()),
    "filter": lambda rows: rows.filter(pk=1),
    "exclude": lambda rows: rows.exclude(pk=1),
    "exists": lambda rows: rows.exists(),
    "count": lambda rows: rows.count(),
    "get": lambda rows: rows.get(pk=1),
    "first": lambda rows: rows.first(),
    "update": lambda rows: rows.update(pk=1),
    "create": lambda rows: rows.create(),
    "bulk_update": lambda rows: rows.bulk_update([], ["pk"]),
    "aggregate": lambda rows: rows.aggregate(models.Count("pk")),
    "raw queryset": lambda rows: rows.get_queryset(),
}


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_question_outside_a_scope_raises(model: type[models.Model], ask: Callable[[Any], object]):
    with pytest.raises(ScopeError):
        ask(cast("Any", model).objects)


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
def test_every_manager_of_owned_rows_is_scoped(model: type[models.Model]):
    for manager in model._meta.managers:
        with pytest.raises(ScopeError):
            manager.all()


def test_a_scope_sees_its_own_rows_alone():
    a, b = fill("a", words="saffron"), fill("b", words="indigo")
    with scope(workspace=a.workspace):
        assert [one.pk for one in Conversation.objects.all()] == [a.conversation.pk]
        assert not Conversation.objects.filter(pk=b.conversation.pk).exists()


def test_the_audit_trail_is_only_added_to():
    people = everybody()
    with scope(workspace=people.a.workspace):
        audit.record("tried", subject="x" * 500, workspace=people.a.workspace, actor="ada@a.example")
        entries = AuditEntry.objects.filter(action="tried")
        assert len(entries.get().subject) == 200
        for change in (lambda: entries.update(subject="other"), entries.delete, lambda: entries.get().save()):
            with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
                change()
        assert entries.get().actor == "ada@a.example"


def test_disabling_the_scopes_is_a_deliberate_act():
    fill("a", words="saffron")
    fill("b", words="indigo")
    with scopes_disabled():
        assert Conversation.objects.count() == 2
