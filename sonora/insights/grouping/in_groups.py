"""Many requests at once, each with its group."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sonora.insights.grouping.linkage import clusters
from sonora.insights.grouping.meaning import Meaning
from sonora.insights.grouping.titles import title


@dataclass(frozen=True, slots=True)
class Placed:
    """The *group* of a request, counted from 1 in the order in which groups appear, and the group's *title*."""

    group: int
    title: str


def in_groups(texts: Sequence[str], meaning: Meaning) -> list[Placed]:
    """For each of *texts*, plain requests, where it belongs among the others."""
    vectors = meaning.vectors(texts)
    members = defaultdict(list)
    labels = clusters(vectors, least=meaning.alike)
    for row, label in enumerate(labels):
        members[label].append(row)
    placed = {
        label: Placed(number, title([texts[row] for row in rows], vectors[rows]))
        for number, (label, rows) in enumerate(members.items(), start=1)
    }
    return [placed[label] for label in labels]
