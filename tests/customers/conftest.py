"""What tests of matching begin with."""

from collections.abc import Iterator

import pytest

from integrations.models import Connection
from tests.factories.matching import intercom


@pytest.fixture
def link() -> Iterator[Connection]:
    """A connection, with the scope of its workspace open."""
    with intercom() as one:
        yield one
