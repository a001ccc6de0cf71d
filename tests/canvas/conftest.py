"""The workspace that chat is asked about, which nothing here writes, and members who share a canvas, who do."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope, scopes_disabled

from sonora.canvas.models import Canvas
from sonora.workspaces.models import Membership
from tests.chat import world as worlds
from tests.chat.world import World
from tests.factories.canvas import CanvasFactory
from tests.factories.workspaces import MembershipFactory


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        built = worlds.build()
        with scope(workspace=built.connection.workspace):
            yield built
        transaction.set_rollback(True)


@pytest.fixture
def undone(world: World) -> Iterator[None]:
    """What the test writes into the world is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ada(db: None) -> Iterator[Membership]:
    """Somebody in a workspace, whose scope is open."""
    with scopes_disabled():
        member = MembershipFactory(user__name="Ada")
    with scope(workspace=member.workspace):
        yield member


@pytest.fixture
def ben(ada: Membership) -> Membership:
    return MembershipFactory(workspace=ada.workspace, user__name="Ben")


@pytest.fixture
def canvas(ada: Membership) -> Canvas:
    return CanvasFactory(owner=ada, access=Canvas.Access.EDIT)
