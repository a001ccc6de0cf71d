"""Requests that may be one: pairs whose words are alike, for a person to merge or to refuse.

A pair that was refused is remembered and not suggested again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet

from sonora.core import clock
from sonora.core.words import counted
from sonora.insights import describing, naming, vectors
from sonora.insights.encoders import ASKING
from sonora.insights.models import Evidence, FeatureRequest, Likeness
from sonora.insights.vectors import Vectors

ALIKE = 0.30  # mean cosine of the words of one with those of the other
MOST = 200  # pairs
ROWS = 512  # of the matrix at once


@dataclass(frozen=True, slots=True)
class _Pair:
    first: int
    second: int
    score: float


def suggested() -> QuerySet[Likeness]:
    """The pairs to look at, those that are most alike first; both requests are still listed."""
    listed = FeatureRequest.objects.all().listed()
    both = Likeness.objects.filter(refused_at__isnull=True, first__in=listed, second__in=listed)
    return both.select_related("first", "second").order_by("-score", "-pk")


def of(request: FeatureRequest) -> list[tuple[Likeness, FeatureRequest]]:
    """The pairs of *request*, each with the other one."""
    pairs = suggested().filter(Q(first=request) | Q(second=request))
    return [(pair, pair.second if pair.first_id == request.pk else pair.first) for pair in pairs]


def refuse(pair: int, *, by: str) -> bool:
    """*by* (an e-mail) says that the two of *pair* (primary key) are not the same; False when it is known already."""
    found = Likeness.objects.filter(pk=pair, refused_at__isnull=True)
    return bool(found.update(refused_by=by, refused_at=clock.now()))


def propose(workspace_id: int) -> int:
    """Look at all listed requests of the workspace, in its scope; returns how many pairs are suggested then."""
    pairs = _pairs()
    reasons = {pair: _reasons(pair) for pair in pairs}
    with transaction.atomic():
        refused = set(Likeness.objects.filter(refused_at__isnull=False).values_list("first_id", "second_id"))
        Likeness.objects.filter(refused_at__isnull=True).delete()
        rows = [
            Likeness(
                workspace_id=workspace_id,
                first_id=pair.first,
                second_id=pair.second,
                score=pair.score,
                reasons=reasons[pair],
            )
            for pair in pairs
            if (pair.first, pair.second) not in refused
        ]
        return len(Likeness.objects.bulk_create(rows))


def _pairs() -> list[_Pair]:
    rows = list(FeatureRequest.objects.all().listed().order_by("pk").values_list("pk", "vector"))
    length = max((len(vector) for _, vector in rows), default=0)
    kept = [(pk, vector) for pk, vector in rows if length and len(vector) == length]
    if len(kept) < 2:
        return []
    matrix = vectors.unpack([vector for _, vector in kept])
    found = sorted(_alike(matrix), key=lambda one: -one[2])[:MOST]
    return [_Pair(kept[first][0], kept[second][0], round(score, 4)) for first, second, score in found]


def _alike(matrix: Vectors) -> Iterator[tuple[int, int, float]]:
    """The pairs of rows whose product is `ALIKE` at least, the first before the second."""
    for start in range(0, len(matrix), ROWS):
        scores = matrix[start : start + ROWS] @ matrix.T
        for row, column in np.argwhere(scores >= ALIKE):
            if start + row < column:
                yield int(start + row), int(column), float(scores[row, column])


def _reasons(pair: _Pair) -> list[str]:
    """Why two requests may be one, in words."""
    reasons = []
    shared = _shared_words(pair)
    if shared:
        reasons.append(f"Both say {', '.join(f'“{word}”' for word in shared)}")
    both = _customers(pair.first) & _customers(pair.second)
    if both:
        reasons.append(f"{counted(len(both), 'customer asks,customers ask')} for both")
    return reasons or ["Their words mean much the same"]


def _shared_words(pair: _Pair) -> Sequence[str]:
    """Up to three words that many quotes of both have."""
    names = naming.names()
    said = [_words(names.plain(" ".join(_quotes(one)))) for one in (pair.first, pair.second)]
    return sorted(said[0] & said[1], key=lambda word: (-len(word), word))[:3]


def _quotes(request: int) -> list[str]:
    words = Evidence.objects.filter(request=request).counted().order_by("-pk")
    return list(words.values_list("quote", flat=True)[: describing.MOST // 10])


def _words(text: str) -> set[str]:
    words = {word.strip(".,;:!?…\"'“”()").casefold() for word in text.split()}
    return {word for word in words - ASKING if len(word) > 2}


def _customers(request: int) -> set[int]:
    words = Evidence.objects.filter(request=request, conversation__customer__isnull=False).counted()
    return {pk for pk in words.values_list("conversation__customer", flat=True).distinct() if pk}
