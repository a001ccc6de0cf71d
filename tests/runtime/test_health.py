import pytest
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django.fixtures import Settings

from integrations.sync import scheduler
from sonora.core import clock
from tests.factories.integrations import NOW
from tests.runtime.conftest import Valkey


@pytest.mark.django_db
def test_ready_when_database_and_broker_answer(client: Client, settings: Settings, valkey: Valkey):
    settings.REDIS_URL = valkey.url
    answer = client.get("/readyz")
    assert answer.status_code == 200
    told = {"status": "ok", "database": "ok", "migrations": "ok", "broker": "ok", "scheduler": "silent"}
    assert answer.json() == told


@pytest.mark.django_db
def test_a_scheduler_that_stopped_is_told_within_two_minutes(client: Client, settings: Settings, valkey: Valkey):
    settings.REDIS_URL = valkey.url
    with clock.fixed(NOW):
        scheduler.tick()
    told = {}
    for after in (0, 120, 121):
        with clock.fixed(NOW + after):
            answer = client.get("/readyz")
        assert answer.status_code == 200
        told[after] = answer.json()["scheduler"]
    assert told == {0: "ok", 120: "ok", 121: "silent"}


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["", "unix:///nowhere/valkey.sock", "redis://127.0.0.1:1/0"])
def test_not_ready_without_a_broker_and_the_answer_tells_no_address(client: Client, settings: Settings, url: str):
    settings.REDIS_URL = url
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "unreachable"
    assert "127.0.0.1" not in answer.content.decode()


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_to_be_applied(client: Client, settings: Settings, valkey: Valkey):
    settings.REDIS_URL = valkey.url
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'integrations'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "pending"


def test_not_ready_without_a_database(
    client: Client, settings: Settings, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
):
    settings.REDIS_URL = valkey.url
    monkeypatch.setattr(connection, "ensure_connection", _refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"


def test_alive_asks_neither_database_nor_broker(client: Client, settings: Settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def _refuse() -> None:
    raise DatabaseError("no database in this test")
