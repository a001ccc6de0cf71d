"""Payload → record: contacts, companies and the small ones."""

import json
from typing import Any

import pytest

from integrations.errors import UnreadableObject
from integrations.intercom import mapper, payloads, reading
from integrations.records import (
    AppIdentity,
    CompanyRecord,
    ContactRecord,
    ConversationSeen,
    Deletion,
    TagRecord,
    TeammateRecord,
    TeamRecord,
)
from tests.intercom.mapped import company, contact, conversation
from tests.payloads import load


def test_a_contact_is_understood_whole():
    assert contact() == ContactRecord(
        external_id="65a1",
        role="user",
        name="Ines Duarte",
        email="ines@larch.example",
        phone="+351 555 010",
        user_id="u-1",
        app_id="wsp1",
        url="https://app.eu.intercom.com/a/apps/wsp1/users/65a1/all-conversations",
        companies=("66a000000000000000000001",),
        companies_complete=False,
        tags=(TagRecord(external_id="72"),),
        tags_complete=True,
        last_seen_at=1789000000,
        created_at=1780000000,
        updated_at=1790000000,
    )


@pytest.mark.parametrize(
    ("companies", "whole"),
    [
        ({"data": [], "total_count": 0, "has_more": False}, True),
        ({"data": [{"id": "1"}], "total_count": 1, "has_more": False}, True),
        ({"data": [{"id": "1"}], "total_count": 2, "has_more": False}, False),
        ({"data": [{"id": "1"}], "total_count": 1, "has_more": "true"}, False),
        ({"data": [{"id": "1"}]}, True),
        ({"data": None, "total_count": 3}, False),
        ([{"id": "1"}], True),
        (None, True),
    ],
)
def test_a_list_in_a_contact_says_whether_it_is_whole(companies: Any, whole: bool):
    assert contact(companies=companies).companies_complete is whole
    assert contact(tags=companies).tags_complete is whole


@pytest.mark.parametrize(
    ("attributes", "title"),
    [
        ({"Job title": " Head of  IT "}, "Head of IT"),
        ({"title": "Clerk", "job_title": "Director"}, "Director"),
        ({"job_title": None, "Position": "Clerk"}, "Clerk"),
        ({"job_title": {"a": 1}, "seats": 3}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_a_job_title_is_what_the_workspace_calls_so(attributes: Any, title: str):
    assert contact(custom_attributes=attributes).job_title == title


def test_mail_that_came_back_for_good_is_known():
    assert contact(has_hard_bounced=True).has_bounced
    assert not contact(has_hard_bounced=None).has_bounced


@pytest.mark.parametrize("odd", [None, True, 5, "x", [], [1, None], {}, {"a": {"b": []}}, 1e300, -1])
@pytest.mark.parametrize("key", [key for key in load("contact") if key != "id"])
def test_no_odd_value_costs_the_contact(key: str, odd: Any):
    assert contact(**{key: odd}).external_id == "65a1"


def test_a_company_is_understood_whole():
    assert company() == CompanyRecord(
        external_id="66a000000000000000000001",
        company_id="crm-7",
        name="Larch & Sons",
        website="https://larch.example",
        industry="Timber",
        plan="Pro",
        size=40,
        user_count=3,
        monthly_spend=199.5,
        url="https://app.eu.intercom.com/a/apps/wsp1/companies/66a000000000000000000001/users",
        app_id="wsp1",
        tags=(TagRecord(external_id="72", name="vip"),),
        created_at=1770000000,
        updated_at=1790000000,
    )


@pytest.mark.parametrize("odd", [None, True, 5, "x", [], [1, None], {}, {"a": {"b": []}}, 1e300, -1])
@pytest.mark.parametrize("key", [key for key in load("company") if key != "id"])
def test_no_odd_value_costs_the_company(key: str, odd: Any):
    assert company(**{key: odd}).external_id == "66a000000000000000000001"


def test_small_objects_are_understood():
    assert mapper.teammate(payloads.Admin(id=5, name="Sam", email="s@x.example", job_title=None)) == TeammateRecord(
        external_id="5", name="Sam", email="s@x.example"
    )
    assert mapper.team(payloads.Team(id="6", name="Support")) == TeamRecord(external_id="6", name="Support")
    assert mapper.tag(payloads.Tag(id=7, name="vip", applied_at=5)) == TagRecord(
        external_id="7", name="vip", applied_at=5
    )
    assert mapper.seen(payloads.SeenConversation(id=8, updated_at="9", created_at=None)) == ConversationSeen(
        external_id="8", updated_at=9
    )
    assert mapper.deletion(payloads.DeletedConversation(id=8, deleted_at=9)) == Deletion(external_id="8", deleted_at=9)


@pytest.mark.parametrize("odd", [None, "", "a/b", "x" * 65, {}, True])
def test_an_object_without_a_usable_id_is_unreadable_and_keeps_its_bytes(odd: Any):
    for unreadable in (
        lambda: conversation(id=odd),
        lambda: contact(id=odd),
        lambda: company(id=odd),
        lambda: mapper.tag(payloads.Tag(id=odd)),
    ):
        with pytest.raises(UnreadableObject) as caught:
            unreadable()
        assert caught.value.raw


def test_a_deletion_without_a_time_is_unreadable():
    with pytest.raises(UnreadableObject) as caught:
        mapper.deletion(payloads.DeletedConversation(id=8))
    assert caught.value.external_id == "8"


@pytest.mark.parametrize(
    ("me", "found"),
    [
        (
            load("me"),
            AppIdentity(
                app_id="wsp1",
                app_name="Northwind",
                region="eu",
                time_zone="Europe/Lisbon",
                person_name="Sam Lee",
                person_email="sam@northwind.example",
            ),
        ),
        ({"name": "Sam", "app": None}, AppIdentity(person_name="Sam")),
        ({"app": {"id_code": "w", "region": "Mars"}}, AppIdentity(app_id="w")),
        ({}, AppIdentity()),
    ],
)
def test_an_identity_holds_what_was_told(me: Any, found: AppIdentity):
    assert mapper.identity(reading.single(json.dumps(me).encode(), payloads.Me)) == found
