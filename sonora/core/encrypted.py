"""A model field whose column holds ciphertext, bound to the workspace of its row.

The column keeps a Fernet token of ``{"v": 1, "workspace": <id>, "value": <text>}``. The field's name gives the secret,
decrypted at each access; the attribute with the suffix ``_sealed`` is what Django loads, saves and copies, so that a
row whose ciphertext cannot be read still loads, refreshes and saves its other columns.
"""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, overload

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

from sonora.core.secret import MASK, SecretStr

VERSION = 1
MAKE_A_KEY = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


class CredentialsUnreadable(Exception):
    """A stored secret cannot be decrypted here: the key is lost, or the row was changed or moved."""

    user_message = (
        "The stored credentials cannot be read: the encryption key has changed or the data was moved. Connect again."
    )

    def __init__(self, reason: str) -> None:
        """*reason* says why in a few words; it never holds the ciphertext or the secret."""
        super().__init__(f"The stored credentials cannot be read: {reason}.")


class Sealed:
    """The ciphertext of a column; it does not show itself."""

    __slots__ = ("ciphertext",)

    def __init__(self, ciphertext: str) -> None:
        self.ciphertext = ciphertext

    def __repr__(self) -> str:
        return f"Sealed('{MASK}')"

    def __str__(self) -> str:
        return MASK


if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = models.Field  # not subscriptable at run time


class EncryptedField(_Field):
    """`SecretStr | None` on the instance, ciphertext in a text column. The model must have a ``workspace_id``.

    Reading raises CredentialsUnreadable when the ciphertext cannot be decrypted, was changed, or belongs to another
    workspace. Assigning a plain str raises TypeError. Every lookup but ``isnull`` raises FieldError.
    """

    description = "Encrypted text"
    empty_strings_allowed = False

    def __init__(self, *args: Any, **options: Any) -> None:
        # Neither a ModelForm nor dumpdata may see it.
        super().__init__(*args, **{**options, "editable": False, "serialize": False})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["editable"], options["serialize"]
        return name, path, args, options

    def get_internal_type(self) -> str:
        return "TextField"

    def get_attname_column(self) -> tuple[str, str]:
        return f"{self.name}_sealed", self.db_column or self.name

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, name, SecretAttribute(self))

    def from_db_value(self, value: str | None, *_: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002, FBT001 - Django's
        value = getattr(model_instance, self.attname)
        if isinstance(value, SecretStr):
            value = seal(value, workspace_id=model_instance.workspace_id)  # type: ignore[attr-defined]
            setattr(model_instance, self.attname, value)
        return value  # type: ignore[no-any-return]

    def get_db_prep_value(self, value: Any, *_: object, **__: object) -> str | None:
        if value is None:
            return None
        if isinstance(value, Sealed):
            return value.ciphertext
        raise TypeError(f"{self.name} is written by assigning a SecretStr to an instance and saving it.")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted, so rows cannot be found by it; only isnull can be asked.")


class SecretAttribute:
    """Opens the secret when it is asked for."""

    __slots__ = ("_field",)
    _field: EncryptedField

    def __init__(self, field: EncryptedField) -> None:
        self._field = field

    @overload
    def __get__(self, instance: None, owner: object) -> "SecretAttribute": ...
    @overload
    def __get__(self, instance: models.Model, owner: object) -> SecretStr | None: ...
    def __get__(self, instance: models.Model | None, owner: object) -> "SecretAttribute | SecretStr | None":
        if instance is None:
            return self
        value = getattr(instance, self._field.attname)
        if isinstance(value, Sealed):
            return unseal(value, workspace_id=instance.workspace_id)  # type: ignore[attr-defined]
        return value  # type: ignore[no-any-return]

    def __set__(self, instance: models.Model, value: SecretStr | Sealed | None) -> None:
        if value is not None and not isinstance(value, (SecretStr, Sealed)):
            raise TypeError(f"{self._field.name} takes a SecretStr or None, not {type(value).__name__}.")
        setattr(instance, self._field.attname, value)


def seal(secret: SecretStr, *, workspace_id: int) -> Sealed:
    """*secret* encrypted under the first key and bound to the workspace. Raises ValueError without a workspace."""
    if workspace_id is None:
        raise ValueError("A secret is bound to its workspace: set the workspace before saving.")
    payload = {"v": VERSION, "workspace": workspace_id, "value": secret.reveal()}
    return Sealed(_keys().encrypt(json.dumps(payload).encode()).decode("ascii"))


def unseal(sealed: Sealed, *, workspace_id: int) -> SecretStr:
    """The secret within *sealed*. Raises CredentialsUnreadable when it is not to be read for that workspace."""
    payload = json.loads(_decrypt(sealed.ciphertext))
    if payload.get("v") != VERSION:
        raise CredentialsUnreadable("they were written by another version of Sonora")
    if payload.get("workspace") != workspace_id:
        raise CredentialsUnreadable("they belong to another workspace")
    return SecretStr(payload["value"])


def reencrypt(ciphertext: str) -> str:
    """The same content under the first key. Raises CredentialsUnreadable when no key opens *ciphertext*."""
    try:
        return _keys().rotate(ciphertext.encode()).decode("ascii")
    except InvalidToken:
        _refuse()


def is_under_first_key(ciphertext: str) -> bool:
    """Whether *ciphertext* needs no rotation."""
    try:
        Fernet(settings.FIELD_ENCRYPTION_KEYS[0]).decrypt(ciphertext.encode())
    except InvalidToken:
        return False
    return True


def _decrypt(ciphertext: str) -> bytes:
    try:
        return _keys().decrypt(ciphertext.encode())
    except InvalidToken:
        _refuse()


def _refuse() -> NoReturn:
    raise CredentialsUnreadable("no key in FIELD_ENCRYPTION_KEYS opens them, or they were changed") from None


def _keys() -> MultiFernet:
    return _multi_fernet(tuple(settings.FIELD_ENCRYPTION_KEYS))


@lru_cache(maxsize=2)
def _multi_fernet(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured(f"FIELD_ENCRYPTION_KEYS is empty. Make a key with: {MAKE_A_KEY}")
    return MultiFernet([_fernet(key, position) for position, key in enumerate(keys, start=1)])


def _fernet(key: str, position: int) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        raise ImproperlyConfigured(
            f"Key {position} in FIELD_ENCRYPTION_KEYS is no Fernet key (32 bytes in URL-safe base64, separated by "
            f"commas). Make one with: {MAKE_A_KEY}",
        ) from None
