"""The body of an answer, uncompressed, and never more of it than any honest answer has."""

import re
import zlib
from itertools import islice

from integrations.errors import BadResponse
from integrations.intercom.connection import LARGEST_BODY
from integrations.intercom.rates import Headers

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_UTF8_NAMES = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
# Each value that becomes an object of Python costs 50 to 300 bytes, however short it is written: `{},` twenty million
# bytes long takes 800 MB. A conversation of 500 parts has about a tenth of this, no page of 150 contacts the half.
MOST_PIECES = 300_000  # texts, commas and opening brackets
_PIECE = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[,\[{]', re.DOTALL)


def decoded(body: bytes, headers: Headers) -> bytes:
    """*body* without its Content-Encoding.

    Raises BadResponse: unknown encoding, cut off, over 20 MB or 300,000 pieces, other charset.
    """
    encoding = headers.get(b"content-encoding", b"identity").strip().lower()
    if encoding in (b"gzip", b"x-gzip", b"deflate"):
        body = _inflated(body)
    elif encoding not in (b"identity", b""):
        raise BadResponse("The answer has an encoding that was not asked for.", code="encoding")
    if len(body) > LARGEST_BODY:
        raise BadResponse("The answer is larger than 20 MB.", code="too_large")
    if _is_a_swarm(body):
        raise BadResponse("The answer has more values than any of Intercom's.", code="too_many")
    _refuse_other_charsets(body, headers.get(b"content-type", b""))
    return body


def _inflated(body: bytes) -> bytes:
    for window in (_GZIP_OR_ZLIB, -zlib.MAX_WBITS):  # some servers send deflate without its header
        inflater = zlib.decompressobj(window)
        try:
            found = inflater.decompress(body, LARGEST_BODY + 1)
        except zlib.error:
            continue
        if len(found) <= LARGEST_BODY and not inflater.eof:
            raise BadResponse("The answer was cut off.", code="truncated")
        return found
    raise BadResponse("The answer cannot be uncompressed.", code="encoding")


def _is_a_swarm(body: bytes) -> bool:
    """Whether *body* has more pieces than it may. Looks only at those that are long enough."""
    return len(body) > MOST_PIECES and next(islice(_PIECE.finditer(body), MOST_PIECES, None), None) is not None


def _refuse_other_charsets(body: bytes, content_type: bytes) -> None:
    _, found, charset = content_type.lower().partition(b"charset=")
    if found and charset.split(b";")[0].strip(b" \"'") not in _UTF8_NAMES and not body.isascii():
        raise BadResponse("The answer is not UTF-8.", code="not_utf8")
