import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core import serializers
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from django.db.migrations.writer import MigrationWriter

from sonora.core.encrypted import CredentialsUnreadable, EncryptedField, is_under_first_key, reencrypt
from sonora.core.secret import SecretStr
from tests.core.tables import Vault

pytestmark = pytest.mark.usefixtures("tables", "db")
TOKEN = "dG9rOnRlc3RfdG9rZW5fbm90X3JlYWw="
OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture(autouse=True)
def keys(settings: Any) -> Any:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    return settings


def vault(workspace_id: int = 1, **fields: Any) -> Vault:
    return Vault.objects.create(workspace_id=workspace_id, token=SecretStr(TOKEN), **fields)


def column(pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM core_tests_vault WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def put(pk: int, ciphertext: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_tests_vault SET token = %s WHERE id = %s", [ciphertext, pk])


def test_what_is_saved_is_read_back_as_a_secret():
    saved = vault()
    assert saved.token == SecretStr(TOKEN)
    loaded = Vault.objects.get(pk=saved.pk)
    assert isinstance(loaded.token, SecretStr)
    assert loaded.token.reveal() == TOKEN


def test_the_column_holds_no_trace_of_the_secret():
    assert TOKEN not in column(vault().pk)
    assert TOKEN[:8] not in column(vault().pk)


def test_the_payload_names_its_version_and_its_workspace():
    payload = json.loads(Fernet(OLD).decrypt(column(vault(workspace_id=5).pk)))
    assert payload == {"v": 1, "workspace": 5, "value": TOKEN}


def test_the_order_in_which_workspace_and_secret_are_assigned_does_not_matter():
    row = Vault(token=SecretStr(TOKEN))
    row.workspace_id = 3
    row.save()
    assert Vault.objects.get(pk=row.pk).token == SecretStr(TOKEN)


def test_a_secret_without_a_workspace_is_not_saved():
    with pytest.raises(ValueError, match="workspace"):
        Vault(token=SecretStr(TOKEN)).save()


def test_none_is_stored_as_null():
    row = Vault.objects.create(workspace_id=1)
    assert row.token is None
    assert Vault.objects.get(pk=row.pk).token is None
    assert Vault.objects.filter(token__isnull=True).count() == 1


def test_a_secret_can_be_taken_away_and_replaced():
    row = vault()
    row.token = SecretStr("another")
    row.save(update_fields=["token"])
    assert Vault.objects.get(pk=row.pk).token == SecretStr("another")
    row.token = None
    row.save(update_fields=["token"])
    assert column(row.pk) is None


def test_a_plain_text_is_refused_and_not_shown():
    with pytest.raises(TypeError) as caught:
        Vault(workspace_id=1, token=TOKEN)
    assert TOKEN not in str(caught.value)
    row = vault()
    with pytest.raises(TypeError):
        row.token = TOKEN
    with pytest.raises(TypeError):
        Vault.objects.update(token=TOKEN)
    with pytest.raises(TypeError):
        Vault.objects.update(token=SecretStr(TOKEN))


def test_bulk_create_encrypts_for_the_workspace_of_each_row():
    Vault.objects.bulk_create([Vault(workspace_id=n, token=SecretStr(f"secret-{n}")) for n in (1, 2)])
    assert [row.token.reveal() for row in Vault.objects.order_by("workspace_id")] == ["secret-1", "secret-2"]


def test_a_lost_key_is_a_loud_error_that_shows_nothing(keys: Any):
    row = vault()
    keys.FIELD_ENCRYPTION_KEYS = [LOST]
    loaded = Vault.objects.get(pk=row.pk)
    with pytest.raises(CredentialsUnreadable) as caught:
        _ = loaded.token
    assert column(row.pk) not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c[:-5] + "AAAA=",
        lambda c: c[:40] + ("B" if c[40] == "A" else "A") + c[41:],
        lambda c: "plain text",
        lambda c: "",
        lambda c: "é" * 9,
    ],
)
def test_a_changed_ciphertext_is_a_loud_error(damage: Callable[[str], str]):
    row = vault()
    put(row.pk, damage(column(row.pk)))
    with pytest.raises(CredentialsUnreadable):
        _ = Vault.objects.get(pk=row.pk).token


