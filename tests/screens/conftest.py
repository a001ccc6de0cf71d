from collections.abc import Callable

import pytest
from django.test import Client

from sonora.workspaces.models import User
from tests.factories import cast as people
from tests.factories.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """ada, ben and cleo, with both workspaces filled."""
    return people.cast()


@pytest.fixture
def as_user() -> Callable[[User | None], Client]:
    """A browser signed in as somebody, or as nobody; it checks CSRF."""
    return people.browser
