"""Of what a tag is that a question about people or customers names: of them, or of their conversations."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef

from sonora.chat.query import Metric
from sonora.conversations.models import CompanyTag, ContactTag, ConversationTag, Tag
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import NO_TAGS, Tags

Link = type[ConversationTag | ContactTag | CompanyTag]
LINKS: Mapping[str, Link] = {
    "tags": ConversationTag,
    "contact_tags": ContactTag,
    "company_tags": CompanyTag,
}  # by field of the filter
OWN = {Metric.PEOPLE: "contact_tags", Metric.CUSTOMERS: "company_tags"}


def placed(filters: FilterSet, metric: Metric, *, is_own: bool) -> FilterSet:
    """*filters* with its tags of conversations where what *metric* counts is itself what carries all of them.

    *is_own*: the question says that they are tagged themselves ("people tagged VIP"), not only that they have to do
    with it ("who reported bugs"): that is of their conversations, where any has the tag.
    """
    own = OWN.get(metric, "tags")
    if own == "tags" or not filters.tags.named or filters.tags.untagged or filters.of(own):
        return filters
    carried = _carried(filters.tags)
    if own not in carried or ("tags" in carried and not is_own):
        return filters
    return filters.given("tags", NO_TAGS).given(own, filters.tags)


def _carried(tags: Tags) -> set[str]:
    """The levels at which each of *tags* is carried by something."""
    levels = {f"on_{level}": Exists(link.objects.filter(tag=OuterRef("pk"))) for level, link in LINKS.items()}
    rows = list(Tag.objects.filter(pk__in=tags.named).annotate(**levels).values(*levels))
    return {level for level in LINKS if rows and all(row[f"on_{level}"] for row in rows)}