def test_a_ciphertext_moved_from_another_workspace_is_refused():
    ours, theirs = vault(workspace_id=1), vault(workspace_id=2)
    put(ours.pk, column(theirs.pk))
    with pytest.raises(CredentialsUnreadable, match="another workspace"):
        _ = Vault.objects.get(pk=ours.pk).token


def test_a_row_moved_to_another_workspace_loses_its_secret():
    row = vault(workspace_id=1)
    row.workspace_id = 2
    row.save()
    with pytest.raises(CredentialsUnreadable):
        _ = Vault.objects.get(pk=row.pk).token


def test_an_unreadable_secret_does_not_keep_the_rest_of_the_row_from_being_used(keys: Any):
    row = vault(name="before")
    before = column(row.pk)
    keys.FIELD_ENCRYPTION_KEYS = [LOST]
    loaded = Vault.objects.get(pk=row.pk)
    loaded.name = "after"
    loaded.save()
    loaded.refresh_from_db()
    assert loaded.name == "after"
    assert Vault.objects.only("name").get(pk=row.pk).name == "after"
    assert column(row.pk) == before


def test_a_deferred_secret_is_loaded_when_it_is_asked_for():
    row = vault()
    assert Vault.objects.defer("token").get(pk=row.pk).token == SecretStr(TOKEN)
    assert Vault.objects.only("pk").get(pk=row.pk).token == SecretStr(TOKEN)


@pytest.mark.parametrize("lookup", ["token", "token__exact", "token__startswith", "token__in", "token__lt"])
def test_rows_cannot_be_found_by_a_secret(lookup: str):
    with pytest.raises(FieldError, match="encrypted"):
        list(Vault.objects.filter(**{lookup: "x"}))


def test_values_and_fixtures_do_not_give_the_ciphertext_away():
    row = vault()
    kept = column(row.pk)
    assert kept not in repr(list(Vault.objects.values())) + str(Vault.objects.values_list("token", flat=True)[0])
    assert kept not in serializers.serialize("json", [row])
    assert kept not in repr(row.__dict__)
    assert TOKEN not in repr(row.__dict__)


def test_the_migration_of_the_field_says_nothing_odd():
    field = EncryptedField(null=True)
    field.set_attributes_from_name("token")
    assert MigrationWriter.serialize(field)[0] == "sonora.core.encrypted.EncryptedField(null=True)"


def test_every_key_decrypts_and_the_first_encrypts(keys: Any):
    old = vault()
    keys.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    new = vault()
    assert Vault.objects.get(pk=old.pk).token == SecretStr(TOKEN)
    assert not is_under_first_key(column(old.pk))
    assert is_under_first_key(column(new.pk))


def test_reencrypted_content_needs_the_old_key_no_more(keys: Any):
    row = vault()
    keys.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    put(row.pk, reencrypt(column(row.pk)))
    keys.FIELD_ENCRYPTION_KEYS = [NEW]
    assert Vault.objects.get(pk=row.pk).token == SecretStr(TOKEN)
    keys.FIELD_ENCRYPTION_KEYS = [LOST]
    with pytest.raises(CredentialsUnreadable):
        reencrypt(column(row.pk))


@pytest.mark.parametrize("bad", [[], ["short"], [OLD, "not base64 !!!"], ["é" * 44]])
def test_a_bad_key_in_the_settings_is_named_by_its_position_not_shown(keys: Any, bad: list[str]):
    keys.FIELD_ENCRYPTION_KEYS = bad
    with pytest.raises(ImproperlyConfigured, match="FIELD_ENCRYPTION_KEYS") as caught:
        vault()
    assert not any(key in str(caught.value) for key in bad)
