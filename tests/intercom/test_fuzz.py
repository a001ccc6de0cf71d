"""Whatever Intercom sends, what comes out is a record or a `ProviderError`, and nothing of it breaks a database."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.errors import BadResponse, ProviderError
from integrations.intercom import mapper, payloads, reading
from integrations.intercom.links import Links
from integrations.intercom.pages import mapped
from tests.payloads import load

LINKS = Links("us", "wsp1")
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**25), max_value=10**25)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=20)
    | st.text(alphabet="\0\ud800\udc00a\\", max_size=5)
    | st.sampled_from(["", "0", "true", "1700000000000", "2099-01-01T00:00:00Z", "../me"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def mutants(name: str) -> st.SearchStrategy[Any]:
    """The example *name* with up to six values, anywhere in it, replaced by something else or taken away."""
    change = st.tuples(st.sampled_from(list(_paths(load(name)))), JSON | st.just(...))
    return st.lists(change, max_size=6).map(lambda changes: _changed(load(name), changes))


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*before, key)
        yield from _paths(each, (*before, key))


def _changed(example: Any, changes: list[tuple[tuple[Any, ...], Any]]) -> Any:
    for (*way, last), value in changes:
        at = example
        with suppress(KeyError, IndexError, TypeError):  # an earlier change took that place away
            for key in way:
                at = at[key]
            if value is ...:
                del at[last]
            else:
                at[last] = value
    return example


def texts(record: Any) -> Iterator[str]:
    if isinstance(record, str):
        yield record
    elif dataclasses.is_dataclass(record):
        for each in dataclasses.fields(record):
            yield from texts(getattr(record, each.name))
    elif isinstance(record, list | tuple):
        for each in record:
            yield from texts(each)


def storable(record: Any) -> bool:
    return all("\0" not in text and text.encode() is not None for text in texts(record))


@given(mutants("conversation"))
@settings(max_examples=150, deadline=None)
def test_any_conversation_is_a_record_or_a_provider_error(payload: Any):
    body = json.dumps(payload).encode()
    with suppress(ProviderError):
        read, broken = reading.conversation(body, external_id="9001")
        assert storable(mapper.conversation(read, links=LINKS, broken=broken))


@given(st.lists(mutants("contact") | mutants("company"), max_size=4))
@settings(max_examples=80, deadline=None)
def test_any_page_is_a_page_or_a_provider_error(objects: Any):
    body = json.dumps({"data": objects}).encode()
    for kind, to_record in ((payloads.Contact, mapper.contact), (payloads.Company, mapper.company)):
        with suppress(BadResponse):
            page = mapped(reading.page(body, kind, "data"), lambda it, to=to_record: to(it, links=LINKS))
            assert storable(list(page.rows))
            assert len(page.rows) + len(page.unreadable) <= len(objects)


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_are_an_answer_or_a_provider_error(body: bytes):
    for read in (
        lambda: reading.conversation(body, external_id="1"),
        lambda: reading.page(body, payloads.Tag, "data"),
        lambda: reading.faults(body),
    ):
        with suppress(ProviderError):
            read()


@given(st.text(alphabet="\0\ud800\udc00\ud83d\ude00aé\\u0d8", max_size=40))
@settings(max_examples=300)
def test_any_text_comes_through_with_only_what_cannot_be_stored_replaced(text: str):
    body = json.dumps({"id": "1", "title": text}).encode()
    payload, _ = reading.conversation(body, external_id="1")
    # What utf-16 makes of the halves: those that meet are one letter, the others are replaced.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")
    assert payload.title == whole
