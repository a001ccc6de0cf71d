"""What was decided is taken back, and all is as it was."""

import pytest

from integrations.models import Connection
from sonora.customers import choosing, decisions, matches, together
from sonora.customers.decisions import Refused
from sonora.customers.models import Change, Customer, ExternalId, Match
from tests.factories.matching import (
    ADA,
    BEN,
    colleague,
    company,
    customer,
    decide,
    everything,
    intercom,
    match,
    matched,
    says,
    suggested,
    undo,
)

pytestmark = pytest.mark.django_db


ACTS = {
    "accept": lambda acme, known, other: decisions.link(acme.pk, known.pk, by=ADA),
    "link": lambda acme, known, other: decisions.link(acme.pk, other.pk, by=ADA),
    "reject": lambda acme, known, other: decisions.reject(acme.pk, known.pk, by=ADA),
    "ignore": lambda acme, known, other: decisions.ignore(acme.pk, by=ADA),
    "create": lambda acme, known, other: decisions.create_customer(acme.pk, by=ADA),
    "bulk": lambda acme, known, other: together.link_suggested({acme.pk: ""}, by=ADA),
    "none of these": lambda acme, known, other: together.reject_suggested({acme.pk: ""}, by=ADA),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("company_id", ["", "7"], ids=["suggested", "by id"])
def test_undo_restores_exactly(link: Connection, act: str, company_id: str):
    acme, known, other = company(link, "Acme", company_id=company_id, talks=2), *pair(link)
    colleague(acme, "ines@acme.example", talks=1)
    matched(link)
    before = everything()
    done = decide(link, lambda: ACTS[act](acme, known, other))
    if done.decision is None:
        return  # a link by ID is no suggestion to accept with others
    assert everything() != before
    back = undo(link, done)
    assert (back.changed, back.skipped) == (1, [])
    assert everything() == before


def pair(link: Connection) -> tuple[Customer, Customer]:
    return customer(link, "Acme", csv="7"), customer(link, "Zeta")


def test_undo_goes_back_to_what_a_person_had_decided(link: Connection):
    acme, known, other = company(link, "Acme", talks=1), *pair(link)
    matched(link)
    decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA))
    before = everything()
    undo(link, decide(link, lambda: decisions.link(acme.pk, other.pk, by=BEN)))
    assert everything() == before


def test_undo_leaves_what_somebody_decided_since(link: Connection):
    several = suggested(link, 3)
    done = decide(link, lambda: together.link_suggested({one.pk: "" for one in several}, by=ADA))
    decide(link, lambda: decisions.ignore(several[0].pk, by=BEN))
    back = undo(link, done)
    assert back.changed == 2
    assert [(one.company, one.why) for one in back.skipped] == [(several[0].pk, f"{BEN} decided about it since.")]
    assert says(several[0]) == ("ignored", None)


def test_a_later_decision_that_was_undone_is_not_in_the_way(link: Connection):
    (acme,) = suggested(link, 1)
    before = everything()
    first = decide(link, lambda: decisions.ignore(acme.pk, by=ADA))
    second = decide(link, lambda: decisions.reconsider(acme.pk, by=ADA))
    undo(link, second)
    undo(link, first)
    assert everything() == before


def test_undo_to_a_customer_that_is_deleted_is_told(link: Connection):
    acme, known, other = company(link, "Acme"), *pair(link)
    matched(link)
    decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA))
    done = decide(link, lambda: decisions.link(acme.pk, other.pk, by=ADA))
    known.delete()
    back = undo(link, done)
    assert (back.changed, back.skipped[0].why) == (0, "The customer that it was is deleted.")
    assert says(acme) == ("confirmed", "Zeta")


def test_undo_finds_what_is_known_by_now(link: Connection):
    acme, _, _ = company(link, "Else", company_id="9"), *pair(link)
    matched(link)
    done = decide(link, lambda: decisions.ignore(acme.pk, by=ADA))
    customer(link, "Nine", csv="9")
    undo(link, done)
    assert says(acme) == ("auto", "Nine")


def test_undo_with_an_id_that_is_gone_keeps_the_link(link: Connection):
    acme, known, _ = company(link, "Acme", company_id="7"), *pair(link)
    matched(link)
    decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA))
    done = decide(link, lambda: decisions.ignore(acme.pk, by=ADA))
    ExternalId.objects.all().delete()
    undo(link, done)
    assert (says(acme), match(acme).external_id) == (("confirmed", "Acme"), None)


def test_a_created_customer_that_others_use_stays(link: Connection):
    acme, other = company(link, "Acme"), company(link, "Else")
    matched(link)
    done = decide(link, lambda: decisions.create_customer(acme.pk, by=ADA))
    made = Customer.objects.get()
    decide(link, lambda: decisions.link(other.pk, made.pk, by=BEN))
    undo(link, done)
    assert says(other) == ("confirmed", "Acme")


def test_the_names_of_many_are_left_to_the_next_sync(link: Connection, monkeypatch: pytest.MonkeyPatch):
    several = suggested(link, 3)
    before = everything()
    done = decide(link, lambda: together.reject_suggested({one.pk: "" for one in several}, by=ADA))
    assert not done.names_later
    monkeypatch.setattr(matches, "AT_ONCE", 2)
    back = undo(link, done)
    assert back.names_later
    assert [says(one)[0] for one in several] == ["suggested"] * 3
    assert Match.objects.filter(names_due=True).count() == 3
    matched(link)
    assert everything() == before


def test_undoing_twice_does_nothing_more(link: Connection):
    (acme,) = suggested(link, 1)
    done = decide(link, lambda: decisions.ignore(acme.pk, by=ADA))
    undo(link, done)
    assert undo(link, done).decision is None


def test_a_decision_of_another_workspace_cannot_be_undone(link: Connection):
    (acme,) = suggested(link, 1)
    done = decide(link, lambda: decisions.ignore(acme.pk, by=ADA))
    with intercom() as other, pytest.raises(Refused):
        undo(other, done)


def test_the_history_lists_the_newest_first_and_what_was_undone(link: Connection):
    several = suggested(link, 3)
    done = decide(link, lambda: together.link_suggested({one.pk: "" for one in several}, by=ADA))
    decide(link, lambda: decisions.ignore(several[0].pk, by=BEN))
    undo(link, done)
    rows = choosing.history().rows
    assert [(row.kind, row.by, row.companies, row.undone_by) for row in rows] == [
        ("ignore", BEN, 1, ""),
        ("bulk", ADA, 3, BEN),
    ]
    assert Change.objects.count() == 4
