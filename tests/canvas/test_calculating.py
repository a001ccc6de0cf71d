"""What blocks show: chat's own figures, each the length of the list that it opens, within the canvas's filter."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from sonora.canvas import kinds, library
from sonora.canvas.calculating import Result, result
from sonora.canvas.describing import described, refined
from sonora.canvas.kinds import Kind
from sonora.chat.answers import answering, figures
from sonora.chat.answers.rows import Figure
from sonora.chat.interpreter import interpret
from sonora.chat.query import Group, Intent, Metric, Query
from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from tests.chat.examples import examples
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def queries(world: World) -> list[Query]:
    """A query for each shape of question in chat's corpus."""
    read = [interpret(example.question, VIEWER).query for example in examples(world)]
    shapes = {
        (one.intent, one.metric, one.group_by, bool(one.against), one.filters.is_empty): one for one in read if one
    }
    return list(shapes.values())


@pytest.fixture(scope="module")
def canvases(world: World) -> list[FilterSet]:
    billing = world.tags["Billing"].pk
    return [
        FilterSet(),
        FilterSet(tiers=frozenset({"Enterprise"}), updated=dates.parse("last-90-days")),
        FilterSet.from_query(QueryDict(f"tag={billing}&state=open&state=closed")),
    ]


def shown(queries: list[Query], canvases: list[FilterSet]) -> Iterator[Result]:
    """The queries in the kinds that can show them, a third of all pairs, the canvases in turn."""
    wanted = [(query, kind) for query in queries for kind in kinds.possible(query)]
    for number, (query, kind) in enumerate(wanted[::3]):
        yield result(query, kind, canvases[number % len(canvases)], VIEWER)


def told(one: Result) -> Iterator[Figure]:
    yield from (figure for figure in (one.count, one.whole) if figure)
    for row in one.table.rows if one.table else ():
        yield from (figure for figure in row.figures if figure.query)


def test_every_figure_is_the_length_of_the_list_that_it_opens(
    world: World, queries: list[Query], canvases: list[FilterSet]
):
    seen, lengths = set(), {}
    for one in shown(queries, canvases):
        for figure in told(one):
            address = urlencode(figure.query.pairs)
            opened = Query.from_query(QueryDict(address))
            if address not in lengths:
                lengths[address] = len(figures.rows(opened.metric, opened.filters, VIEWER))
            assert figure.number == lengths[address], (one.kind, figure)
            seen.add((one.kind, address))
    assert {kind for kind, _ in seen} == set(Kind)
    assert len(seen) > 150


def test_without_a_canvas_filter_a_block_says_what_chat_says(world: World, queries: list[Query]):
    for query in queries[::3]:
        given, one = answering.answer(query, VIEWER), result(query, Kind.TEXT, FilterSet(), VIEWER)
        assert one.count == given.count
        if given.count.number:
            assert (one.text, one.table, one.passages) == (given.text, given.table, given.passages)


def test_a_block_within_a_canvas_counts_what_passes_both(world: World, canvases: list[FilterSet]):
    block = FilterSet(states=frozenset({"open"}))
    for canvas in canvases:
        one = result(Query(intent=Intent.COUNT, filters=block), Kind.METRIC, canvas, VIEWER)
        passing = [set(each.conversations(VIEWER).values_list("pk", flat=True)) for each in (canvas, block)]
        assert one.count.number == len(passing[0] & passing[1]) > 0
        assert one.whole.number == len(passing[0])


def test_what_contradicts_has_no_number(world: World):
    canvas, block = (FilterSet(states=frozenset({state})) for state in ("open", "closed"))
    one = result(Query(filters=block), Kind.LIST, canvas, VIEWER)
    assert (one.count, one.table, one.both.contradicted) == (None, None, ("states",))


@pytest.mark.parametrize("ready", library.BLOCKS, ids=lambda one: one.key)
def test_a_ready_made_block_says_nothing_that_is_not_read(world: World, ready: library.Ready):
    read = described(ready.prompt, VIEWER)
    assert read.ignored == ()
    assert ready.kind in kinds.possible(read.query)
    assert ready.content(VIEWER).fields["title"] == ready.title
    shown = result(read.query, ready.kind, FilterSet(), VIEWER)
    assert shown.count or (shown.table and shown.table.has_figures)


def test_the_first_blocks_are_among_the_ready_made(world: World):
    assert set(library.FIRST) <= set(library.BY_KEY)
    leaderboard = library.BY_KEY["leaderboard"].content(VIEWER).query
    assert (leaderboard.metric, leaderboard.group_by, leaderboard.limit) == (Metric.CUSTOMERS, Group.REQUEST, 10)
    unhappy = library.BY_KEY["unhappy"].content(VIEWER).query
    assert (unhappy.metric, unhappy.filters.sentiments) == (Metric.CUSTOMERS, {"negative"})


@pytest.mark.parametrize(
    ("text", "kind", "ignored"),
    [
        ("Pie chart of conversations by tag", Kind.BARS, []),
        ("conversations by tag as a pie", Kind.BARS, []),
        ("conversations by tag as a table", Kind.TABLE, []),
        ("table of conversations by state", Kind.TABLE, []),
        ("line chart of conversations", Kind.LINE, []),
        ("Summarise open conversations", Kind.TEXT, []),
        ("open conversations as a list", Kind.LIST, []),
        ("how many open conversations", Kind.METRIC, []),
        ("conversations per week", Kind.LINE, []),
        ("sentiment by customer", Kind.TABLE, []),
        ("bar chart of open conversations", Kind.LIST, []),  # nothing to count by
        ("open conversations tagged Biling", Kind.LIST, ["Biling"]),
    ],
)
def test_a_description_says_how_it_wants_to_be_shown(world: World, text: str, kind: Kind, ignored: list[str]):
    read = described(text, VIEWER)
    assert (read.kind, [one.words for one in read.ignored]) == (kind, ignored)
    assert read.query is not None


@pytest.mark.parametrize(
    ("text", "kind", "changed"),
    [
        ("only Enterprise", Kind.METRIC, {"tier": "Enterprise"}),
        ("last 7 days", Kind.METRIC, {"updated": "last-7-days"}),
        ("by tag", Kind.BARS, {"by": "tag"}),
        ("weekly", Kind.LINE, {"intent": "trend", "by": "week"}),
        ("weekly bars", Kind.BARS, {"intent": "trend", "by": "week"}),
        ("as a list", Kind.LIST, {}),
        ("text", Kind.TEXT, {}),
        ("bars", Kind.METRIC, {}),  # nothing to count by
        ("", Kind.METRIC, {}),
    ],
)
def test_a_refinement_keeps_what_it_does_not_say(world: World, text: str, kind: Kind, changed: dict[str, str]):
    before = described("How many open conversations in the last 30 days", VIEWER).query
    read = refined(text, before, Kind.METRIC, VIEWER)
    assert (dict(read.query.pairs), read.kind, read.ignored) == (dict(before.pairs) | changed, kind, ())


def test_a_refinement_that_says_nothing_changes_nothing_and_is_named(world: World):
    before = described("conversations by tag", VIEWER).query
    read = refined("qwertz", before, Kind.TABLE, VIEWER)
    assert (read.query, read.kind, [one.words for one in read.ignored]) == (before, Kind.TABLE, ["qwertz"])


@pytest.mark.parametrize("text", ["", "  ", "qwertz uiop", "pie chart of"])
def test_what_says_nothing_has_no_question(world: World, text: str):
    assert described(text, VIEWER).query is None
