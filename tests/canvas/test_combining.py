"""A canvas's filter and a block's together let pass exactly what each of them does, or say why that can't be said."""

from dataclasses import replace
from datetime import UTC
from functools import cache, reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonora.canvas import combining
from sonora.chat.answers import figures
from sonora.chat.query import Metric
from sonora.customers import merging
from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import Tags
from sonora.insights.models import FeatureRequest
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db

SPANS = [
    "last-7-days", "last-30-days", "last-90-days", "this-month", "last-month", "last-week", "last-48-hours", "today",
    "2026-09-01..2026-11-10", "..2026-10-15", "2026-11-01..", "last-august",
]  # fmt: skip


@cache
def filters() -> st.SearchStrategy[FilterSet]:
    from sonora.conversations.models import Tag, Teammate
    from sonora.customers.models import Customer
    from sonora.people.models import Person

    def some(model: type, most: int = 3, *, nobody: bool = False) -> st.SearchStrategy[frozenset[int | None]]:
        pks = [*model.objects.order_by("pk").values_list("pk", flat=True)[:6], *([None] * nobody)]  # type: ignore[attr-defined]
        return st.frozensets(st.sampled_from(pks), max_size=most)

    tags = st.builds(Tags, any=some(Tag), all=some(Tag, 1), none=some(Tag, 1), untagged=st.just(value=False))
    spans = st.none() | st.sampled_from(SPANS).map(dates.parse)
    return st.builds(
        FilterSet,
        text=st.sampled_from(["", "", "invoice", "login"]),
        states=st.frozensets(st.sampled_from(["open", "closed", "snoozed"]), max_size=2),
        sentiments=st.frozensets(st.sampled_from(["negative", "neutral", "positive"]), max_size=2),
        tags=tags,
        customers=some(Customer, nobody=True),
        tiers=st.frozensets(st.sampled_from(["Enterprise", "Growth"]), max_size=1),
        people=some(Person, 2),
        rhythms=st.frozensets(st.sampled_from(["active", "quiet", "left"]), max_size=2),
        champions=st.frozensets(st.sampled_from(["yes", "no"]), max_size=1),
        silent=spans,
        assignees=some(Teammate, nobody=True),
        updated=spans,
    )


def passing(shown: FilterSet) -> set[int]:
    return set(shown.conversations(VIEWER).order_by().values_list("pk", flat=True))


def test_what_passes_both_is_what_passes_each_but_for_what_is_named_as_not_applied(world: World):
    seen = {"said": 0, "contradicted": 0, "unsayable": 0}

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(filters(), filters())
    def check(canvas: FilterSet, block: FilterSet) -> None:
        both = combining.both(canvas, block, metric=Metric.CONVERSATIONS, viewer=VIEWER)
        if not both.contradicted:
            seen["said"] += both.is_sayable
            applied = reduce(FilterSet.without, both.unsayable, canvas)
            assert passing(both.filters) == passing(applied) & passing(block)
        if both.contradicted:
            seen["contradicted"] += 1
            assert not passing(canvas) & passing(block)
        seen["unsayable"] += bool(both.unsayable)

    check()
    assert min(seen.values()) > 2, seen


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        ({"any": {1}}, {"any": {2}}, {"any": {2}, "all": {1}}),
        ({"any": {1, 2}}, {"any": {3}, "all": {4}}, {"any": {1, 2}, "all": {3, 4}}),
        ({"any": {1, 2}}, {"any": {1, 2, 3}}, {"any": {1, 2}}),
        ({"any": {1, 2}}, {"any": {2, 3}}, None),
        ({"all": {1}, "none": {5}}, {"all": {2}, "none": {6}}, {"all": {1, 2}, "none": {5, 6}}),
        ({"untagged": True}, {"untagged": True}, {"untagged": True}),
    ],
)
def test_tags_of_both_are_asked_for_together(
    ours: dict[str, set[int]], theirs: dict[str, set[int]], together: dict[str, set[int]] | None
):
    both = combining.both(tagged(ours), tagged(theirs), metric=Metric.CONVERSATIONS, viewer=VIEWER)
    if together is None:
        assert both.unsayable == ("tags.any",)
    else:
        assert both.filters == tagged(together)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"all": {1}}, {"none": {1}}),
        ({"any": {1, 2}}, {"none": {1, 2, 3}}),
        ({"any": {1}}, {"untagged": True}),
        ({"any": {1, 2}}, {"any": {2, 3}, "none": {1, 2}}),
    ],
)
def test_tags_that_nothing_can_have_and_lack_contradict(ours: dict[str, set[int]], theirs: dict[str, set[int]]):
    for one, other in ((ours, theirs), (theirs, ours)):
        both = combining.both(tagged(one), tagged(other), metric=Metric.CONVERSATIONS, viewer=VIEWER)
        assert (both.contradicted, both.unsayable) == (("tags",), ())


