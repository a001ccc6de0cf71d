"""A typed query in words, without the values of its filter. Pure."""

from sonora.chat.query import Group, Intent, Metric, Order, Query
from sonora.core import words
from sonora.filters.parts import BY_KEY

NOUNS = {
    Metric.CONVERSATIONS: "conversations",
    Metric.CUSTOMERS: "customers",
    Metric.PEOPLE: "people",
    Metric.REQUESTS: "feature requests",
    Metric.SENTIMENT: "sentiment of conversations",
}
ORDERS = {
    Order.MOST: "most first",
    Order.LEAST: "fewest first",
    Order.NEWEST: "newest first",
    Order.OLDEST: "oldest first",
}


def asked(query: Query) -> str:
    """What *query* asks of everything that passes its filter: "Conversations by tag, most first"."""
    more = (_compared(query), _ordered(query), _limited(query))
    said = ", ".join([f"{_counted(query)}{_grouped(query)}", *(part for part in more if part)])
    return said[:1].upper() + said[1:]


def fields(query: Query) -> list[str]:
    """What is looked at of each row to answer *query*: the parts of the filter, and what is counted by."""
    looked_at = [BY_KEY[part].label for part in query.filters.parts]
    return [*looked_at, *([_group(query.group_by).capitalize()] if query.group_by else [])]


def _counted(query: Query) -> str:
    is_number = query.intent is Intent.COUNT and query.group_by is None and query.metric is not Metric.SENTIMENT
    return f"how many {NOUNS[query.metric]}" if is_number else NOUNS[query.metric]


def _grouped(query: Query) -> str:
    if query.group_by is None:
        return ""
    return f" {'per' if query.group_by.is_time else 'by'} {_group(query.group_by)}"


def _group(group: Group) -> str:
    return "feature request" if group is Group.REQUEST else group.value


def _compared(query: Query) -> str:
    return f"compared with {query.against.words}" if query.against else ""


def _ordered(query: Query) -> str:
    if query.intent is Intent.CHANGES:
        return "last changed first"
    return ORDERS[query.order] if query.order else ""


def _limited(query: Query) -> str:
    return words.counted(query.limit, "row") if query.limit else ""
