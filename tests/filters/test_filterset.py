"""The filter as a value: in an address, in JSON, out of a form, without one of its parts."""

import json
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as some

from sonora.filters import kinds
from sonora.filters.dates import Between, LastMonthNamed, Latest, Period
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import CHAMPION, LEVELS, PARTS, RHYTHMS, ROLES, SENTIMENTS, STATES
from sonora.filters.tags import Tags

FULL = FilterSet(
    text="late & loud",
    states=frozenset({"open", "closed"}),
    sentiments=frozenset({"negative", "none"}),
    tags=Tags(any=frozenset({7, 3}), none=frozenset({9})),
    message_tags=Tags(all=frozenset({4, 5})),
    contact_tags=Tags(untagged=True),
    company_tags=Tags(any=frozenset({8})),
    customers=frozenset({5, None}),
    tiers=frozenset({"Enterprise", "Büro & Co"}),
    people=frozenset({6}),
    roles=frozenset({"lead"}),
    engagements=frozenset({"low", "high"}),
    champions=frozenset({"yes"}),
    rhythms=frozenset({"left", "quiet"}),
    silent=Period("last", "month"),
    assignees=frozenset({None}),
    requests=frozenset({2}),
    updated=Latest(30, "day"),
    opened=Between(date(2026, 1, 1), None),
)
OLD = "q=late+%26+loud&state=open&state=closed&tag=3&tag=7&customer=5&person=6"

