"""Names that may have been meant by words that nothing is called."""

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from rapidfuzz import fuzz

from sonora.chat.interpreter.names import forms
from sonora.chat.interpreter.reply import Ignored, Why
from sonora.chat.interpreter.tokens import key
from sonora.conversations.models import Tag, Teammate
from sonora.customers.models import Customer
from sonora.people.models import Person

ALIKE = 80  # of 100: about one letter in five is another
MOST = 1_000  # names of one kind that are looked at
SHOWN = 3
SAME_BEGINNING = 2  # letters: so that a huge table is not read for a slip
LONGEST = 4  # words


def suggested(ignored: Ignored) -> Ignored:
    """*ignored* with what may have been meant, the likeliest first."""
    if ignored.why is not Why.UNKNOWN or len(ignored.words.split()) > LONGEST:
        return ignored
    wanted = key(ignored.words)
    scored = {label: _likeness(wanted, key(label)) for label in _names(wanted)}
    near = sorted((label for label, score in scored.items() if score >= ALIKE), key=lambda one: (-scored[one], one))
    return replace(ignored, options=tuple(near[:SHOWN]))


def _likeness(wanted: str, name: str) -> float:
    """A name whose first words are *wanted* counts as nearly equal: a first name, a firm without its second word."""
    beginning = " ".join(name.split()[: len(wanted.split())])
    return max(fuzz.ratio(wanted, name), fuzz.ratio(wanted, beginning) - 5 if len(wanted) > SAME_BEGINNING else 0)


def _names(wanted: str) -> Iterator[str]:
    yield from Tag.objects.filter(deleted_at__isnull=True).values_list("name", flat=True)[:MOST]
    yield from Teammate.objects.filter(deleted_at__isnull=True).values_list("name", flat=True)[:MOST]
    yield from _beginning(Customer.objects.all(), wanted)
    yield from _beginning(Person.objects.all(), wanted)


def _beginning(rows: QuerySet[Customer] | QuerySet[Person], wanted: str) -> Iterator[str]:
    start = wanted[:SAME_BEGINNING]
    for form in forms(start):
        near = rows.annotate(lower=Lower(F("name"))).filter(lower__gte=form, lower__lt=form + "z" * 8)
        yield from near.order_by().values_list("name", flat=True)[:MOST]
