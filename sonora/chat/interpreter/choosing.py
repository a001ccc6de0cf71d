"""Which of several equal names is meant, as far as the words before it tell. Pure."""

from collections.abc import Sequence

from sonora.chat.interpreter.names import Name, NameKind

TEXT, ONLY_TEXT = "text", "text!"
TAGS = {"tag!": "tags", "message tag!": "message_tags", "person tag!": "contact_tags", "company tag!": "company_tags"}


SIGNS = {"#": {NameKind.TAG}, "@": {NameKind.CUSTOMER, NameKind.PERSON, NameKind.TEAMMATE}}


def signed_as(names: Sequence[Name], sign: str) -> tuple[Name, ...]:
    """Those of *names* that may stand behind *sign*."""
    return tuple(one for one in names if one.kind in SIGNS[sign])


def chosen(names: Sequence[Name], cue: str) -> list[Name]:
    """Those of *names* that may follow *cue* (`phrases`): none where it announces another kind of thing."""
    if cue in TAGS:
        return [one for one in names if one.kind is NameKind.TAG]
    if cue.endswith("!"):
        return [one for one in names if one.kind == cue.rstrip("!")]
    kinds = cue.split()
    return _subject([one for one in names if one.kind in kinds] or list(names))


def _subject(names: list[Name]) -> list[Name]:
    """A tag and a request of one name are one subject, of which the tag says more."""
    is_one = {one.kind for one in names} == {NameKind.REQUEST, NameKind.TAG}
    return [one for one in names if one.kind is NameKind.TAG] if is_one else names


def is_meant(names: Sequence[Name]) -> bool:
    """Whether it is clear what *names*, equal ones, stand for: one thing, or any of the tags or of the requests."""
    return len(names) == 1 or any({one.kind for one in names} == {kind} for kind in (NameKind.TAG, NameKind.REQUEST))


def noun(cue: str) -> str:
    """The thing that *cue* announces, for a sentence; empty when it may be anything."""
    if cue in TAGS:
        return "tag"
    return cue.rstrip("!") if cue.endswith("!") and cue != ONLY_TEXT else ""
