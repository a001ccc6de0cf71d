from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.intercom import queries
from integrations.providers import Range

NEWER = {"field": "updated_at", "operator": ">", "value": 99}
OLDER = {"field": "updated_at", "operator": "<", "value": 201}
OPEN = {
    "operator": "OR",
    "value": [
        {"field": "state", "operator": "IN", "value": ["open", "snoozed"]},
        {"field": "open", "operator": "=", "value": True},
    ],
}


@pytest.mark.parametrize(
    ("within", "query"),
    [
        (Range(field="updated_at", lo=100, hi=200), {"operator": "AND", "value": [NEWER, OLDER]}),
        (Range(field="updated_at", lo=100, hi=None), NEWER),
        (Range(field="updated_at", lo=None, hi=200), OLDER),
        (Range(field="updated_at", lo=None, hi=None), NEWER | {"value": 0}),
        (Range(field="updated_at", lo=0, hi=None), NEWER | {"value": 0}),
        (Range(field="updated_at", lo=None, hi=None, only_open=True), OPEN),
        (Range(field="updated_at", lo=100, hi=200, only_open=True), {"operator": "AND", "value": [NEWER, OLDER, OPEN]}),
        (Range(field="created_at", lo=100, hi=None), NEWER | {"field": "created_at"}),
    ],
)
def test_a_range_is_asked_for_with_one_second_to_spare_on_each_side(within: Range, query: dict[str, Any]):
    assert queries.conversations_in(within) == query


ZONES = [
    "America/Los_Angeles",
    "Asia/Tokyo",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Europe/Berlin",
    "",
    "No/Zone",
    "../x",
]


@given(
    st.integers(min_value=10**9, max_value=2 * 10**9),
    st.sampled_from(ZONES),
    st.sampled_from(["America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]),
)
def test_contacts_changed_since_are_all_found_by_whole_days_of_any_zone_and_by_seconds(
    since: int, told: str, actual: str
):
    value = queries.contacts_since(since, time_zone=told)["value"]
    # Up to 2.16: the value becomes a day of the workspace's zone, and `>` starts with the next midnight.
    day = datetime.fromtimestamp(value, ZoneInfo(actual)).date() + timedelta(days=1)
    starts = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(actual)).timestamp()
    assert starts <= since
    assert value < since
    assert since - value <= 4 * 86400


def test_a_contact_search_starts_at_a_midnight_of_the_workspace():
    since = int(datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp())
    query = queries.contacts_since(since, time_zone="Europe/Berlin")
    expected = int(datetime(2026, 3, 8, tzinfo=ZoneInfo("Europe/Berlin")).timestamp())
    assert query == {"field": "updated_at", "operator": ">", "value": expected}


def test_the_beginning_of_time_is_not_asked_for_with_a_negative_number():
    assert queries.contacts_since(0, time_zone="UTC")["value"] == 0
