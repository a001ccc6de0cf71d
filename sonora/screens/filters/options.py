"""What can be picked as the values of a part, those chosen first."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Lower

from sonora.conversations.models import Tag, Teammate
from sonora.customers.models import Customer
from sonora.filters import names
from sonora.filters.filterset import FilterSet
from sonora.filters.kinds import NOBODY
from sonora.filters.viewer import Viewer
from sonora.screens.filters import tally

MOST_TAGS = 200  # in a page; the whole list comes when the picker opens
MOST = 50  # customers, people, …: the rest is found by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value to pick, as an address says it; *count* is empty where it is not known.

    *is_folded*: a tag that was deleted at the provider, which is out of the way unless it is chosen.
    """

    value: str
    name: str
    is_chosen: bool
    count: str = ""
    is_folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which values are wanted: of *part*, to change *shown*; with *find* those whose name holds it."""

    shown: FilterSet
    part: str
    viewer: Viewer
    find: str = ""

    @property
    def chosen(self) -> frozenset[Any]:
        value: frozenset[Any] = self.shown.of(self.part)
        return value


def at_once(asked: Asked, named: Mapping[Any, str]) -> list[Option]:
    """What a page shows before the picker is opened, uncounted: of long lists only what is chosen (*named*)."""
    if asked.part in OFFERED:
        return _options(asked, named, None)
    return _options(asked, {**named, **_short(asked, most=MOST_TAGS)}, None)


def counted(asked: Asked, *, listing: str) -> list[Option]:
    """The whole list, with how many rows of *listing* each would show where that is known."""
    tallied = tally.of(asked.shown, asked.part, asked.viewer, listing=listing)
    if asked.part not in OFFERED:
        archived = _archived() if "." in asked.part else {}
        return _options(
            asked, {**_chosen_tags(asked), **_short(asked, most=1_000), **archived}, tallied, folded=archived
        )
    offered: Iterable[Any] = OFFERED[asked.part](asked)
    if tallied and not asked.find:
        most_held = sorted(tallied.counts, key=lambda one: (-tallied.counts[one], one or 0))
        offered = most_held[:MOST] or offered
    return _options(asked, _names(asked, [*asked.chosen, *offered]), tallied)


def _options(
    asked: Asked, known: Mapping[Any, str], tallied: tally.Tally | None, *, folded: Container[Any] = ()
) -> list[Option]:
    rows = [
        Option(
            value=NOBODY if value is None else str(value),
            name=name,
            is_chosen=value in asked.chosen,
            count=tallied.text(value) if tallied else "",
            is_folded=value in folded and value not in asked.chosen,
        )
        for value, name in known.items()
    ]
    return sorted(rows, key=lambda one: (not one.is_chosen, one.is_folded))


def _short(asked: Asked, *, most: int) -> dict[Any, str]:
    """The values of a part of which there are few enough to show them all."""
    if asked.part in names.CHOICES:
        return dict(names.CHOICES[asked.part])
    if asked.part == "tiers":
        tiers = Customer.objects.exclude(tier="").order_by("tier").values_list("tier", flat=True).distinct()
        return {tier: tier for tier in [*tiers[:most], *sorted(asked.chosen)]}
    return {
        tag.pk: tag.name
        for tag in Tag.objects.filter(deleted_at__isnull=True, name__gt="").order_by(Lower("name"), "pk")[:most]
    }


def _archived() -> dict[Any, str]:
    """Tags that were deleted at the provider since; what carried them is still found by them."""
    found = Tag.objects.filter(deleted_at__isnull=False, name__gt="").order_by(Lower("name"), "pk")
    return {tag.pk: names.held(tag) for tag in found[:MOST_TAGS]}


def _chosen_tags(asked: Asked) -> dict[Any, str]:
    """Also those that were deleted since, or stand far down the list."""
    if not asked.part.partition(".")[2] or not asked.chosen:
        return {}
    return {tag.pk: names.held(tag) for tag in Tag.objects.filter(pk__in=asked.chosen).order_by("name", "pk")}


def _names(asked: Asked, ids: Iterable[Any]) -> dict[Any, str]:
    """The names of *ids* in their order; nobody is always there where it can be meant."""
    nobody = {None: names.NOBODY[asked.part].capitalize()} if asked.part in names.NOBODY else {}
    wanted = [one for one in dict.fromkeys(ids) if one is not None]
    found = names.NAMED[asked.part](wanted) if wanted else {}
    return nobody | {one: found[one] for one in wanted if one in found}


def _customers(asked: Asked) -> list[int]:
    found = FilterSet(text=asked.find).customers_passing(asked.viewer)
    return list(found.order_by("name", "pk").values_list("pk", flat=True)[:MOST])


def _people(asked: Asked) -> list[int]:
    found = FilterSet(text=asked.find).people_passing(asked.viewer).filter(name__gt="")
    return list(found.order_by("name", "pk").values_list("pk", flat=True)[:MOST])


def _assignees(asked: Asked) -> list[int]:
    found = Teammate.objects.filter(deleted_at__isnull=True, name__icontains=asked.find)
    return list(found.order_by("name", "pk").values_list("pk", flat=True)[:MOST])


def _requests(asked: Asked) -> list[int]:
    found = FilterSet(text=asked.find).requests_passing(asked.viewer)
    return list(found.order_by("-customers", "-people", "-mentions", "-pk").values_list("pk", flat=True)[:MOST])


OFFERED: dict[str, Callable[[Asked], list[int]]] = {
    "customers": _customers,
    "people": _people,
    "assignees": _assignees,
    "requests": _requests,
}
