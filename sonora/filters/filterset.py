"""The one filter: a value that every list can show as chips, keep in an address and turn into a query."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from sonora.conversations.models import ConversationQuerySet
from sonora.conversations.search import Search
from sonora.customers.models import Customer
from sonora.filters import as_json, forms, reading
from sonora.filters.dates import Dates
from sonora.filters.parts import PARTS, SPANS
from sonora.filters.reading import Ignored
from sonora.filters.rows import conversations, customers, people, requests
from sonora.filters.rows.people import Talking
from sonora.filters.tags import NO_TAGS, Tags
from sonora.filters.viewer import Viewer
from sonora.insights.models import FeatureRequest
from sonora.people.models import PersonQuerySet

MOST_TRIED = 3  # to do without: each is a count over all that the others let pass


class Asked(NamedTuple):
    """What somebody asked for, and what of it could not be meant."""

    shown: "FilterSet"
    ignored: list[Ignored]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterSet:
    """Which conversations, people, customers or requests are wanted.

    Fields combine with AND, the values of one field with OR; ids are primary keys, and None among them stands for
    nobody. `tags` are those of the conversation; `updated` and `opened` say when it was, `silent` since when a person
    is quiet or left.
    """

    text: str = ""
    states: frozenset[str] = frozenset()
    sentiments: frozenset[str] = frozenset()
    tags: Tags = NO_TAGS
    message_tags: Tags = NO_TAGS
    contact_tags: Tags = NO_TAGS
    company_tags: Tags = NO_TAGS
    customers: frozenset[int | None] = frozenset()
    tiers: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    engagements: frozenset[str] = frozenset()
    champions: frozenset[str] = frozenset()
    rhythms: frozenset[str] = frozenset()
    silent: Dates | None = None
    assignees: frozenset[int | None] = frozenset()
    requests: frozenset[int] = frozenset()
    updated: Dates | None = None
    opened: Dates | None = None

    @classmethod
    def asked(cls, query: QueryDict, *, beside: Collection[str] = ()) -> Asked:
        """The filter that an address or a picker's form says; *beside* are names of the address that are no filter."""
        read = reading.read(forms.in_an_address(dict(query.lists())), beside=beside)
        return Asked(cls(**read.fields), read.ignored)

    @classmethod
    def from_query(cls, query: QueryDict) -> "FilterSet":
        """The same, what cannot be meant passed over."""
        return cls.asked(query).shown

    @classmethod
    def proposed(cls, value: Mapping[str, Any]) -> Asked:
        """The filter that JSON says, whoever wrote it, and what of it could not be meant."""
        read = reading.read(as_json.lists(value))
        return Asked(cls(**read.fields), read.ignored)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "FilterSet":
        """The filter that `as_json` gave."""
        return cls.proposed(value).shown

    def as_json(self) -> dict[str, Any]:
        """The filter in JSON's own types; docs/filters.md has the schema."""
        return as_json.write(self)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filter as names and values of a form or an address, always in the same order."""
        return [(part.name, one) for part in PARTS for one in part.kind.write(self.of(part.key))]

    @property
    def query(self) -> str:
        """The filter as the query of an address, without a question mark."""
        return urlencode(self.pairs)

    @property
    def is_empty(self) -> bool:
        return self == FilterSet()

    @property
    def parts(self) -> list[str]:
        """The keys of the parts that narrow, in the order in which they are shown."""
        return [part.key for part in PARTS if self.of(part.key)]

    @property
    def suspects(self) -> list[str]:
        """The few parts that a page tries to do without where nothing passes: first the text and the times."""
        return sorted(self.parts, key=lambda part: part not in ("text", *SPANS))[:MOST_TRIED]

    def of(self, part: str) -> Any:
        """The value of the part with this key: `states`, `tags.any`."""
        field, _, how = part.partition(".")
        value = getattr(self, field)
        return getattr(value, how) if how else value

    def given(self, part: str, value: Any) -> "FilterSet":
        """The same filter with another *value* of the part with this key."""
        field, _, how = part.partition(".")
        return replace(self, **{field: replace(getattr(self, field), **{how: value}) if how else value})

    def without(self, *parts: str) -> "FilterSet":
        """The same filter with *parts* (keys, or names of fields) left open."""
        rest, empty = self, FilterSet()
        for part in parts:
            rest = rest.given(part, empty.of(part))
        return rest

    def conversations(self, viewer: Viewer, *, plan: Search | None = None) -> ConversationQuerySet:
        """The conversations of the current scope that pass.

        *plan*: what `search.search` said of the text, if it was asked already.
        """
        return conversations.passing(self, viewer, plan=plan)

    def people_passing(self, viewer: Viewer, *, plan: Talking | None = None) -> PersonQuerySet:
        """The people that pass themselves, and take part in a conversation that does; in no order.

        *plan*: what `rows.people.talking` said, if it was asked already.
        """
        return people.passing(self, viewer, plan=plan)

    def customers_passing(self, viewer: Viewer) -> QuerySet[Customer]:
        """The customers that pass themselves, and have a conversation that does; in no order."""
        return customers.passing(self, viewer)

    def requests_passing(self, viewer: Viewer) -> QuerySet[FeatureRequest]:
        """The listed feature requests that a conversation that passes asks for; in no order."""
        return requests.passing(self, viewer)
