"""Where the list behind a figure is."""

from urllib.parse import urlencode

from django.urls import reverse

from sonora.chat.query import Intent, Metric, Query


def of(query: Query) -> str:
    """The list that *query* counts: conversations where they are listed, all else as the rows of an answer."""
    if query.metric in {Metric.CONVERSATIONS, Metric.SENTIMENT}:
        return _with(reverse("conversations"), query.filters.query)
    rows = Query(intent=Intent.LIST, metric=query.metric, filters=query.filters)
    return _with(reverse("chat-rows"), urlencode(rows.pairs))


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
