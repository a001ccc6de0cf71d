"""Requests by words: in their titles and in what customers said, whatever the name of the thing that was typed."""

from django.db.models import F, Q, QuerySet

from sonora.core.fulltext import Found, Words
from sonora.insights import naming
from sonora.insights.models import Evidence, FeatureRequest


def worded(requests: QuerySet[FeatureRequest], text: str) -> QuerySet[FeatureRequest]:
    """Those of *requests* that hold all words of *text*, or of *text* with other names of what it names.

    A text without a letter or digit is found nowhere.
    """
    asked = [words for words in map(Words.typed, naming.names().variants(text)) if words]
    found = Q(pk__in=[])
    for words in asked:
        in_quotes = Evidence.objects.filter(Found(F("pk"), words)).exclude(state=Evidence.State.DISMISSED)
        in_titles = FeatureRequest.objects.filter(Found(F("pk"), words))
        found |= Q(pk__in=in_quotes.values("request")) | Q(pk__in=in_titles.values("pk"))
    return requests.filter(found)
