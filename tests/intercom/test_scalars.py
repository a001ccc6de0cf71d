from typing import Any

import pytest

from integrations.intercom import scalars

NOW = 1_700_000_000


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("123", "123"),
        (123, "123"),
        (12345678901234567890, "12345678901234567890"),
        (123.0, "123"),
        ("6762f0d01bb69f9f2193bb7d", "6762f0d01bb69f9f2193bb7d"),
        ("a_b-C", "a_b-C"),
        ("", ""),
        (" ", ""),
        ("../../me", ""),
        ("a/b", ""),
        ("1\n", ""),
        ("x" * 64, "x" * 64),
        ("x" * 65, ""),
        (None, ""),
        (True, ""),
        (-1, ""),
        (1.5, ""),
        (10**64, ""),
        ({"$ne": 1}, ""),
        ([1], ""),
    ],
)
def test_an_id_is_text_whatever_it_was_and_nothing_when_it_could_not_be_asked_for(sent: Any, kept: str):
    assert scalars.identifier(sent) == kept


@pytest.mark.parametrize(("sent", "kept"), [(7, "7"), ("7", "7"), (0, ""), ("0", ""), (None, "")])
def test_nobody_is_assigned_by_null_or_zero(sent: Any, kept: str):
    assert scalars.assignee(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (NOW, NOW),
        (float(NOW), NOW),
        (NOW + 0.9, NOW),
        (str(NOW), NOW),
        (f"{NOW}.5", NOW),
        ("1.7e9", NOW),
        (NOW * 1000, NOW),
        (str(NOW * 1000), NOW),
        (float(NOW * 1000), NOW),
        ("2023-11-14T22:13:20Z", NOW),
        ("2023-11-14T23:13:20+01:00", NOW),
        (4_070_908_800, 4_070_908_800),
        (1, 1),
        (99_999_999_999, 99_999_999_999),
        (100_000_000_000, 100_000_000),
        (0, None),
        ("0", None),
        (-5, None),
        (10**15, None),
        (10**30, None),
        ("9" * 5000, None),
        ("2023-11-14T22:13:20", None),
        ("1900-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("soon", None),
        ("1_000", None),
        ("", None),
        (None, None),
        (True, None),
        (float("inf"), None),
        (float("nan"), None),
        ([NOW], None),
        ({"at": NOW}, None),
    ],
)
def test_a_time_is_seconds_whatever_it_was(sent: Any, kept: int | None):
    assert scalars.moment(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("False", False),
        (1, True),
        ("0", False),
        (0.0, False),
        (None, None),
        ("maybe", None),
        ([], None),
    ],
)
def test_a_flag_may_come_as_text_or_number(sent: Any, kept: bool | None):
    assert scalars.flag(sent) is kept


@pytest.mark.parametrize(
    ("sent", "kept"), [("a", "a"), (5, "5"), (1.5, "1.5"), (None, ""), (True, ""), ([], ""), ({}, "")]
)
def test_text_is_a_single_value(sent: Any, kept: str):
    assert scalars.text(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(3, 3), ("50", 50), (2.0, 2), (-1, None), (2**31, None), (2**31 - 1, 2**31 - 1), (None, None), ("x", None)],
)
def test_a_count_fits_a_column(sent: Any, kept: int | None):
    assert scalars.count(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"), [(99, 99.0), ("12.5", 12.5), (-3, -3.0), (1e16, None), (None, None), ("inf", None)]
)
def test_an_amount_is_a_finite_number(sent: Any, kept: float | None):
    assert scalars.amount(sent) == kept
