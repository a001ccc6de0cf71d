"""The one filter: a value that every list can show as chips, keep in an address and turn into a query."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from sonora.conversations import search
from sonora.conversations.models import Conversation, ConversationContact, ConversationQuerySet, ConversationTag
from sonora.people.models import Person

STATES = tuple(Conversation.State.values)
LONGEST_TEXT = 500  # characters
MOST_TAGS = 100
LARGEST_ID = 2**63 - 1
LONGEST_ID = len(str(LARGEST_ID))
RARE = 5_000  # tagged conversations: fewer are listed from the tag, more are met often enough by walking


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterSet:
    """Which conversations are wanted. Parts combine with AND, the values of one part with OR; ids are primary keys."""

    states: frozenset[str] = frozenset()
    tags: frozenset[int] = frozenset()
    customer: int | None = None
    person: int | None = None
    text: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "FilterSet":
        """The filter that an address says; what cannot be meant is passed over."""
        return cls(
            states=frozenset(query.getlist("state")) & frozenset(STATES),
            tags=frozenset(_ids(query.getlist("tag")[:MOST_TAGS])),
            customer=next(_ids(query.getlist("customer")[:1]), None),
            person=next(_ids(query.getlist("person")[:1]), None),
            text=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_TEXT],
        )

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "FilterSet":
        """The filter that `as_json` gave."""
        return cls(
            states=frozenset(value.get("states", ())),
            tags=frozenset(value.get("tags", ())),
            customer=value.get("customer"),
            person=value.get("person"),
            text=value.get("text", ""),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "states": sorted(self.states),
            "tags": sorted(self.tags),
            "customer": self.customer,
            "person": self.person,
            "text": self.text,
        }

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filter as names and values of a form or an address, always in the same order."""
        parts = [("q", self.text)] if self.text else []
        parts += [("state", state) for state in STATES if state in self.states]
        parts += [("tag", str(tag)) for tag in sorted(self.tags)]
        parts += [("customer", str(self.customer))] if self.customer is not None else []
        parts += [("person", str(self.person))] if self.person is not None else []
        return parts

    @property
    def query(self) -> str:
        """The filter as the query of an address, without a question mark."""
        return urlencode(self.pairs)

    @property
    def is_empty(self) -> bool:
        return self == FilterSet()

    def without(self, *parts: str) -> "FilterSet":
        """The same filter with *parts* (names of its fields) left open."""
        empty = FilterSet()
        return replace(self, **{part: getattr(empty, part) for part in parts})

    def conversations(self, *, notes: bool, plan: search.Search | None = None) -> ConversationQuerySet:
        """The conversations of the current scope that pass.

        *notes*: whether words of internal notes may be found. *plan*: what `search.search` said of the text, if it
        was asked already.
        """
        found = Conversation.objects.all().present()
        if self.states:
            found = found.filter(state__in=self.states)
        if self.customer is not None:
            found = found.filter(customer=self.customer)
        if self.person is not None:
            found = found.filter(pk__in=_with_person(self.person))
        if self.tags:
            found = found.tagged(self.tags, listed=_is_rare(self.tags))
        return search.matching(found, plan or self.text, notes=notes)


def _ids(values: Iterable[str]) -> Iterator[int]:
    numbers = (int(value) for value in values if value.isascii() and value.isdecimal() and len(value) <= LONGEST_ID)
    return (number for number in numbers if number <= LARGEST_ID)


def _with_person(person: int) -> Any:
    contacts = Person.objects.filter(pk=person).values("contacts")
    return ConversationContact.objects.filter(contact__in=contacts).values("conversation")


def _is_rare(tags: frozenset[int]) -> bool:
    return ConversationTag.objects.filter(tag__in=tags)[: RARE + 1].count() <= RARE
