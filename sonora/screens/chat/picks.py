"""What can be picked while a question is typed: # tags, @ customers and people, / questions to begin with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from sonora.chat.interpreter import picking
from sonora.chat.interpreter.names import NameKind, forms
from sonora.chat.interpreter.tokens import key, quoted
from sonora.conversations.models import Tag
from sonora.core import typed
from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.people.models import Person
from sonora.screens.chat import suggestions

MOST = 8  # of a list
EACH = 4  # customers, and people
SOME = 100  # of those that have what was typed within their names, of which the first are offered
BEHIND = "z" * 8  # in the order of either database behind whatever begins with what was typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """*words* are what is put into the question, *picked* the thing that they mean (`picking.written`), if any."""

    name: str
    words: str
    about: str = ""
    icon: str = ""
    picked: str = ""


def of(sign: str, find: str, viewer: Viewer) -> list[Pick]:
    """What can be picked behind *sign* when *find* was typed after it; nothing for a sign that is none."""
    offered = OFFERED.get(sign)
    return list(islice(offered(typed.text(find), viewer), MOST)) if offered else []


def _tags(find: str, _: Viewer) -> Iterator[Pick]:
    """Tags with what was typed in their names, those first that begin with it."""
    held = Tag.objects.filter(deleted_at__isnull=True, name__gt="", name__icontains=find).order_by("name", "pk")
    ordered = sorted(held, key=lambda tag: not key(tag.name).startswith(key(find)))
    return (_pick("#", NameKind.TAG, tag.pk, tag.name, icon="tag") for tag in ordered)


def _names(find: str, viewer: Viewer) -> Iterator[Pick]:
    customers, people = list(islice(_customers(find, viewer), MOST)), list(islice(_people(find, viewer), MOST))
    yield from customers[: max(EACH, MOST - len(people))]
    yield from people


def _customers(find: str, viewer: Viewer) -> Iterator[Pick]:
    wider = FilterSet(text=find).customers_passing(viewer)
    for one in _found(Customer.objects.all(), wider, find):
        about = " · ".join(part for part in (one.domain, one.tier) if part)
        yield _pick("@", NameKind.CUSTOMER, one.pk, str(one), about=about, icon="customers")


def _people(find: str, viewer: Viewer) -> Iterator[Pick]:
    wider = FilterSet(text=find).people_passing(viewer)
    for one in _found(Person.objects.all().present().filter(name__gt=""), wider, find):
        yield _pick("@", NameKind.PERSON, one.pk, str(one), about=one.email if one.name else "", icon="people")


def _found(rows: QuerySet[Any], wider: QuerySet[Any], find: str) -> Iterator[Any]:
    """The first of *rows* whose names begin with *find*, then those of *wider*, which have it anywhere."""
    seen: set[int] = set()
    for some in (*_beginning(rows, find), _holding(wider)):
        for one in islice(some, MOST):
            if one.pk not in seen:
                seen.add(one.pk)
                yield one


def _holding(wider: QuerySet[Any]) -> Iterator[Any]:
    """Some of *wider* by name: were the database to sort, it would look through all names for one that is not there."""
    yield from sorted(wider.order_by()[:SOME], key=lambda one: (one.name, one.pk))


def _beginning(rows: QuerySet[Any], find: str) -> Iterator[QuerySet[Any]]:
    """Those of *rows* whose names begin with *find*: an index has them in this order."""
    for form in sorted(forms(find.casefold())):
        begun = rows.annotate(lower=Lower("name")).filter(lower__gte=form, lower__lt=form + BEHIND)
        yield begun.order_by("lower", "pk")[:MOST]


def _questions(find: str, _: Viewer) -> Iterator[Pick]:
    held = [*suggestions.BEGINNINGS, *suggestions.of_workspace()]
    return (Pick(name=one, words=one, icon="text") for one in held if key(find) in key(one))


def _pick(sign: str, kind: NameKind, pk: int, name: str, *, icon: str, about: str = "") -> Pick:
    return Pick(name=name, about=about, icon=icon, words=sign + quoted(name), picked=picking.written(kind, pk))


OFFERED: dict[str, Callable[[str, Viewer], Iterator[Pick]]] = {"#": _tags, "@": _names, "/": _questions}
