"""What handlers take and give."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from integrations.intercom.sandbox.errors import invalid
from integrations.intercom.sandbox.versions import Version

Headers = list[tuple[bytes, bytes]]
_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Request:
    """One request, past the gate. *origin* is the address that `pages.next` is built on."""

    method: str
    path: str
    query: dict[str, str]
    content: bytes
    version: Version
    origin: str

    def json(self) -> dict[str, Any]:
        """The body as an object; empty when there is none. Raises ApiError (400) for anything else."""
        if not self.content:
            return {}
        try:
            value = msgspec.json.decode(self.content)
        except msgspec.DecodeError:
            raise invalid("There was a problem in the JSON you submitted") from None
        if not isinstance(value, dict):
            raise invalid("The body must be a JSON object")
        return value


@dataclass(slots=True)
class Answer:
    """Status, body and the headers that are its own."""

    status: int
    body: bytes
    headers: Headers = field(default_factory=list)
    content_type: bytes = b"application/json; charset=utf-8"


def ok(value: Any) -> Answer:
    """200 with *value* as JSON."""
    return Answer(200, _encode(value))
