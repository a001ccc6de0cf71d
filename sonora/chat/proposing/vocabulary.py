"""What of the current workspace may be named in a proposal: names behind references, never keys."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sonora.chat.interpreter.lookup import Lookup
from sonora.chat.interpreter.names import Grams, Name, NameKind
from sonora.conversations.models import Tag, Teammate
from sonora.customers.models import Customer
from sonora.insights.llm.masking import masked
from sonora.insights.models import FeatureRequest
from sonora.insights.text.orders import gives_orders

MOST_TAGS, MOST_OTHERS = 500, 100
LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that may be named, by its reference: tag1, customer2."""

    names: dict[str, Name]

    @property
    def told(self) -> dict[str, dict[str, str]]:
        """References with what they are called, by kind; addresses and numbers of people are masked."""
        by_kind: dict[str, dict[str, str]] = {}
        for reference, name in self.names.items():
            by_kind.setdefault(name.kind.value, {})[reference] = masked(name.label).text
        return by_kind

    def values(self, references: Sequence[str], kind: NameKind) -> list[int | str]:
        """What *references* stand for. Raises KeyError for one that was not given, or of another kind."""
        named = [self.names[one] for one in references]
        if any(name.kind is not kind for name in named):
            raise KeyError(kind)
        return [name.value for name in named]


def vocabulary(grams: Grams, picked: Sequence[Name]) -> Vocabulary:
    """The short lists of the workspace, and those of its many customers and people whose names stand in the question.

    A name that looks like instructions is left out.
    """
    names: dict[str, Name] = {}
    count: Counter[str] = Counter()
    for name in dict.fromkeys([*_standing(grams, picked), *_listed()]):
        if len(name.label) <= LONGEST_NAME and not gives_orders(name.label):
            count[name.kind] += 1
            names[f"{name.kind}{count[name.kind]}"] = name
    return Vocabulary(names)


def _standing(grams: Grams, picked: Sequence[Name]) -> Iterator[Name]:
    for names in Lookup().places(grams, picked).values():
        yield from names


def _listed() -> Iterator[Name]:
    tags = Tag.objects.filter(deleted_at__isnull=True, name__gt="").order_by("name", "pk")[:MOST_TAGS]
    yield from (Name(NameKind.TAG, one.pk, one.name) for one in tags)
    teammates = Teammate.objects.filter(deleted_at__isnull=True, name__gt="").order_by("name", "pk")[:MOST_OTHERS]
    yield from (Name(NameKind.TEAMMATE, one.pk, one.name) for one in teammates)
    tiers = Customer.objects.exclude(tier="").order_by("tier").values_list("tier", flat=True).distinct()
    yield from (Name(NameKind.SEGMENT, one, one) for one in tiers[:MOST_OTHERS])
    wished = FeatureRequest.objects.all().listed().order_by("-customers", "-people", "-mentions", "-pk")[:MOST_OTHERS]
    yield from (Name(NameKind.REQUEST, one.pk, str(one)) for one in wished)
