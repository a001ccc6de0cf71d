"""What the database itself refuses: a row and its parent in two workspaces. Tried for every link of every model."""

from typing import Any, cast

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django_scopes import scopes_disabled

from integrations.models import Connection
from sonora.workspaces.models import User, Workspace
from sonora.workspaces.scoping import WorkspaceOwned
from tests.factories.integrations import NOW

pytestmark = pytest.mark.django_db

OWNED = [model for model in apps.get_models() if issubclass(model, WorkspaceOwned)]
LINKS = [
    (model, field)
    for model in OWNED
    for field in model._meta.concrete_fields
    if field.name != "workspace" and field.related_model in OWNED
]
COPIED = [link for link in LINKS if not link[1].db_constraint]  # the database writes what another link says


class Builder:
    """Makes a row of any model with all its parents, in one workspace."""

    def __init__(self, slug: str) -> None:
        self.workspace = Workspace.objects.create(slug=slug, name=slug)
        self._made: dict[type[models.Model], models.Model | None] = {}
        self._count = 1000 * ord(slug)  # so that no value is in both

    def parent(self, model: type[models.Model]) -> models.Model | None:
        """The one row of *model* that others point to; it points to none of its own kind."""
        if model not in self._made:
            self._made[model] = None
            self._made[model] = self.new(model)
        return self._made[model]

    def new(self, model: type[models.Model]) -> models.Model:
        values = {
            field.attname: self._value(field) for field in model._meta.concrete_fields if not _is_automatic(field)
        }
        return cast("Any", model).objects.create(**values)

    def another(self, model: type[models.Model]) -> models.Model:
        """A row of *model* with parents of its own."""
        self._made = {}
        return self.new(model)

    def _value(self, field: Any) -> Any:
        self._count += 1
        if field.name == "workspace":
            return self.workspace.pk
        if field.related_model in OWNED:
            parent = self.parent(field.related_model)
            return parent and parent.pk
        if field.related_model is User:
            return User.objects.create_user(f"{self.workspace.slug}-{self._count}@a.example").pk
        if isinstance(field, models.IntegerField):
            return NOW
        return f"{self._count}"[: field.max_length or 10]


def _is_automatic(field: Any) -> bool:
    if field.name == "workspace" or field.related_model in OWNED:
        return False
    return (
        field.has_default() or field.null or field.blank or isinstance(field, models.BooleanField) or field.primary_key
    )


def _id(link: tuple[type[models.Model], Any]) -> str:
    return f"{link[0].__name__}.{link[1].name}"


def test_there_are_links_to_try():
    assert len(LINKS) > 30
    assert "Message.conversation" in {_id(link) for link in LINKS}


@pytest.mark.parametrize("link", [link for link in LINKS if link not in COPIED], ids=_id)
def test_a_row_never_points_into_another_workspace(link: tuple[type[models.Model], Any]):
    model, field = link
    with scopes_disabled():
        a, b = Builder("a"), Builder("b")
        child, stranger = a.new(model), b.new(field.related_model)
        rows = cast("Any", model).objects.filter(pk=child.pk)
        with pytest.raises(IntegrityError, match="belong to the same workspace"), transaction.atomic():
            rows.update(**{field.name: stranger.pk})
        with pytest.raises(IntegrityError, match="belong to the same workspace"), transaction.atomic():
            rows.update(workspace=b.workspace)
        parents = cast("Any", field.related_model).objects.filter(pk=getattr(child, field.attname))
        with pytest.raises(IntegrityError, match="belong to the same workspace"), transaction.atomic():
            parents.update(workspace=b.workspace)
        own = a.another(field.related_model) if not field.primary_key else None
        if own is not None:
            rows.update(**{field.name: own.pk})  # within the workspace it may


@pytest.mark.parametrize("link", COPIED, ids=_id)
def test_what_the_database_copies_into_a_row_stays_as_it_is_whatever_is_written(link: tuple[type[models.Model], Any]):
    model, field = link
    with scopes_disabled():
        child, stranger = Builder("a").new(model), Builder("b").new(field.related_model)
        rows = cast("Any", model).objects.filter(pk=child.pk)
        before = rows.values_list(field.attname)[0]
        rows.update(**{field.name: stranger.pk})
        assert rows.values_list(field.attname)[0] == before != (stranger.pk,)


def test_a_connection_of_each_workspace_may_carry_the_same_ids():
    with scopes_disabled():
        for slug in ("a", "b"):
            Builder(slug).new(Connection)
