"""Text that both databases can keep."""

from typing import Any

REPLACEMENT = "\ufffd"


def clean_text(text: str) -> str:
    """*text* with each NUL and each lone surrogate replaced by U+FFFD.

    PostgreSQL refuses NUL in text and both databases refuse what is not UTF-8; JSON can carry either.
    """
    if "\0" in text:
        text = text.replace("\0", REPLACEMENT)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(REPLACEMENT if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def clean_json(value: Any) -> Any:
    """*value*, anything that JSON can say, with every text in it cleaned, keys too."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_json(key): clean_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in value]
    return value
