"""Names looked up in the current workspace for the words of one question; only its short lists are read whole."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.db.models.functions import Lower

from sonora.chat.interpreter import picking
from sonora.chat.interpreter.names import LONGEST, Grams, Name, NameKind, Place, Places, forms
from sonora.chat.interpreter.tokens import key
from sonora.conversations.models import Tag, Teammate
from sonora.customers.matching.normal import name as firm
from sonora.customers.models import Customer
from sonora.insights import aliases
from sonora.insights.models import Aliases, FeatureRequest
from sonora.people.models import Person

MOST = 10_000  # tags or teammates that are read
MOST_REQUESTS = 2_000  # those that most customers ask for
MOST_FOUND = 500  # customers or people that have a word of the question
BEHIND = "z" * 8  # in the order of either database behind whatever follows a whole word

Found = Iterator[tuple[Name, Place]]


def places(grams: Grams, picked: Sequence[Name] = ()) -> Places:
    """Every name in the question that the current workspace knows, by where it stands; equal names together.

    Where something *picked* stands, nothing else is meant.
    """
    found: dict[Place, dict[Name, None]] = defaultdict(dict)
    for source in (_tags, _teammates, _segments, _requests, _customers, _people):
        for name, place in source(grams):
            found[place][name] = None
    return {place: tuple(names) for place, names in found.items()} | picking.places(picked, grams)


def _tags(grams: Grams) -> Found:
    for pk, label in Tag.objects.filter(deleted_at__isnull=True).exclude(name="").values_list("pk", "name")[:MOST]:
        yield from _each(NameKind.TAG, pk, label, grams.at(label))


def _teammates(grams: Grams) -> Found:
    for pk, label, email in Teammate.objects.filter(deleted_at__isnull=True).values_list("pk", "name", "email")[:MOST]:
        yield from _each(NameKind.TEAMMATE, pk, label or email, [*grams.at(label), *grams.at(email)])


def _segments(grams: Grams) -> Found:
    for (label,) in Customer.objects.exclude(tier="").order_by().values_list("tier").distinct():
        yield from _each(NameKind.SEGMENT, label, label, grams.at(label))


def _requests(grams: Grams) -> Found:
    """Requests by title, or by another name of what the title says."""
    titles = _titles()
    same = _names_of_one_thing() if titles else {}
    for pk, title in titles.items():
        names = same.get(key(title), [title])
        yield from _each(NameKind.REQUEST, pk, title, [place for name in names for place in grams.at(name)])


def requests_saying(words: str) -> list[Name]:
    """The requests whose titles hold *words*, or another name of what they name, as whole words."""
    names = _names_of_one_thing().get(key(words), [words])
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(key(name))}(?!\w)" for name in names))
    return [Name(NameKind.REQUEST, pk, title) for pk, title in _titles().items() if pattern.search(key(title))]


def _titles() -> dict[int, str]:
    listed = FeatureRequest.objects.all().listed().order_by("-customers", "-people", "-mentions", "-pk")
    return {one.pk: str(one) for one in listed.only("title", "edited_title")[:MOST_REQUESTS]}


def _names_of_one_thing() -> dict[str, Sequence[str]]:
    """All names of a thing by each of them, as the workspace wrote them down."""
    table = [names for (names,) in Aliases.objects.values_list("names")] or aliases.DEFAULTS
    return {key(name): names for names in table for name in names}


def _customers(grams: Grams) -> Found:
    """Customers by name, with or without its legal form, and by domain."""
    by_lower = Customer.objects.annotate(lower=Lower("name"))
    begins = Q()
    for _, word in grams.words():
        for form in forms(word):
            begins |= Q(lower__gte=form, lower__lt=form + BEHIND)
    wanted = Q(lower__in=grams.spellings()) | begins | Q(domain__in=_dotted(grams))
    for pk, label, domain in by_lower.filter(wanted).order_by().values_list("pk", "name", "domain")[:MOST_FOUND]:
        standing = {*grams.at(label), *grams.at(domain), *_without_form(label, grams)}
        yield from _each(NameKind.CUSTOMER, pk, label, sorted(standing))


def _without_form(label: str, grams: Grams) -> Iterator[Place]:
    spellings = {words for words in firm(label).spellings if words}
    tokens = grams.question.tokens
    for first, _ in grams.words():
        for last in range(first + 1, min(first + LONGEST, len(tokens)) + 1):
            if firm(grams.question.words(first, last)).words in spellings:
                yield first, last


def _people(grams: Grams) -> Found:
    by_lower = Person.objects.annotate(lower=Lower("name"))
    addresses = [f"email:{word}" for word in grams.places if "@" in word]
    wanted = Q(lower__in=grams.spellings()) | Q(identity__in=addresses)
    for pk, label, email in by_lower.filter(wanted).order_by().values_list("pk", "name", "email")[:MOST_FOUND]:
        yield from _each(NameKind.PERSON, pk, label or email, [*grams.at(label), *grams.at(email)])


def _dotted(grams: Grams) -> list[str]:
    return [word for word in grams.places if "." in word and " " not in word and "@" not in word]


def _each(kind: NameKind, value: int | str, label: str, standing: list[Place]) -> Found:
    for place in standing:
        yield Name(kind, value, label), place
