import gzip
import tracemalloc
import zlib

import pytest

from integrations.errors import BadResponse
from integrations.intercom import mapper, reading
from integrations.intercom.bodies import MOST_PIECES, decoded
from integrations.intercom.links import Links

JSON = b'{"a": "\xc3\xa4"}'


def conversation_of(parts: bytes) -> bytes:
    return b'{"id": "1", "conversation_parts": [' + parts + b"]}"


def raw_deflate(body: bytes) -> bytes:
    squeezer = zlib.compressobj(wbits=-15)
    return squeezer.compress(body) + squeezer.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (JSON, b""),
        (JSON, b"identity"),
        (gzip.compress(JSON, mtime=0), b"gzip"),
        (gzip.compress(JSON, mtime=0), b"X-GZIP"),
        (zlib.compress(JSON), b"deflate"),
        (raw_deflate(JSON), b"deflate"),
    ],
)
def test_a_body_is_uncompressed(body: bytes, encoding: bytes):
    assert decoded(body, {b"content-encoding": encoding} if encoding else {}) == JSON


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (JSON, b"br", "encoding"),
        (gzip.compress(gzip.compress(JSON, mtime=0), mtime=0), b"gzip, gzip", "encoding"),
        (JSON, b"gzip", "encoding"),
        (b"", b"gzip", "truncated"),
        (gzip.compress(JSON, mtime=0)[:-12], b"gzip", "truncated"),
    ],
)
def test_a_body_that_cannot_be_uncompressed_is_a_bad_response(body: bytes, encoding: bytes, code: str):
    with pytest.raises(BadResponse) as caught:
        decoded(body, {b"content-encoding": encoding})
    assert caught.value.code == code


def test_a_bomb_is_cut_at_twenty_megabytes():
    bomb = gzip.compress(b"0" * (300 * 2**20), 9)
    tracemalloc.start()
    with pytest.raises(BadResponse) as caught:
        decoded(bomb, {b"content-encoding": b"gzip"})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "too_large"
    assert peak < 60 * 2**20


def test_a_plain_body_over_twenty_megabytes_is_refused():
    with pytest.raises(BadResponse):
        decoded(b" " * (20 * 2**20 + 1), {})


@pytest.mark.parametrize("part", [b"{}", b"[]", b"1.5", b'""', b'{"id":{}}', b'"\\\\","\\""'])
def test_a_conversation_of_millions_of_empty_parts_is_refused_before_anything_is_made_of_it(part: bytes):
    body = conversation_of((part + b",") * (2_400_000 // len(part)) + part)
    tracemalloc.start()
    with pytest.raises(BadResponse) as caught:
        decoded(body, {})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "too_many"
    assert peak < 2**20


def test_what_is_let_in_takes_less_than_eighty_megabytes_to_read():
    parts = 15_000
    body = decoded(conversation_of(b"{}," * (parts - 1) + b"{}"), {})
    tracemalloc.start()
    payload, broken = reading.conversation(body, external_id="1")
    record = mapper.conversation(payload, links=Links("us", "an-app"), broken=broken)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(record.unreadable) == parts
    assert peak / (2 * parts) * MOST_PIECES < 80 * 2**20  # an empty part and its comma are two pieces


def test_long_texts_are_not_counted_by_their_commas_brackets_and_quotes():
    part = b'{"id": "2", "body": "' + rb"[{, \"\\" * 3_000 + b'"}'
    body = conversation_of(b",".join([part] * 500))
    assert decoded(body, {}) == body


@pytest.mark.parametrize(
    ("content_type", "body", "accepted"),
    [
        (b"application/json; charset=utf-8", JSON, True),
        (b'application/json; Charset="UTF-8"; x=y', JSON, True),
        (b"application/json", JSON, True),
        (b"application/json; charset=iso-8859-1", b'{"a": 1}', True),
        (b"application/json; charset=iso-8859-1", JSON, False),
    ],
)
def test_another_charset_is_believed_only_where_it_makes_no_difference(
    content_type: bytes, body: bytes, accepted: bool
):
    if accepted:
        assert decoded(body, {b"content-type": content_type}) == body
    else:
        with pytest.raises(BadResponse):
            decoded(body, {b"content-type": content_type})
