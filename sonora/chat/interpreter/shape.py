"""A query without its filter. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sonora.chat.interpreter.names import Name, NameKind
from sonora.chat.query import Group, Intent, Metric, Order
from sonora.filters.filterset import FilterSet

GROUP_OF_NAME = {
    NameKind.CUSTOMER: Group.CUSTOMER,
    NameKind.PERSON: Group.PERSON,
    NameKind.TEAMMATE: Group.TEAMMATE,
    NameKind.REQUEST: Group.REQUEST,
    NameKind.TAG: Group.TAG,
    NameKind.SEGMENT: Group.SEGMENT,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A query without its filter."""

    intent: Intent
    metric: Metric
    group_by: Group | None
    order: Order | None
    limit: int | None

    @property
    def fields(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def compared(names: Sequence[Name], filters: FilterSet) -> Group | None:
    """By what two things that are named are compared; None when a time is compared with another."""
    kinds = [name.kind for name in dict.fromkeys(names)]
    if group := next((GROUP_OF_NAME[kind] for kind in kinds if kinds.count(kind) > 1), None):
        return group
    if len(filters.states) > 1:
        return Group.STATE
    return Group.SENTIMENT if len(filters.sentiments) > 1 else None
