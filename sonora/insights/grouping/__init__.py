"""Requests that ask for one thing, however they are worded. Pure."""

from sonora.insights.grouping.asked import asked
from sonora.insights.grouping.in_groups import Placed, in_groups
from sonora.insights.grouping.likely import Said
from sonora.insights.grouping.linkage import clusters
from sonora.insights.grouping.meaning import Meaning
from sonora.insights.grouping.titles import shortened, title
from sonora.insights.grouping.vocabulary import Vocabulary, default_vocabulary

__all__ = [
    "Meaning",
    "Placed",
    "Said",
    "Vocabulary",
    "asked",
    "clusters",
    "default_vocabulary",
    "in_groups",
    "shortened",
    "title",
]
