"""Which tags are on an object."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from django.db import models

from integrations.records import TagRecord
from integrations.store import links
from integrations.store.holder import Holder
from sonora.conversations.models import Tag


def tag_ids(holder: Holder, lists: Iterable[Sequence[TagRecord]]) -> dict[str, int]:
    """Primary keys of every tag in *lists*; one that no list of tags has shown yet becomes a placeholder."""
    names: dict[str, str] = {}
    for tag in chain.from_iterable(lists):
        names[tag.external_id] = tag.name or names.get(tag.external_id, "")
    known = holder.ensure(Tag, {one: {"name": name} for one, name in names.items()})
    _name_placeholders(holder, {one: name for one, name in names.items() if name})
    return known


def _name_placeholders(holder: Holder, names: Mapping[str, str]) -> None:
    """Name those that so far were listed by their ids alone, as a contact lists its tags. Once a slice for each tag."""
    new = names.keys() - holder.named_tags
    if not new:
        return
    nameless = Tag.objects.filter(connection_id=holder.connection_id, external_id__in=new, name="")
    for tag in nameless:
        tag.name = names[tag.external_id]
    Tag.objects.bulk_update(nameless, ["name"])
    holder.named_tags.update(new)


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
