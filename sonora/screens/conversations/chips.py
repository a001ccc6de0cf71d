"""The filter of a list as chips, each with a link that removes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sonora.conversations.models import Conversation
from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.people.models import Person
from sonora.screens.conversations.picker import Option

NAMES = {"text": "Text", "tags": "Tag", "states": "State", "customer": "Customer", "person": "Person"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One part of the filter: which, its name, its value in words, and the address of the list without it.

    *others* are the other parts, as the hidden fields of a form that changes this one.
    """

    part: str
    name: str
    value: str
    is_set: bool
    remove_url: str
    others: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOption:
    value: str
    name: str
    is_chosen: bool


def parts(shown: FilterSet) -> list[str]:
    """The parts of *shown* that narrow it."""
    return [part for part in NAMES if shown.without(part) != shown]


def chips(shown: FilterSet, *, tags: Sequence[Option], path: str) -> list[Chip]:
    """A chip for each part of *shown*; tags and states have one also when they are open, to pick from."""
    narrowing = parts(shown)
    return [
        Chip(
            part=part,
            name="Tag any of" if part == "tags" and len(shown.tags) > 1 else NAMES[part],
            value=_value(shown, part, tags) if part in narrowing else "",
            is_set=part in narrowing,
            remove_url=f"{path}?{shown.without(part).query}",
            others=shown.without(part).pairs,
        )
        for part in NAMES
        if part in narrowing or part in {"tags", "states"}
    ]


def state_options(shown: FilterSet) -> list[StateOption]:
    """The states to pick from."""
    return [
        StateOption(value=state.value, name=state.label, is_chosen=state.value in shown.states)
        for state in Conversation.State
    ]


def _value(shown: FilterSet, part: str, tags: Sequence[Option]) -> str:
    match part:
        case "text":
            return f"“{shown.text}”"
        case "tags":
            names = [tag.name for tag in tags if tag.is_chosen]
            return ", ".join(names + ["a tag that is gone"] * (len(shown.tags) > len(names)))
        case "states":
            return ", ".join(state.label for state in Conversation.State if state.value in shown.states)
        case "customer":
            return str(Customer.objects.filter(pk__in=[shown.customer]).first() or "one that is gone")
        case _:
            return str(Person.objects.filter(pk__in=[shown.person]).first() or "one that is gone")
