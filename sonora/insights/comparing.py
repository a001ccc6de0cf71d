"""Looking for requests that may be one: pairs that are alike, each with the reasons for a person to merge them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
from django.db import transaction
from django.db.models import F

from sonora.core.words import counted
from sonora.insights import counting, naming, vectors
from sonora.insights.grouping import Said, default_vocabulary
from sonora.insights.grouping.likely import NAMED
from sonora.insights.models import Evidence, FeatureRequest, Grouping, Likeness
from sonora.insights.vectors import Vectors
from sonora.workspaces.scoping import scope, scopes_disabled

MOST = 200  # pairs that are suggested
ROWS = 512  # of the matrix at once
LOOKED_AT = 5_000  # of their pairs, the most alike
SHOWN = 3  # things that both ask for


@dataclass(frozen=True, slots=True)
class _Pair:
    first: int
    second: int
    score: float
    things: tuple[str, ...]


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
    rows = list(FeatureRequest.objects.all().listed().order_by("pk").values_list("pk", "vector", "quote"))
    length = max((len(vector) for _, vector, _ in rows), default=0)
    kept = [row for row in rows if length and len(row[1]) == length]
    if len(kept) < 2:
        return []
    said = _reading([quote for _, _, quote in kept])
    likely = (
        _Pair(kept[first][0], kept[second][0], round(score, 4), tuple(said(first).shared(said(second))))
        for first, second, score in sorted(_alike(vectors.unpack([row[1] for row in kept])), key=lambda one: -one[2])
        if said(first).may_be(said(second), score)
    )
    return list(islice(likely, MOST))


def _reading(quotes: Sequence[str]) -> Callable[[int], Said]:
    """What each of *quotes* names, by the common vocabulary and the names that the workspace wrote down."""
    names = naming.names()
    vocabulary = default_vocabulary().with_names(names.lines)
    return cache(lambda row: Said(names.plain(quotes[row]), vocabulary))


def _alike(matrix: Vectors) -> Iterator[tuple[int, int, float]]:
    """The pairs of rows, the first before the second, whose product is `NAMED` at least; of some rows the best."""
    for start in range(0, len(matrix), ROWS):
        scores = np.triu(matrix[start : start + ROWS] @ matrix.T, k=start + 1)
        few = min(LOOKED_AT, scores.size)
        best = np.argpartition(scores, -few, axis=None)[-few:]
        for row, column in zip(*np.unravel_index(best, scores.shape), strict=True):
            if scores[row, column] >= NAMED:
                yield int(start + row), int(column), float(scores[row, column])


def _reasons(pair: _Pair) -> list[str]:
    """Why two requests may be one, in words."""
    reasons = []
    if pair.things:
        reasons.append(f"Both ask for {', '.join(f'“{thing}”' for thing in pair.things[:SHOWN])}")
    both = _customers(pair.first) & _customers(pair.second)
    if both:
        reasons.append(f"{counted(len(both), 'customer asks,customers ask')} for both")
    return reasons or ["Their words mean much the same"]


def _customers(request: int) -> set[int]:
    words = Evidence.objects.filter(request=request, conversation__customer__isnull=False).counted()
    return {pk for pk in words.values_list("conversation__customer", flat=True).distinct() if pk}
