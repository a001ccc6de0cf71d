"""Which tags are on an object."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import models

from integrations.records import TagRecord
from integrations.store import links
from integrations.store.holder import Holder
from sonora.conversations.models import Tag


def tag_ids(holder: Holder, lists: Iterable[Sequence[TagRecord]]) -> dict[str, int]:
    """Primary keys of every tag in *lists*; one that no list of tags has shown yet becomes a placeholder."""
    return holder.ensure(Tag, {tag.external_id: {"name": tag.name} for tags in lists for tag in tags})


def replace(
    model: type[models.Model],
    parent: str,
    tags: Mapping[int, Sequence[TagRecord]],
    *,
    holder: Holder,
    keep: Collection[int] = (),
) -> set[int]:
    """Make the tags of each object (by primary key) those listed; those in *keep* lose none. Returns who changed."""
    known = tag_ids(holder, tags.values())
    wanted = {
        pk: {known[tag.external_id]: {"applied_at": tag.applied_at} for tag in listed} for pk, listed in tags.items()
    }
    return links.replace(model, wanted, parent=parent, child="tag", workspace_id=holder.workspace_id, keep=keep)
