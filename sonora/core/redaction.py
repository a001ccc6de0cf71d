"""Takes secrets and customers' words out of what is about to be logged."""

import re
from collections.abc import Mapping
from typing import Any

from sonora.core.secret import SecretStr, known_secrets

REDACTED = "[redacted]"
LONGEST_TEXT = 8_000  # characters of one value; a log line is no place for a document
SHORTEST_SECRET = 6  # a shorter one would be found in innocent words

SECRET_KEYS = re.compile(
    r"token|authori[sz]ation|passw|passphrase|secret|cookie|session_?key|api_?key|credential", re.IGNORECASE
)
BODY_KEYS = frozenset({"body", "html", "text", "snippet", "message_body", "raw", "payload", "content", "subject"})
PATTERNS = (
    re.compile(r"(?i)\b(bearer|basic)\s+[^\s,;\"']+"),
    re.compile(
        r"(?i)\b([\w-]*(?:token|authorization|password|passwd|secret|cookie|api_?key|sessionid)\w*[\"']?\s*[:=]\s*[\"']?)"
        r"[^\s\"',;&})\]]+",
    ),
)
# Looks like a key: long, without punctuation, with small and capital letters and digits. No path, UUID or hash does.
LOOKS_SECRET = re.compile(r"(?<![\w+=-])(?=[\w+=-]*[a-z])(?=[\w+=-]*[A-Z])(?=[\w+=-]*[0-9])[\w+-]{28,}={0,2}", re.ASCII)


def redacted(value: Any, *, key: str = "") -> Any:
    """*value* for a JSON log line: dicts and lists of str, int, float, bool and None, without secrets or bodies.

    *key* is the name that the value is logged under; what secrets are called, and what bodies are called, is replaced.
    """
    if value is None or isinstance(value, bool | int | float):  # "tokens": 3 is a count
        return value
    if SECRET_KEYS.search(key):
        return REDACTED
    if key.lower() in BODY_KEYS:
        return f"[{type(value).__name__}, not logged]"
    if isinstance(value, Mapping):
        return {text(str(name)): redacted(item, key=str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return _redacted_items(list(value))
    return text(value if isinstance(value, str) else _shown(value))


def text(words: str) -> str:
    """*words* with everything that is or looks like a secret replaced, and cut when very long."""
    words = words[:LONGEST_TEXT] + "…" if len(words) > LONGEST_TEXT else words
    for secret in known_secrets():
        if len(secret) >= SHORTEST_SECRET:
            words = words.replace(secret, REDACTED)
    words = PATTERNS[0].sub(rf"\1 {REDACTED}", words)
    words = PATTERNS[1].sub(rf"\1{REDACTED}", words)
    return LOOKS_SECRET.sub(REDACTED, words)


def _redacted_items(items: list[Any]) -> list[Any]:
    if len(items) == 2 and isinstance(items[0], str | bytes):  # a header, as httpx and ASGI write it
        name = items[0] if isinstance(items[0], str) else items[0].decode("latin-1")
        return [text(name), redacted(items[1], key=name if SECRET_KEYS.search(name) else "")]
    return [redacted(item) for item in items]


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return REDACTED
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value[:LONGEST_TEXT]).decode("utf-8", "replace")
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001 - whatever a foreign __repr__ does, the line is written
        return f"<{type(value).__name__} whose repr raised {type(error).__name__}>"
