"""Bytes of an answer → payloads. Raises BadResponse for what is no answer, UnreadableObject for one bad object.

What Python, msgspec and the databases disagree about is settled here once, on the bytes: a NUL and a lone half of a
surrogate pair become U+FFFD, so that no text behind this module holds either.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from integrations.errors import BadResponse, UnreadableObject
from integrations.intercom import payloads
from integrations.intercom.scalars import identifier
from integrations.records import Unreadable

P = TypeVar("P", bound=msgspec.Struct)
Bytes = bytes | msgspec.Raw

LARGEST_RAW = 1_000_000  # of an unreadable object this much is kept
_REPLACEMENT = rb"\ufffd"
_SUSPECT = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole pair
    rb"|(?P<bad>\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\u0000|\xed[\xa0-\xbf][\x80-\xbf])"
    rb"|\\.",  # any other escape, an escaped backslash first of all
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Items(Generic[P]):
    """The objects of one page, those that could not be read, and what the page says of itself."""

    rows: Sequence[P]
    unreadable: Sequence[Unreadable]
    envelope: payloads.Envelope


def page(body: bytes, kind: type[P], *keys: str) -> Items[P]:
    """The objects of *kind* in *body*, under the first of *keys* that holds a list; each is read by itself.

    Raises BadResponse when the body is no page: an answer without its list must not pass for an empty one.
    """
    try:
        envelope = _whole(body, payloads.Envelope)
    except msgspec.ValidationError as problem:
        raise BadResponse(_reason(problem), code="odd_page") from None
    for key in keys:
        found = getattr(envelope, key)
        if isinstance(found, list):
            rows, unreadable = _each(found, kind)
            return Items(rows, unreadable, envelope)
    raise BadResponse(f"The answer has no list of {keys[0]}.", code="no_list")


def single(body: bytes, kind: type[P], *, external_id: str = "") -> P:
    """The one object of *kind* that *body* is. Raises BadResponse, or UnreadableObject with *external_id*."""
    try:
        return _whole(body, kind)
    except msgspec.ValidationError as problem:
        raise _unreadable(problem, body, external_id) from None


def conversation(body: bytes, *, external_id: str) -> tuple[payloads.Conversation, Sequence[Unreadable]]:
    """The conversation that *body* is, and those of its parts that cannot be read. Raises as `single` does."""
    try:
        return _whole(body, payloads.Conversation), ()
    except msgspec.ValidationError:
        pieces = single(body, payloads.ConversationInPieces, external_id=external_id)
    head = {name: getattr(pieces, name) for name in payloads.ConversationHead.__struct_fields__}
    held = pieces.conversation_parts
    raws = held.conversation_parts if isinstance(held, payloads.RawParts) else held
    parts, unreadable = _each(raws if isinstance(raws, list) else [], payloads.Part)
    total = held.total_count if isinstance(held, payloads.RawParts) else None
    return payloads.Conversation(**head, conversation_parts=payloads.Parts(list(parts), total)), unreadable


def faults(body: bytes) -> payloads.Faults | None:
    """The error list that *body* is, or None: errors come as HTML too."""
    try:
        found = _whole(body, payloads.Faults)
    except (BadResponse, msgspec.ValidationError):
        return None
    return found if isinstance(found.errors, list) else None


def _each(raws: Sequence[Any], kind: type[P]) -> tuple[list[P], list[Unreadable]]:
    rows: list[P] = []
    unreadable: list[Unreadable] = []
    decoder: msgspec.json.Decoder[P] = _decoder(kind)
    for raw in raws:
        try:
            rows.append(decoder.decode(raw))
        except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
            unreadable.append(Unreadable(external_id=_id_in(raw), error=_reason(problem), raw=bytes(raw)[:LARGEST_RAW]))
    return rows, unreadable


def _whole(body: bytes, kind: type[P]) -> P:
    """*body* as *kind*. Raises BadResponse when it is no JSON object, msgspec.ValidationError for a value in it."""
    decoder: msgspec.json.Decoder[P] = _decoder(kind)
    if rb"\u0000" in body:
        body = _repaired(body)
    try:
        return _decoded(decoder, body)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        repaired = _repaired(body)
    try:
        return _decoded(decoder, repaired)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        raise BadResponse("The answer is not JSON.", code="not_json") from None


def _decoded(decoder: msgspec.json.Decoder[P], body: bytes) -> P:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError:
        if body.lstrip(b" \t\r\n")[:1] != b"{":
            raise BadResponse("The answer is not a JSON object.", code="not_an_object") from None
        raise
    except RecursionError:
        raise BadResponse("The answer is nested too deeply.", code="too_deep") from None
    except UnicodeDecodeError:
        raise BadResponse("The answer is not UTF-8.", code="not_utf8") from None


def _repaired(body: bytes) -> bytes:
    return _SUSPECT.sub(lambda found: _REPLACEMENT if found["bad"] else found[0], body)


def _unreadable(problem: Exception, body: bytes, external_id: str) -> UnreadableObject:
    return UnreadableObject(_reason(problem), external_id=external_id, raw=body[:LARGEST_RAW])


def _reason(problem: Exception) -> str:
    """Why an object was not read, without anything that stands in it."""
    if isinstance(problem, UnicodeDecodeError):
        return "A text in it is not UTF-8."
    return f"{problem}."[:200]  # msgspec names types and fields, never values


def _id_in(raw: Bytes) -> str:
    try:
        return identifier(_decoder(payloads.Ref).decode(raw).id)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""


@cache
def _decoder(kind: Any) -> Any:
    return msgspec.json.Decoder(kind)
