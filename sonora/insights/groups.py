"""The groups of a workspace as vectors in memory: where new words belong.

A process keeps those of the workspaces that it met last, and reads again only what changed since: each request names
the version that last changed it. They are used while the workspace's version is held (`versions.advance`), so what is
here is what is in the database, and what this transaction adds to it. Where that was rolled back, the version that is
held is not ahead of the one remembered, and all is read again.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np

from sonora.insights import vectors
from sonora.insights.models import FeatureRequest
from sonora.insights.vectors import Vectors

KEPT = 2  # workspaces; ten thousand groups take 15 MB
ROOM = 256  # rows that are added at once


@dataclass(slots=True)
class Groups:
    """The groups of a workspace with vectors of one *width*, merged and dismissed ones among them."""

    width: int
    version: int = 0
    places: dict[int, int] = field(default_factory=dict)  # request → its row
    homes: list[int] = field(default_factory=list)  # row → the request that words like it belong to
    matrix: Vectors = field(init=False)

    def __post_init__(self) -> None:
        self.matrix = np.zeros((0, self.width), dtype=np.float32)

    def best(self, vector: Vectors) -> tuple[int, float] | None:
        """The request that *vector* belongs to most, and the mean of the cosines with its words."""
        if not self.homes:
            return None
        scores = self.matrix[: len(self.homes)] @ vector
        row = int(np.argmax(scores))
        return self.homes[row], float(scores[row])

    def put(self, request: int, home: int, vector: Vectors) -> None:
        row = self.places.setdefault(request, len(self.homes))
        if row == len(self.homes):
            self.homes.append(home)
            if row == len(self.matrix):
                self.matrix = np.vstack([self.matrix, np.zeros((ROOM + row // 4, self.width), dtype=np.float32)])
        self.homes[row] = home
        self.matrix[row] = vector

    def forget(self, request: int) -> None:
        """Nobody asks for it any more: nothing is like it."""
        if request in self.places:
            self.matrix[self.places[request]] = 0

    def catch_up(self, version: int) -> None:
        """Read what changed since; *version* is held."""
        changed = FeatureRequest.objects.filter(version__gt=self.version)
        for request, home, vector in changed.values_list("pk", "merged_into_id", "vector").iterator():
            if len(vector) == 2 * self.width:
                self.put(request, home or request, vectors.unpack([vector])[0])
            else:
                self.forget(request)
        self.version = version


_kept: OrderedDict[tuple[int, int], Groups] = OrderedDict()


def of(workspace_id: int, *, width: int, version: int) -> Groups:
    """The groups of the workspace, of which this transaction holds *version*."""
    key = (workspace_id, width)
    groups = _kept.pop(key, None)
    if groups is None or groups.version >= version:
        groups = Groups(width)
    groups.catch_up(version)
    _kept[key] = groups
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return groups


def forget_all() -> None:
    """What this process remembers."""
    _kept.clear()