def test_a_filter_that_contradicts_itself_is_not_at_odds_with_another():
    both = combining.both(
        tagged({"none": {1}}), tagged({"all": {2}, "none": {2}}), metric=Metric.CONVERSATIONS, viewer=VIEWER
    )
    assert both.is_sayable


def tagged(said: dict[str, set[int]]) -> FilterSet:
    return FilterSet(tags=Tags(**{how: frozenset(tags) if how != "untagged" else tags for how, tags in said.items()}))


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        ("last-90-days", "last-30-days", "last-30-days"),
        ("this-year", "last-month", "last-month"),
        ("2026-09-01..2026-11-10", "2026-11-01..", "2026-11-01..2026-11-10"),
        ("last-7-days", "last-week", "2026-11-19..2026-11-22"),
        ("..2026-10-15", "2026-10-01..", "2026-10-01..2026-10-15"),
        ("last-48-hours", "this-year", "last-48-hours"),
    ],
)
def test_two_times_are_the_days_that_they_share(ours: str, theirs: str, together: str):
    one, other = (FilterSet(updated=dates.parse(said)) for said in (ours, theirs))
    for both in (
        combining.both(one, other, metric=Metric.CONVERSATIONS, viewer=VIEWER),
        combining.both(other, one, metric=Metric.CONVERSATIONS, viewer=VIEWER),
    ):
        assert str(both.filters.updated) == together


def test_times_that_share_nothing_contradict_and_part_of_a_day_is_not_said_in_days():
    def told(ours: str, theirs: str) -> combining.Both:
        one, other = (FilterSet(opened=dates.parse(said)) for said in (ours, theirs))
        return combining.both(one, other, metric=Metric.CONVERSATIONS, viewer=VIEWER)

    assert told("last-month", "this-month").contradicted == ("opened",)
    assert told("last-30-hours", "yesterday").unsayable == ("opened",)
    assert VIEWER.zone is UTC


def test_a_person_of_two_customers_passes_both_so_no_filter_says_them(world: World):
    one, other = (FilterSet(customers=frozenset({world.customers[name].pk})) for name in ("Monday", "Twin Works"))
    assert combining.both(one, other, metric=Metric.CONVERSATIONS, viewer=VIEWER).contradicted == ("customers",)
    assert combining.both(one, other, metric=Metric.PEOPLE, viewer=VIEWER).unsayable == ("customers",)


def test_who_was_merged_is_whom_they_became(world: World, undone: None):
    kept, gone = world.customers["Monday"].pk, world.customers["Twin Works"].pk
    old, new = FilterSet(customers=frozenset({gone})), FilterSet(customers=frozenset({kept}))
    merging.merge(kept, gone, by="ada@a.example")
    both = combining.both(old, new, metric=Metric.CONVERSATIONS, viewer=replace(VIEWER, stayed={}))
    assert (both.filters, both.is_sayable) == (new, True)


def test_a_request_that_was_merged_is_the_one_that_stayed(world: World, undone: None):
    kept, gone = world.requests["Dark mode"], world.requests["Export to CSV"]
    FeatureRequest.objects.filter(pk=gone.pk).update(merged_into=kept)
    old, new = (FilterSet(requests=frozenset({one.pk})) for one in (gone, kept))
    assert combining.both(old, new, metric=Metric.CONVERSATIONS, viewer=replace(VIEWER, stayed={})).is_sayable


def test_counts_agree_whichever_is_the_canvas(world: World):
    one = FilterSet(states=frozenset({"open", "closed"}))
    other = FilterSet(states=frozenset({"open"}), text="invoice")
    numbers = {
        figures.rows(
            Metric.CONVERSATIONS,
            combining.both(a, b, metric=Metric.CONVERSATIONS, viewer=VIEWER).filters,
            VIEWER,
        ).count()
        for a, b in ((one, other), (other, one))
    }
    assert len(numbers) == 1
    assert numbers != {0}


@pytest.mark.parametrize(("metric", "is_sayable"), [(Metric.PEOPLE, True), (Metric.CONVERSATIONS, False)])
def test_what_is_said_of_two_people_who_take_part_is_not_said_of_one(metric: Metric, is_sayable: bool):
    canvas, block = FilterSet(champions=frozenset({"yes"})), FilterSet(rhythms=frozenset({"quiet"}))
    both = combining.both(canvas, block, metric=metric, viewer=VIEWER)
    assert both.unsayable == (() if is_sayable else ("champions",))
    assert not is_sayable or both.filters == FilterSet(champions=canvas.champions, rhythms=block.rhythms)
