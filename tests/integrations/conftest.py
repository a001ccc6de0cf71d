"""A sandbox Intercom for this folder, and two workspaces: ada and ben share one, cleo has the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, PermissionCheck, SyncState
from integrations.providers import Access, provider_named
from sonora.core.secret import SecretStr
from sonora.workspaces.models import Workspace
from sonora.workspaces.permissions import Role
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.workspaces import MembershipFactory, UserFactory, WorkspaceFactory

CARD = "/settings/integrations/intercom"


@pytest.fixture(scope="session")
def _one_sandbox() -> Iterator[Sandbox]:
    with Sandbox(conversations=40, seed=7) as sandbox:
        yield sandbox


@pytest.fixture
def intercom(_one_sandbox: Sandbox, settings: Any) -> Sandbox:
    """The sandbox, behaving; nothing in this folder changes its objects."""
    _one_sandbox.clear()
    _one_sandbox.reset_log()
    settings.INTERCOM_EXTRA_BASE_URLS = [f"us={_one_sandbox.url}"]
    return _one_sandbox


@dataclass(frozen=True, kw_only=True)
class House:
    """ada is an admin and ben a member of `workspace`; cleo is an admin of another one. All are signed in."""

    workspace: Workspace
    ada: Client
    ben: Client
    cleo: Client


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    mine, other = WorkspaceFactory(slug="a"), WorkspaceFactory(slug="b")
    return House(
        workspace=mine,
        ada=_signed_in("ada@a.example", mine, Role.ADMIN),
        ben=_signed_in("ben@a.example", mine, Role.MEMBER),
        cleo=_signed_in("cleo@b.example", other, Role.ADMIN),
    )


def _signed_in(email: str, workspace: Workspace, role: str) -> Client:
    with scopes_disabled():
        user = MembershipFactory(user=UserFactory(email=email), workspace=workspace, role=role).user
    client = Client()
    client.force_login(user)
    return client


def typed(intercom: Sandbox, **changed: Any) -> dict[str, Any]:
    """What somebody who does everything right sends with Save."""
    return {
        "token": intercom.token,
        "region": intercom.url,
        "base_url": intercom.url,
        "base_url_came_as": "https://api.intercom.io",
        "lookback": "30",
        "lookback_days": "",
        "interval": "1800",
        "show_internal_notes": "on",
        "analyse_sentiment": "on",
        "analyse_requests": "on",
        **changed,
    }


def access(intercom: Sandbox) -> Access:
    return Access(token=SecretStr(intercom.token), base_url=intercom.url)


def connect(workspace: Workspace, intercom: Sandbox, **changed: Any) -> Connection:
    """A connection made as the wizard makes it; needs the workspace's scope."""
    from integrations import connections

    wanted: dict[str, Any] = {"lookback_days": 90, "interval": 900, "show_internal_notes": True, "by": "ada@a.example"}
    return connections.connect(workspace, provider_named("intercom"), access(intercom), **{**wanted, **changed})


def stored_rows() -> int:
    """How many rows of the core's own tables there are, in all workspaces."""
    with scopes_disabled():
        return Connection.objects.count() + PermissionCheck.objects.count() + SyncState.objects.count()