ids = some.frozensets(some.integers(0, kinds.LARGEST_ID), max_size=5)
ids_or_nobody = some.frozensets(some.none() | some.integers(0, kinds.LARGEST_ID), max_size=5)
tags = some.builds(Tags, any=ids, all=ids, none=ids, untagged=some.booleans())
words = some.text(some.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
spans = some.none() | some.one_of(
    some.builds(Latest, some.integers(1, 300), some.sampled_from(["hour", "day", "week", "month"])),
    some.builds(Period, some.sampled_from(["this", "last"]), some.sampled_from(["day", "week", "quarter", "year"])),
    some.builds(LastMonthNamed, some.integers(1, 12)),
    some.dates(date(1970, 1, 1), date(2200, 12, 31)).map(lambda day: Between(day, None)),
    some.dates(date(1970, 1, 1), date(2200, 12, 31)).map(lambda day: Between(None, day)),
)
filters = some.builds(
    FilterSet,
    text=words | some.just(""),
    states=some.frozensets(some.sampled_from(STATES)),
    sentiments=some.frozensets(some.sampled_from(SENTIMENTS)),
    tags=tags,
    message_tags=tags,
    contact_tags=tags,
    company_tags=tags,
    customers=ids_or_nobody,
    tiers=some.frozensets(words, max_size=3),
    people=ids,
    roles=some.frozensets(some.sampled_from(ROLES)),
    engagements=some.frozensets(some.sampled_from(LEVELS)),
    champions=some.frozensets(some.sampled_from(CHAMPION)),
    rhythms=some.frozensets(some.sampled_from(RHYTHMS)),
    silent=spans,
    assignees=ids_or_nobody,
    requests=ids,
    updated=spans,
    opened=spans,
)


def test_an_address_says_the_filter_in_one_order():
    assert FULL.query == (
        "q=late+%26+loud&state=open&state=closed&sentiment=negative&sentiment=none&tag=3&tag=7&tag-none=9"
        "&message-tag-all=4&message-tag-all=5&no-contact-tag=yes&company-tag=8&customer=none&customer=5"
        "&tier=B%C3%BCro+%26+Co&tier=Enterprise&person=6&role=lead&engagement=high&engagement=low"
        "&champion=yes&rhythm=quiet&rhythm=left&silent=last-month&assignee=none&request=2"
        "&updated=last-30-days&opened=2026-01-01.."
    )


def test_addresses_from_before_there_were_more_parts_mean_the_same():
    old = FilterSet.from_query(QueryDict(OLD))
    assert old == FilterSet(
        text="late & loud",
        states=frozenset({"open", "closed"}),
        tags=Tags(any=frozenset({3, 7})),
        customers=frozenset({5}),
        people=frozenset({6}),
    )
    assert old.query == OLD


@given(shown=filters)
def test_no_filter_is_lost_in_an_address_or_in_json(shown: FilterSet):
    assert FilterSet.asked(QueryDict(shown.query)) == (shown, [])
    assert FilterSet.proposed(json.loads(json.dumps(shown.as_json()))) == (shown, [])


def test_json_names_every_field():
    assert FULL.as_json() == {
        "text": "late & loud",
        "states": ["open", "closed"],
        "sentiments": ["negative", "none"],
        "tags": {"any": [3, 7], "all": [], "none": [9], "untagged": False},
        "message_tags": {"any": [], "all": [4, 5], "none": [], "untagged": False},
        "contact_tags": {"any": [], "all": [], "none": [], "untagged": True},
        "company_tags": {"any": [8], "all": [], "none": [], "untagged": False},
        "customers": [None, 5],
        "tiers": ["Büro & Co", "Enterprise"],
        "people": [6],
        "roles": ["lead"],
        "engagements": ["high", "low"],
        "champions": ["yes"],
        "rhythms": ["quiet", "left"],
        "silent": "last-month",
        "assignees": [None],
        "requests": [2],
        "updated": "last-30-days",
        "opened": "2026-01-01..",
    }
    assert FilterSet.from_json({}) == FilterSet()


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("state=nonsense", "State “nonsense”"),
        ("sentiment=furious", "Sentiment “furious”"),
        ("tag=x", "Tag “x”"), ("tag=-1", "Tag “-1”"), (f"tag={2**63}", f"Tag “{2**63}”"), ("tag=٣", "Tag “٣”"),
        ("tag=none", "Tag “none”"), ("no-tag=1", "Tag “1”"),
        ("customer=1e3", "Customer “1e3”"), ("person=0x1", "Person “0x1”"), ("person=none", "Person “none”"),
        ("role=king", "Role “king”"),
        ("engagement=huge", "Engagement “huge”"),
        ("champion=maybe", "Champion “maybe”"),
        ("rhythm=waltz", "Rhythm “waltz”"),
        ("silent=next-week", "Quiet or left since “next-week”"),
        ("updated=next-week", "Updated “next-week”"),
        ("updated=2026-02-30..", "Updated “2026-02-30..”"),
        ("updated=2026-03-01..2026-02-01", "Updated “2026-03-01..2026-02-01”"),
        ("opened=last-99999-days", "Opened “last-99999-days”"),
        ("tier=" + "x" * 61, "Tier “" + "x" * 59 + "…”"),
        ("unknown=1", "“unknown”"),
        ("state=%07%1B[2J", "State “��[2J”"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_passed_over_and_named(query: str, ignored: str):
    shown, named = FilterSet.asked(QueryDict(query))
    assert shown.is_empty
    assert [str(one) for one in named] == [ignored]


@pytest.mark.parametrize(
    "query", ["", "state=", "tag=", "q=", "q=+++", "q=%00", "updated=", "updated-from=&updated-to="]
)
def test_what_is_blank_is_open_and_not_worth_a_word(query: str):
    assert FilterSet.asked(QueryDict(query)) == (FilterSet(), [])


def test_names_that_mean_something_else_in_an_address_are_no_mistake():
    assert FilterSet.asked(QueryDict("after=x&state=open"), beside={"after"}).ignored == []


@pytest.mark.parametrize(
    "proposed",
    [
        {"tags": [3]}, {"tags": {"any": ["x"]}}, {"tags": {"some": [3]}}, {"customers": [True]}, {"customers": True},
        {"people": [None]}, {"people": [1.5]}, {"states": ["OPEN"]}, {"updated": {"last": 30}}, {"updated": 30},
        {"owner": 3}, {"roles": [["lead"]]},
    ],
)  # fmt: skip
def test_json_of_another_shape_is_passed_over_and_named(proposed: dict[str, object]):
    shown, ignored = FilterSet.proposed(proposed)
    assert shown.is_empty
    assert len(ignored) == 1


def test_long_and_many_values_are_cut_and_the_rest_is_counted():
    query = QueryDict("q=" + "x" * 10_000 + "".join(f"&tag={one}" for one in range(500)))
    shown, ignored = FilterSet.asked(query)
    assert (len(shown.text), len(shown.tags.any)) == (500, 100)
    assert [str(one) for one in ignored] == ["Tag “400 more”"]


def test_no_more_than_ten_mistakes_are_named():
    assert len(FilterSet.asked(QueryDict("".join(f"&a{one}=1" for one in range(500)))).ignored) == 10


@pytest.mark.parametrize(
    ("sent", "query"),
    [
        ("tag-as=all&tag=3&tag=7", "tag-all=3&tag-all=7"),
        ("tag-as=none&tag=3&tag-none=9", "tag-none=3&tag-none=9"),
        ("tag-as=any&tag=3", "tag=3"),
        ("contact-tag-as=untagged&contact-tag=3", "no-contact-tag=yes"),
        ("updated-from=2026-01-01&updated-to=", "updated=2026-01-01.."),
        ("updated=last-30-days&updated-from=2026-01-01&updated-to=2026-01-31", "updated=2026-01-01..2026-01-31"),
        ("opened=last-30-days&opened-from=&opened-to=", "opened=last-30-days"),
    ],
)
def test_a_form_without_script_says_the_same_as_an_address(sent: str, query: str):
    shown, ignored = FilterSet.asked(QueryDict(sent))
    assert (shown.query, ignored) == (query, [])


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_a_part_is_left_out_alone(part: str):
    full = FULL if FULL.of(part) else FULL.given(part, frozenset({1}) if "untagged" not in part else True)
    rest = full.without(part)
    assert part not in rest.parts
    assert [one for one in full.parts if one not in rest.parts] == [part]
