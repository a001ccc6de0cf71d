from collections.abc import Callable

import pytest
from django.test import Client

from sonora.canvas.models import Canvas
from sonora.workspaces.models import User
from tests.factories.cast import Cast

Browser = Callable[[User | None], Client]


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


@pytest.fixture
def ben(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ben)


@pytest.fixture
def canvas(cast: Cast) -> Canvas:
    return cast.a.block.canvas
