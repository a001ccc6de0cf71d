"""A secret in memory: nothing shows it by accident."""

import hmac
from typing import NoReturn, Self, final
from weakref import WeakValueDictionary

MASK = "**********"


@final
class SecretStr:
    """A text that repr, str, format, pickle and json do not give away; only `reveal` does."""

    __slots__ = ("__weakref__", "_value")

    def __init__(self, value: str) -> None:
        """Raises TypeError when *value* is no str, without showing it."""
        if not isinstance(value, str):
            raise TypeError(f"A SecretStr is made of a str, not of {type(value).__name__}.")
        self._value = value
        _alive[id(self)] = self

    def reveal(self) -> str:
        """The secret itself, for the one place that must send it."""
        return self._value

    def __repr__(self) -> str:
        return f"SecretStr('{MASK}')"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        """Equal secrets, in a time that does not depend on where they differ; never equal to a plain str."""
        if not isinstance(other, SecretStr):
            return NotImplemented
        return hmac.compare_digest(_bytes(self._value), _bytes(other._value))

    def __hash__(self) -> int:
        return hash((SecretStr, self._value))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A SecretStr cannot be pickled: a secret does not travel in messages or caches.")


def known_secrets() -> list[str]:
    """What the living SecretStr objects of this process hold, for the redaction of logs."""
    return [secret.reveal() for reference in _alive.valuerefs() if (secret := reference()) is not None]


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


# By identity, not in a WeakSet: of two equal secrets a WeakSet keeps the first only, and forgets both when it dies.
_alive: "WeakValueDictionary[int, SecretStr]" = WeakValueDictionary()
