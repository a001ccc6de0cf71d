from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from integrations.models import Connection
from sonora.core.secret import SecretStr
from tests.factories.integrations import ConnectionFactory

pytestmark = pytest.mark.django_db
OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))
TOKEN = "dG9rOnRlc3RfdG9rZW5fbm90X3JlYWw="


@pytest.fixture(autouse=True)
def connections(settings: Any) -> Any:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    with scopes_disabled():
        yield [ConnectionFactory(token=SecretStr(TOKEN)) for _ in range(3)]


def test_tokens_of_all_workspaces_are_readable_without_the_old_key(settings: Any, capsys: pytest.CaptureFixture[str]):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    call_command("rotate_keys")
    assert "integrations.Connection.token: 3 re-encrypted, 0 were already." in capsys.readouterr().out
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert {connection.token.reveal() for connection in Connection.objects.all()} == {TOKEN}


def test_a_token_that_cannot_be_read_is_named_and_fails_the_command(
    settings: Any, connections: list[Connection], capsys: pytest.CaptureFixture[str]
):
    settings.FIELD_ENCRYPTION_KEYS = [LOST]
    connections[1].token = SecretStr(TOKEN)
    connections[1].save(update_fields=["token"])
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match="cannot be read: 1"):
        call_command("rotate_keys")
    told = capsys.readouterr()
    assert "2 re-encrypted" in told.out
    assert f"integrations.Connection {connections[1].pk}: " in told.err
    assert TOKEN not in told.out + told.err
