"""Requests that may be one: pairs whose words are alike, for a person to merge or to refuse.

A pair that was refused is remembered and not suggested again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.db.models import F, Q, QuerySet

from sonora.core import clock
from sonora.core.words import counted
from sonora.insights import counting, describing, naming, vectors
from sonora.insights.encoders import ASKING
from sonora.insights.models import Evidence, FeatureRequest, Grouping, Likeness
from sonora.insights.vectors import Vectors
from sonora.workspaces.scoping import scope, scopes_disabled

ALIKE = 0.36  # mean cosine of the words of one with those of the other; what is much more alike is one group
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
    return both.select_related("first", "second").defer("first__vector", "second__vector").order_by("-score", "-pk")


def of(request: FeatureRequest) -> list[tuple[Likeness, FeatureRequest]]:
    """The pairs of *request*, each with the other one."""
    pairs = suggested().filter(Q(first=request) | Q(second=request))
    return [(pair, pair.second if pair.first_id == request.pk else pair.first) for pair in pairs]


def refuse(pair: int, *, by: str) -> bool:
    """*by* (an e-mail) says that the two of *pair* (primary key) are not the same; False when it is known already."""
    found = Likeness.objects.filter(pk=pair, refused_at__isnull=True)
    return bool(found.update(refused_by=by, refused_at=clock.now()))


def keep_up() -> int:
    """Compare the requests of each workspace in which words changed since; returns how many workspaces that were."""
    with scopes_disabled():  # it looks for whom to work, one after the other
        behind = list(Grouping.objects.filter(version__gt=F("compared")).values_list("workspace", "version"))
    for workspace_id, version in behind:
        with scope(workspace=workspace_id):
            propose(workspace_id)
            Grouping.objects.filter(workspace=workspace_id).update(compared=version)
    return len(behind)


def propose(workspace_id: int) -> int:
    """Look at all listed requests of the workspace, in its scope; returns how many pairs are suggested then."""
    counting.settle(workspace_id)
    refused = set(Likeness.objects.filter(refused_at__isnull=False).values_list("first_id", "second_id"))
    pairs = [pair for pair in _pairs() if (pair.first, pair.second) not in refused]
    rows = [
        Likeness(
            workspace_id=workspace_id,
            first_id=pair.first,
            second_id=pair.second,
            score=pair.score,
            reasons=_reasons(pair),
        )
        for pair in pairs
    ]
    with transaction.atomic():
        Likeness.objects.filter(refused_at__isnull=True).delete()
        return len(Likeness.objects.bulk_create(rows, ignore_conflicts=True))  # somebody may have refused one just now


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
    """The pairs of rows, the first before the second, whose product is `ALIKE` at least; of some rows the best."""
    for start in range(0, len(matrix), ROWS):
        scores = np.triu(matrix[start : start + ROWS] @ matrix.T, k=start + 1)
        few = min(MOST, scores.size)
        best = np.argpartition(scores, -few, axis=None)[-few:]
        for row, column in zip(*np.unravel_index(best, scores.shape), strict=True):
            if scores[row, column] >= ALIKE:
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
