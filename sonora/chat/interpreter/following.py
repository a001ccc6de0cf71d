"""What a follow-up keeps of the question before it. Pure."""

from dataclasses import replace

from sonora.chat.query import Query


def after(before: Query, query: Query, *, says_shape: bool) -> Query:
    """*query* over the filter of *before*, each part that it says itself instead of the one before.

    Unless it says what is to be done (*says_shape*), the same is done again.
    """
    filters = before.filters
    for part in query.filters.parts:
        filters = filters.given(part, query.filters.of(part))
    return replace(query if says_shape else before, filters=filters)
