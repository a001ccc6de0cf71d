"""Refusals, in the shape Intercom gives them."""

import itertools
from typing import Any

import msgspec

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_numbers = itertools.count(61_917_364_224)


class ApiError(Exception):
    """An answer that is an `error.list`: *status*, *code*, *message* and headers of its own."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        headers: tuple[tuple[bytes, bytes], ...] = (),
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.field, self.headers = status, code, message, field, headers


def not_found(message: str = "Resource Not Found", code: str = "not_found") -> ApiError:
    """404 for an object, or a path, that does not exist."""
    return ApiError(404, code, message)


def invalid(message: str, *, field: str | None = None, status: int = 400) -> ApiError:
    """A parameter that cannot be used."""
    return ApiError(status, "parameter_invalid", message, field=field)


def body(code: str, message: str, *, request_id: str, field: str | None = None) -> bytes:
    """The JSON of an `error.list` with one error."""
    error: dict[str, Any] = {"code": code, "message": message}
    if field:
        error["field"] = field
    return msgspec.json.encode({"type": "error.list", "request_id": request_id, "errors": [error]})


def next_request_id() -> str:
    """Twenty lower-case letters and digits, as live answers carry."""
    number, digits = next(_numbers) * 2_654_435_761, ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits.rjust(20, "0")[-20:]
