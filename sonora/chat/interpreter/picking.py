"""Things that were picked from a list while the question was typed: meant by their keys, whatever shares their name."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

from sonora.chat.interpreter.names import Grams, Name, NameKind, Places
from sonora.chat.interpreter.tokens import plain
from sonora.conversations.models import Tag, Teammate
from sonora.core import typed
from sonora.customers.models import Customer
from sonora.insights.models import FeatureRequest
from sonora.people.models import Person

MOST = 20  # of one question
_ROWS: dict[str, tuple[NameKind, Callable[[], Any]]] = {
    NameKind.TAG: (NameKind.TAG, lambda: Tag.objects.filter(deleted_at__isnull=True)),
    NameKind.CUSTOMER: (NameKind.CUSTOMER, Customer.objects.all),
    NameKind.PERSON: (NameKind.PERSON, Person.objects.all),
    NameKind.TEAMMATE: (NameKind.TEAMMATE, lambda: Teammate.objects.filter(deleted_at__isnull=True)),
    NameKind.REQUEST: (NameKind.REQUEST, lambda: FeatureRequest.objects.all().listed()),
}


def written(kind: NameKind, pk: int | str) -> str:
    """What stands in a form for the thing of this kind and primary key."""
    return f"{kind}:{pk}"


def picked(forms: Sequence[str]) -> list[Name]:
    """The things of the current workspace that *forms* (as `written`) name, in order; what is none is passed over."""
    read = [(kind, typed.key(pk)) for kind, _, pk in (one.partition(":") for one in forms[:MOST]) if kind in _ROWS]
    wanted = [(kind, pk) for kind, pk in read if pk is not None]
    found = {kind: _rows(kind, [pk for other, pk in wanted if other == kind]) for kind in {one for one, _ in wanted}}
    return [Name(_ROWS[kind][0], pk, found[kind][pk]) for kind, pk in wanted if pk in found[kind]]


def places(names: Sequence[Name], grams: Grams) -> Places:
    """Where each of *names* stands; of two that are called the same the first picked is the first in the question."""
    alike: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        alike[plain(name.label)].append(name)
    standing = {label: sorted(grams.at(label)) for label in alike}
    return {
        place: (name,)
        for label, some in alike.items()
        for place, name in zip(standing[label], cycle(some), strict=False)
    }


def _rows(kind: str, keys: list[int]) -> dict[int, str]:
    return {one.pk: str(one) for one in _ROWS[kind][1]().filter(pk__in=keys)}
