"""Names that may have been meant by words that nothing is called."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from rapidfuzz import fuzz

from sonora.chat.interpreter.lookup import Lookup
from sonora.chat.interpreter.names import Name, NameKind, forms
from sonora.chat.interpreter.reply import Ignored, Why
from sonora.chat.interpreter.tokens import key
from sonora.customers.models import Customer
from sonora.people.models import Person

ALIKE = 80  # of 100: about one letter in five is another
MOST = 1_000  # names of one kind that are looked at
SHOWN = 3
SAME_BEGINNING = 2  # letters: so that a huge table is not read for a slip
LONGEST = 4  # words


def suggested(ignored: Ignored, known: Lookup) -> Ignored:
    """*ignored* with what may have been meant, the likeliest first; *known* are the names of the workspace.

    Behind a "not" that can only be a tag, unless the "not" is a part of a name: "Nor Haddad".
    """
    if ignored.why is not Why.UNKNOWN or len(ignored.name.split()) > LONGEST:
        return ignored
    whole = replace(ignored, denied="")
    names = [one for one in _names(key(ignored.words), known) if not ignored.denied or _is_whole(one, ignored)]
    found = _with_options(whole, names)
    return (
        found if found.options or not ignored.denied else _with_options(ignored, [tag for tag, _ in known.tags[:MOST]])
    )


def _with_options(ignored: Ignored, names: Sequence[Name]) -> Ignored:
    wanted = key(ignored.name)
    scored = {one.label: _likeness(wanted, key(one.label)) for one in names}
    near = sorted((label for label, score in scored.items() if score >= ALIKE), key=lambda one: (-scored[one], one))
    options = tuple(near[:SHOWN])
    return replace(ignored, options=options, names=tuple(one for one in names if one.label in options))


def _is_whole(name: Name, ignored: Ignored) -> bool:
    """Whether all the words are liker to *name* than those behind the "not" are."""
    label = key(name.label)
    return _likeness(key(ignored.words), label) > _likeness(key(ignored.denied), label)


def _likeness(wanted: str, name: str) -> float:
    """A name whose first words are *wanted* counts as nearly equal: a first name, a firm without its second word."""
    beginning = " ".join(name.split()[: len(wanted.split())])
    return max(fuzz.ratio(wanted, name), fuzz.ratio(wanted, beginning) - 5 if len(wanted) > SAME_BEGINNING else 0)


def _names(wanted: str, known: Lookup) -> Iterator[Name]:
    for listed in (known.tags, known.teammates):
        yield from (name for name, _ in listed[:MOST])
    yield from _beginning(NameKind.CUSTOMER, Customer.objects.all(), wanted)
    yield from _beginning(NameKind.PERSON, Person.objects.all(), wanted)


def _beginning(kind: NameKind, rows: QuerySet[Customer] | QuerySet[Person], wanted: str) -> Iterator[Name]:
    start = wanted[:SAME_BEGINNING]
    for form in forms(start):
        near = rows.annotate(lower=Lower(F("name"))).filter(lower__gte=form, lower__lt=form + "z" * 8)
        yield from (Name(kind, pk, label) for pk, label in near.order_by().values_list("pk", "name")[:MOST])
