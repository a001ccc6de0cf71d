"""Requests that may be one, as `comparing` found them: pairs for a person to merge or to refuse.

A pair that was refused is remembered and not suggested again.
"""

from django.db.models import Q, QuerySet

from sonora.core import clock
from sonora.insights.models import FeatureRequest, Likeness


def suggested() -> QuerySet[Likeness]:
    """The pairs to look at, those that are most alike first; both requests are still listed."""
    listed = FeatureRequest.objects.all().listed()
    both = Likeness.objects.filter(refused_at__isnull=True, first__in=listed, second__in=listed)
    return both.select_related("first", "second").defer("first__vector", "second__vector").order_by("-score", "-pk")


def of(request: FeatureRequest) -> list[tuple[Likeness, FeatureRequest]]:
    """The pairs of *request*, each with the other one."""
    pairs = suggested().filter(Q(first=request) | Q(second=request))
    return [(pair, pair.second if pair.first_id == request.pk else pair.first) for pair in pairs]


def refused() -> QuerySet[Likeness]:
    """The pairs that somebody keeps apart, the last refused first; both requests are still listed."""
    listed = FeatureRequest.objects.all().listed()
    apart = Likeness.objects.filter(refused_at__isnull=False, first__in=listed, second__in=listed)
    return (
        apart.select_related("first", "second").defer("first__vector", "second__vector").order_by("-refused_at", "-pk")
    )


def suggest(pair: int) -> bool:
    """The two of *pair* (primary key) may be the same after all; False when nobody keeps them apart."""
    found = Likeness.objects.filter(pk=pair, refused_at__isnull=False)
    return bool(found.update(refused_by="", refused_at=None))


def refuse(pair: int, *, by: str) -> bool:
    """*by* (an e-mail) says that the two of *pair* (primary key) are not the same; False when it is known already."""
    found = Likeness.objects.filter(pk=pair, refused_at__isnull=True)
    return bool(found.update(refused_by=by, refused_at=clock.now()))
