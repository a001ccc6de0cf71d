"""To how many customers the conversations of an answer belong."""

from sonora.chat.answers import figures
from sonora.chat.answers.reached import own
from sonora.chat.answers.rows import Figure
from sonora.chat.query import Intent, Metric, Query
from sonora.filters.viewer import Viewer

COUNTED = {Metric.CONVERSATIONS, Metric.SENTIMENT}
MOST = 10_000  # conversations whose customers are counted


def customers(query: Query, count: Figure, viewer: Viewer) -> Figure | None:
    """The customers of the conversations of *query*, of which there are *count*.

    None where something else is counted, where there are more conversations than `MOST`, and where the filter says
    nothing of conversations: then all customers pass it, whether they ever wrote or not.
    """
    shown = query.filters
    if query.metric not in COUNTED or not 0 < count.number <= MOST or count.is_more:
        return None
    if shown.without(*own(Metric.CUSTOMERS, shown)).is_empty:
        return None
    listed = Query(intent=Intent.LIST, metric=Metric.CUSTOMERS, filters=shown)
    return Figure(number=figures.count(listed, viewer), query=listed)
