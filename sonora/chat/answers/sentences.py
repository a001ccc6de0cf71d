"""What an answer says in words: only what its figures say. Pure."""

from sonora.chat.answers.rows import Figure, Row, Rows
from sonora.chat.query import Group, Intent, Metric, Order, Query
from sonora.core import words

BY_FEELING = Group.SENTIMENT
NOUNS = {
    Metric.CONVERSATIONS: "conversation",
    Metric.CUSTOMERS: "customer",
    Metric.PEOPLE: "person,people",
    Metric.REQUESTS: "feature request",
    Metric.SENTIMENT: "conversation",
}
NAMED = 3  # groups that a sentence names
TOO_LOW = "A conversation counts where it was last updated, so earlier figures are too low."


def noun(query: Query, number: int = 2) -> str:
    """What *query* counts: conversations."""
    return words.plural(number, NOUNS[query.metric])


def nothing(query: Query) -> str:
    return f"I found no {noun(query)} that match."


def said(query: Query, count: Figure, table: Rows | None) -> str:
    """The answer to *query*, of which *count* pass and *table* is the rest."""
    match = at_least(query, count.number) if count.is_more else f"{_matching(query, count.number)}."
    if table is None or not table.rows:
        return f"{match} {_order(query) if count.number > 1 else ''}".strip()
    if query.intent is Intent.COMPARE and query.against:
        return f"{_compared(query, table)} {caveat(query, table)}".strip()
    if query.group_by is not None and query.group_by.is_time:
        return " ".join(part for part in (match, _peak(query, table), caveat(query, table)) if part)
    if query.metric is Metric.SENTIMENT and query.group_by is None:
        return f"{match} {_listed(table.rows, lower=True)}."
    return f"{match} {_first(query, table)}"


def caveat(query: Query, table: Rows) -> str:
    """What to know of the figures of *table*, which answers *query*: what was updated again is in a later one."""
    shown, is_compared = query.filters, bool(query.intent is Intent.COMPARE and query.against)
    is_over_time = is_compared or bool(query.group_by and query.group_by.is_time)
    return TOO_LOW if is_over_time and len(table.rows) > 1 and shown.updated and not shown.opened else ""


def at_least(query: Query, number: int) -> str:
    """That *number* of what *query* counts were seen to pass, and there may be more."""
    return f"At least {_matching(query, number)}."


def too_common(query: Query) -> str:
    """Why nothing else is said of *query*, and what to do."""
    by = f" by {query.group_by}" if query.group_by else ""
    return (
        f"“{query.filters.text}” is too common to count {noun(query)}{by} in time. "
        "Narrow the question by a date, a tag or a customer, or ask for a rarer word."
    )


def _matching(query: Query, number: int) -> str:
    return f"{words.counted(number, NOUNS[query.metric])} {'matches' if number == 1 else 'match'}"


def _order(query: Query) -> str:
    if query.intent is Intent.CHANGES:
        return "The last that changed come first."
    return {Order.NEWEST: "The newest come first.", Order.OLDEST: "The oldest come first."}.get(
        query.order or Order.MOST, ""
    )


def _first(query: Query, table: Rows) -> str:
    first, *others = table.rows[:NAMED]
    most = "fewest" if query.order is Order.LEAST else "most"
    second = f", then {_listed(others)}" if others else ""
    return f"{first.label} has {most}: {_number(first)}{second}."


def _listed(rows: list[Row], *, lower: bool = False) -> str:
    parts = [f"{_number(row)} {row.label.lower()}" if lower else f"{row.label} ({_number(row)})" for row in rows]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _peak(query: Query, table: Rows) -> str:
    if query.intent is Intent.TOP:
        top, most = table.rows[0], "Fewest" if query.order is Order.LEAST else "Most"
    elif len(table.rows) > 1:
        top, most = max(table.rows, key=lambda row: row.figures[0].number), "Most"
    else:
        return ""
    return f"{most} in one {table.title.lower()}: {_number(top)}, from {top.label}."


def _compared(query: Query, table: Rows) -> str:
    before, now = table.rows[0], table.rows[-1]
    change = now.figures[0].number - before.figures[0].number
    difference = "as many" if not change else f"{words.thousands(abs(change))} {'more' if change > 0 else 'fewer'}"
    return (
        f"{now.label}: {words.counted(now.figures[0].number, NOUNS[query.metric])}. "
        f"{before.label}: {_number(before)}. That is {difference}."
    )


def _number(row: Row) -> str:
    return words.thousands(row.figures[0].number)
