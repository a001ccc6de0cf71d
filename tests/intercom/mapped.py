"""The example payloads as records, with changes."""

import json
from typing import Any

from integrations.intercom import mapper, payloads, reading
from integrations.intercom.links import Links
from integrations.records import (
    CompanyRecord,
    ContactRecord,
    ConversationRecord,
    MessageRecord,
)
from tests.payloads import load

LINKS = Links("eu", "wsp1")


def conversation(**changes: Any) -> ConversationRecord:
    """The example conversation, with *changes*; a value of `...` takes the key away."""
    payload = load("conversation") | changes
    body = json.dumps({key: value for key, value in payload.items() if value is not ...}).encode()
    read, broken = reading.conversation(body, external_id="9001")
    return mapper.conversation(read, links=LINKS, broken=broken)


def contact(**changes: Any) -> ContactRecord:
    body = json.dumps(load("contact") | changes).encode()
    return mapper.contact(reading.single(body, payloads.Contact), links=LINKS)


def company(**changes: Any) -> CompanyRecord:
    body = json.dumps(load("company") | changes).encode()
    return mapper.company(reading.single(body, payloads.Company), links=LINKS)


def source(**changes: Any) -> dict[str, Any]:
    return load("conversation")["source"] | changes


def part(**changes: Any) -> dict[str, Any]:
    return load("conversation")["conversation_parts"]["conversation_parts"][0] | changes


def parts(*each: Any) -> dict[str, Any]:
    return {"type": "conversation_part.list", "conversation_parts": list(each), "total_count": len(each)}


def message(**changes: Any) -> MessageRecord:
    return conversation(conversation_parts=parts(part(**changes))).messages[1]
