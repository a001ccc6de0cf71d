"""What a block may lack of what it asks for: new data, parts that are not held, what nobody may read."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from integrations.models import Connection
from sonora.chat.query import Group, Metric, Query
from sonora.core import words
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights import progress
from sonora.screens import connection as connections

TAG_FIELDS = ("tags", "message_tags", "contact_tags", "company_tags")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """*state* names it in a word or two, *words* say it; *since* is when it began (Unix seconds), *url* who helps."""

    state: str
    words: str = ""
    since: int | None = None
    url: str = ""


def of(query: Query, canvas: FilterSet, connection: Connection | None, viewer: Viewer) -> list[Caveat]:
    """What the answer to *query* within *canvas* may lack, besides what all blocks do."""
    if connection is None:
        return []
    asked = _Asked(query, canvas)
    return [*_access(asked, connection), *_parts(asked, connection, viewer)]


def shared(connection: Connection | None, viewer: Viewer) -> Caveat | None:
    """What every block lacks alike: each only names it, since the banner of the page says it in words."""
    if connection is None:
        return None
    state, synced_at = connections.state_of(connection), connections.synced_at(connection)
    if connection.setup == Connection.Setup.DISCONNECTED:
        return Caveat(state="Source disconnected", since=synced_at)
    if state is not None and state.initial_done_at is None:
        return Caveat(state="Partial: first sync")
    if synced_at is not None and viewer.now - synced_at > 2 * connection.interval:
        return Caveat(state="Out of date", since=synced_at)
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    query: Query
    canvas: FilterSet

    @property
    def tags(self) -> bool:
        filters = (self.query.filters, self.canvas)
        return self.query.group_by is Group.TAG or any(one.of(field) for one in filters for field in TAG_FIELDS)

    @property
    def sentiment(self) -> bool:
        return (
            self.query.metric is Metric.SENTIMENT
            or self.query.group_by is Group.SENTIMENT
            or bool(self.query.filters.sentiments or self.canvas.sentiments)
        )

    @property
    def requests(self) -> bool:
        return (
            self.query.metric is Metric.REQUESTS
            or self.query.group_by is Group.REQUEST
            or bool(self.query.filters.requests or self.canvas.requests)
        )

    @property
    def closed(self) -> bool:
        """Whether closed conversations may be among those that are asked for."""
        return all(not one.states or "closed" in one.states for one in (self.query.filters, self.canvas))

    def start(self, viewer: Viewer) -> int | None:
        """The first moment of the conversations that are asked for; None: any."""
        spans = [one.of(part) for one in (self.query.filters, self.canvas) for part in ("updated", "opened")]
        starts = [span.bounds(viewer.now, viewer.zone)[0] for span in spans if span]
        return max((at for at in starts if at is not None), default=None)


def _access(asked: _Asked, connection: Connection) -> Iterator[Caveat]:
    problem = connections.tags_problem(connection)
    if problem and asked.tags:
        yield Caveat(state="No access", words=problem, url=reverse("integration", args=[connection.provider]))
    for name, is_asked, is_on in (
        ("Sentiment", asked.sentiment, connection.analyse_sentiment),
        ("What customers ask for", asked.requests, connection.analyse_requests),
    ):
        if is_asked and not is_on:
            yield Caveat(state="No access", words=f"{name} isn’t analysed: that is turned off.")


def _parts(asked: _Asked, connection: Connection, viewer: Viewer) -> Iterator[Caveat]:
    state, start = connections.state_of(connection), asked.start(viewer)
    held = connections.held_since(connection) if asked.closed and state and state.initial_done_at else None
    if held is not None and start is not None and start < held:
        yield Caveat(state="Partial", words="Closed conversations from before then are missing.", since=held)
    if asked.sentiment or asked.requests:
        yield from _unread(asked, connection)


def _unread(asked: _Asked, connection: Connection) -> Iterator[Caveat]:
    left = progress.of(
        connection.pk,
        sentiment=asked.sentiment and connection.analyse_sentiment,
        requests=asked.requests and connection.analyse_requests,
    ).waiting
    if left:
        yield Caveat(state="Partial", words=f"{words.counted(left, 'conversation')} still to analyse.")
