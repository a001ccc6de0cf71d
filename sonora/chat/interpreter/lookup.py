"""Names looked up in the current workspace for the words of a question; only its short lists are read whole."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Lower, Substr

from sonora.chat.interpreter import picking
from sonora.chat.interpreter.names import LONGEST, Grams, Name, NameKind, Place, Places, accented, forms, unaccented
from sonora.chat.interpreter.tokens import Question, key
from sonora.conversations.models import Tag, Teammate
from sonora.customers.matching.normal import name as firm
from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights import aliases
from sonora.insights.models import Aliases, FeatureRequest
from sonora.people.models import Person

MOST = 10_000  # tags or teammates that are read
MOST_REQUESTS = 2_000  # those that most customers ask for
MOST_FOUND = 500  # customers or people that have a word of the question
MOST_ALIKE = 20  # people of one name
MARKS = {",", "&"}  # with which no name ends
BEHIND = "z" * 8  # in the order of either database behind whatever follows a whole word

Found = Iterator[tuple[Name, Place]]
Called = tuple[Name, Sequence[str]]  # a name, and all that is said for it


class Lookup:
    """What the current workspace knows, for the readings of a question: asked for once, however many these are."""

    def __init__(self) -> None:
        self._found: dict[Question, Places] = {}
        self._called: dict[str, list[Name]] = {}

    def places(self, grams: Grams, picked: Sequence[Name] = ()) -> Places:
        """Every name in the question that the current workspace knows, by where it stands; equal names together.

        Where something *picked* stands, nothing else is meant.
        """
        if grams.question not in self._found:
            self._found[grams.question] = self._places(grams)
        return self._found[grams.question] | picking.places(picked, grams)

    def called(self, words: str) -> list[Name]:
        """The teammates, people and customers whose name *words* are but for accents, or whose first word.

        None where there may be too many to tell.
        """
        if words not in self._called:
            self._called[words] = self._named(unaccented(key(words)))
        return self._called[words]

    def requests_saying(self, words: str) -> list[Name]:
        """The requests whose titles hold *words*, or another name of what they name, as whole words."""
        names = self._names_of_one_thing.get(key(words), [words])
        pattern = re.compile("|".join(rf"(?<!\w){re.escape(key(name))}(?!\w)" for name in names))
        return [Name(NameKind.REQUEST, pk, title) for pk, title in self._titles.items() if pattern.search(key(title))]

    @cached_property
    def tags(self) -> list[Called]:
        held = Tag.objects.filter(deleted_at__isnull=True).exclude(name="").values_list("pk", "name")[:MOST]
        return [(Name(NameKind.TAG, pk, label), [label]) for pk, label in held]

    @cached_property
    def teammates(self) -> list[Called]:
        held = Teammate.objects.filter(deleted_at__isnull=True).values_list("pk", "name", "email")[:MOST]
        return [(Name(NameKind.TEAMMATE, pk, label or email, email), [label, email]) for pk, label, email in held]

    def _places(self, grams: Grams) -> Places:
        found: dict[Place, dict[Name, None]] = defaultdict(dict)
        for name, place in (*_standing(self._listed, grams.at), *_customers(grams), *_people(grams)):
            found[place][name] = None
        for name, place in [pair for pair in _standing(self._listed, grams.nearly) if pair[1] not in found]:
            found[place][name] = None
        return {place: tuple(names) for place, names in found.items()}

    def _named(self, wanted: str) -> list[Name]:
        names = [name for name, _ in self.teammates]
        for kind, rows, address in (
            (NameKind.CUSTOMER, Customer.objects, "domain"),
            (NameKind.PERSON, Person.objects, "email"),
        ):
            some = _beginning(rows.all(), wanted, address)
            if len(some) == MOST_FOUND:
                return []
            names += [Name(kind, pk, label, where) for pk, label, where in some]
        return [name for name in names if wanted in _beginnings(name.label)]

    @cached_property
    def _listed(self) -> list[Called]:
        return [*self.tags, *self.teammates, *_segments(), *self._requests()]

    def _requests(self) -> Iterator[Called]:
        """Requests by title, or by another name of what the title says."""
        same = self._names_of_one_thing if self._titles else {}
        for pk, title in self._titles.items():
            yield Name(NameKind.REQUEST, pk, title), same.get(key(title), [title])

    @cached_property
    def _titles(self) -> dict[int, str]:
        listed = FeatureRequest.objects.all().listed().order_by("-customers", "-people", "-mentions", "-pk")
        return {one.pk: str(one) for one in listed.only("title", "edited_title")[:MOST_REQUESTS]}

    @cached_property
    def _names_of_one_thing(self) -> dict[str, Sequence[str]]:
        """All names of a thing by each of them, as the workspace wrote them down."""
        table = [names for (names,) in Aliases.objects.values_list("names")] or aliases.DEFAULTS
        return {key(name): names for names in table for name in names}


def talking(names: Sequence[Name], customers: frozenset[int | None], viewer: Viewer) -> list[Name]:
    """Those of *names*, people, who take part in a conversation of *customers*."""
    asked = [(name, FilterSet(customers=customers, people=frozenset({int(name.value)}))) for name in names[:MOST_ALIKE]]
    return [name for name, filters in asked if filters.conversations(viewer).exists()]


def _beginnings(label: str) -> tuple[str, str]:
    name = unaccented(key(label))
    return name, name.split(" ")[0]


def _beginning(rows: "QuerySet[Customer] | QuerySet[Person]", words: str, address: str) -> list[tuple[int, str, str]]:
    """Keys, names and addresses (a column) of *rows* whose first word is the first of *words* but for an accent; of
    several words, only names as long as they are.
    """
    first, *more = words.split(" ")
    named = rows.annotate(lower=Lower("name"), length=Length("name"), behind=Substr("name", len(first) + 1, 1))
    named = named.filter(behind__in=("", " "), **({"length": len(words)} if more else {})).order_by()
    begins = sorted({form for one in accented(first) for form in forms(one)})
    spans = [Q(lower__gte=one, lower__lt=one + BEHIND) for one in begins]
    some, *others = [named.filter(span).values_list("pk", "name", address) for span in spans]
    return list(some.union(*others, all=True)[:MOST_FOUND])  # one range of the index each: of an OR it reads all


def _standing(listed: Sequence[Called], find: Callable[[str], list[Place]]) -> Found:
    for name, called in listed:
        for one in called:
            yield from _each(name, find(one))


def _segments() -> Iterator[Called]:
    for (label,) in Customer.objects.exclude(tier="").order_by().values_list("tier").distinct():
        yield Name(NameKind.SEGMENT, label, label), [label]


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
        yield from _each(Name(NameKind.CUSTOMER, pk, label, domain), sorted(standing))


def _without_form(label: str, grams: Grams) -> Iterator[Place]:
    spellings = {words for words in firm(label).spellings if words}
    tokens = grams.question.tokens
    for first, _ in grams.words():
        for last in range(first + 1, min(first + LONGEST, len(tokens)) + 1):
            if tokens[last - 1].key not in MARKS and firm(grams.question.words(first, last)).words in spellings:
                yield first, last


def _people(grams: Grams) -> Found:
    by_lower = Person.objects.annotate(lower=Lower("name"))
    addresses = [f"email:{word}" for word in grams.places if "@" in word]
    wanted = Q(lower__in=grams.spellings()) | Q(identity__in=addresses)
    for pk, label, email in by_lower.filter(wanted).order_by().values_list("pk", "name", "email")[:MOST_FOUND]:
        yield from _each(Name(NameKind.PERSON, pk, label or email, email), [*grams.at(label), *grams.at(email)])


def _dotted(grams: Grams) -> list[str]:
    return [word for word in grams.places if "." in word and " " not in word and "@" not in word]


def _each(name: Name, standing: list[Place]) -> Found:
    for place in standing:
        yield name, place
