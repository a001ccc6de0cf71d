from collections.abc import Iterator

import pytest
from django.db import connection

from tests.core.tables import MODELS


@pytest.fixture(scope="session")
def tables(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The tables of `tests.core.tables`, beside the product's own."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in reversed(MODELS):
            editor.delete_model(model)
