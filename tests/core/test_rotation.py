from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from sonora.core import rotation
from sonora.core.encrypted import EncryptedField, Sealed, is_under_first_key
from sonora.core.secret import SecretStr
from tests.core.tables import Vault

pytestmark = pytest.mark.usefixtures("tables", "db")
OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))
FIELD: EncryptedField = Vault._meta.get_field("token")  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def keys(settings: Any) -> Any:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    return settings


def vaults(count: int) -> list[int]:
    return [Vault.objects.create(workspace_id=n, token=SecretStr(f"secret-{n}")).pk for n in range(1, count + 1)]


def column(pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM core_tests_vault WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def put(pk: int, ciphertext: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_tests_vault SET token = %s WHERE id = %s", [ciphertext, pk])


def test_every_secret_comes_under_the_first_key_and_reads_as_before(keys: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    pks = vaults(10)
    Vault.objects.create(workspace_id=1)
    keys.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    result = rotation.rotate(Vault, FIELD)
    assert (result.rotated, result.current, result.changed, result.unreadable) == (10, 0, 0, [])
    keys.FIELD_ENCRYPTION_KEYS = [NEW]
    assert [Vault.objects.get(pk=pk).token.reveal() for pk in pks] == [f"secret-{n}" for n in range(1, 11)]


def test_a_second_run_finds_nothing_to_do(keys: Any):
    vaults(3)
    keys.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    rotation.rotate(Vault, FIELD)
    result = rotation.rotate(Vault, FIELD)
    assert (result.rotated, result.current) == (0, 3)


def test_a_run_that_was_stopped_is_gone_on_with(keys: Any):
    first, *_ = vaults(3)
    keys.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    put(first, rotation.reencrypt(column(first)))
    result = rotation.rotate(Vault, FIELD)
    assert (result.rotated, result.current) == (2, 1)


def test_what_cannot_be_read_is_named_and_left_alone(keys: Any):
    good, lost, moved = vaults(3)
    put(moved, column(good))
    keys.FIELD_ENCRYPTION_KEYS = [LOST]
    row = Vault.objects.get(pk=lost)
    row.token = SecretStr("under a lost key")
    row.save()
    before = column(lost), column(moved)
    keys.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    result = rotation.rotate(Vault, FIELD)
    assert result.rotated == 1
    assert [line.split(":")[0] for line in result.unreadable] == [
        f"core_tests.Vault {lost}",
        f"core_tests.Vault {moved}",
    ]
    assert "another workspace" in result.unreadable[1]
    assert (column(lost), column(moved)) == before
    assert not any(ciphertext in line for ciphertext in before for line in result.unreadable)


def test_a_token_replaced_meanwhile_is_not_put_back(keys: Any):
    (pk,) = vaults(1)
    read_before = Sealed(column(pk))
    row = Vault.objects.get(pk=pk)
    row.token = SecretStr("newer")
    row.save()
    keys.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    result = rotation.Rotation(label="x")
    rotation._rotate_row(Vault, FIELD, result, pk=pk, workspace_id=1, sealed=read_before)
    assert (result.changed, result.rotated) == (1, 0)
    assert Vault.objects.get(pk=pk).token.reveal() == "newer"
    assert not is_under_first_key(column(pk))


def test_every_encrypted_field_of_the_product_is_found():
    assert "integrations.Connection.token" in {f"{m._meta.label}.{f.name}" for m, f in rotation.encrypted_columns()}
