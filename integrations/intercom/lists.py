"""Lists inside an object, in the shapes that Intercom gives them. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from integrations.intercom import payloads
from integrations.intercom.scalars import count, flag, identifier, moment, text
from integrations.records import TagRecord

S = TypeVar("S", bound=msgspec.Struct)


def tags(listed: Any) -> Sequence[TagRecord]:
    """The tags in a bare list or a list in an object, each once; what has no id is left out."""
    found = listed_in(listed, payloads.Tag, "tags")
    by_id = {identifier(each.id): each for each in found}
    return tuple(
        TagRecord(external_id=external_id, name=text(each.name), applied_at=moment(each.applied_at))
        for external_id, each in by_id.items()
        if external_id
    )


def tag_ids(listed: Any) -> Sequence[str] | None:
    """The ids of the same; None where there is no list of tags at all."""
    is_told = isinstance(listed, list) or (isinstance(listed, payloads.TagList) and isinstance(listed.tags, list))
    return once(identifier(each.id) for each in listed_in(listed, payloads.Tag, "tags")) if is_told else None


def ids(listed: Any, key: str) -> Sequence[str]:
    return once(identifier(each.id) for each in listed_in(listed, payloads.Ref, key))


def once(ids: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(found for found in ids if found))


def listed_in(listed: Any, kind: type[S], key: str) -> list[S]:
    """The objects of *kind* in *listed*: a bare list, or an object that holds the list under *key* or `data`."""
    found = listed
    if isinstance(listed, payloads.RefList | payloads.TagList):
        found = getattr(listed, key)
        if not isinstance(found, list):
            found = listed.data
    return [each for each in found if isinstance(each, kind)] if isinstance(found, list) else []


def is_whole(listed: Any) -> bool:
    """Whether a list inside a contact holds everything: Intercom cuts it at 10 and says so."""
    if not isinstance(listed, payloads.RefList | payloads.TagList):
        return True
    held = len(listed.data) if isinstance(listed.data, list) else 0
    return not flag(listed.has_more) and (count(listed.total_count) or 0) <= held
