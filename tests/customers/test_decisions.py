"""What people decide about companies: final until it is undone, and conversations follow at once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection
from sonora.conversations import effects, following
from sonora.conversations.models import Conversation
from sonora.customers import decisions, together
from sonora.customers.decisions import Done, Outdated, Refused
from sonora.customers.models import Company, Customer, Decision, ExternalId, Match
from sonora.workspaces.scoping import scope
from tests.factories.customers import CompanyFactory, CustomerFactory
from tests.factories.integrations import NOW
from tests.factories.matching import (
    ADA,
    BEN,
    colleague,
    company,
    customer,
    decide,
    intercom,
    match,
    matched,
    rules,
    says,
    seen,
    suggested,
    talks_of,
)

pytestmark = pytest.mark.django_db


# ---- Each act ----


def test_accepting_a_suggestion_moves_its_conversations(link: Connection):
    acme, known = company(link, "Acme GmbH", talks=2), customer(link, "Acme")
    colleague(acme, "ines@acme.example", talks=3)
    matched(link)
    done = decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA, seen=seen(acme)))
    one = match(acme)
    assert (done.changed, done.moved, talks_of(known)) == (1, {acme.pk}, 5)
    assert (one.state, one.method, one.score, one.decided_by) == ("confirmed", "name", 85, ADA)
    assert Decision.objects.get().kind == "accept"


def test_another_customer_is_linked_by_hand(link: Connection):
    acme, other = company(link, "Acme", talks=1), customer(link, "Zeta")
    customer(link, "Acme")
    matched(link)
    decide(link, lambda: decisions.link(acme.pk, other.pk, by=ADA))
    one = match(acme)
    assert (says(acme), one.method, one.score, talks_of(other)) == (("confirmed", "Zeta"), "manual", None, 1)
    assert Decision.objects.get().kind == "link"


def test_an_id_that_was_confirmed_stays_by_id(link: Connection):
    acme, known = company(link, "Acme", company_id="7"), customer(link, "Zeta", csv="7")
    matched(link)
    done = decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA))
    assert (match(acme).method, done.moved) == ("external_id", set())


def test_a_rejected_customer_gives_way_to_the_next(link: Connection):
    acme, first = company(link, "Acme"), customer(link, "Acme")
    customer(link, "Acme Foods")
    matched(link)
    decide(link, lambda: decisions.reject(acme.pk, first.pk, by=ADA, seen=seen(acme)))
    assert says(acme) == ("suggested", "Acme Foods")
    matched(link)
    assert says(acme) == ("suggested", "Acme Foods")


def test_a_link_by_id_can_be_ended_and_stays_so(link: Connection):
    acme, known = company(link, "Else", company_id="7", talks=2), customer(link, "Zeta", csv="7")
    matched(link)
    assert talks_of(known) == 2
    decide(link, lambda: decisions.reject(acme.pk, known.pk, by=ADA))
    matched(link)
    assert (says(acme), talks_of(known)) == (("unmatched", None), 0)


def test_rejecting_another_customer_leaves_a_confirmed_link(link: Connection):
    acme, known, other = company(link, "Acme"), customer(link, "Acme"), customer(link, "Acme Foods")
    matched(link)
    decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA))
    decide(link, lambda: decisions.reject(acme.pk, other.pk, by=ADA))
    assert says(acme) == ("confirmed", "Acme")


def test_rejecting_one_of_two_ids_decides_for_the_other(link: Connection):
    acme, first = company(link, "Acme", company_id="7", talks=1), customer(link, "One", csv="7")
    second = customer(link, "Two", hubspot="7")
    matched(link)
    assert says(acme) == ("conflict", None)
    decide(link, lambda: decisions.reject(acme.pk, first.pk, by=ADA))
    assert (says(acme), talks_of(second)) == (("auto", "Two"), 1)


def test_an_ignored_company_gives_its_conversations_back(link: Connection):
    acme, known = company(link, "Acme", company_id="7", talks=1), customer(link, "Acme", csv="7")
    matched(link)
    decide(link, lambda: decisions.ignore(acme.pk, by=ADA, reason=" a test account "))
    matched(link)
    assert (says(acme), match(acme).reasons, talks_of(known)) == (("ignored", None), ["a test account"], 0)


def test_an_ignored_company_can_be_taken_up_again(link: Connection):
    acme = company(link, "Acme", company_id="7")
    customer(link, "Acme", csv="7")
    matched(link)
    decide(link, lambda: decisions.ignore(acme.pk, by=ADA))
    decide(link, lambda: decisions.reconsider(acme.pk, by=ADA))
    assert says(acme) == ("auto", "Acme")


def test_a_company_becomes_a_customer_of_its_name_domain_and_id(link: Connection):
    acme = company(link, "Acme GmbH", company_id=" 42 ", website="https://www.acme.example/", talks=1)
    matched(link)
    decide(link, lambda: decisions.create_customer(acme.pk, by=ADA))
    made = Customer.objects.get()
    assert (made.name, made.domain, talks_of(made)) == ("Acme GmbH", "acme.example", 1)
    assert [str(one) for one in made.external_ids.all()] == ["intercom:42"]
    assert says(acme) == ("confirmed", "Acme GmbH")


def test_an_id_that_somebody_has_is_not_given_twice(link: Connection):
    acme = company(link, "Acme", company_id="42")
    customer(link, "Zeta", csv="42")
    decide(link, lambda: matched_and_created(link, acme))
    assert not ExternalId.objects.filter(source="intercom").exists()


def matched_and_created(link: Connection, acme: Company) -> Done:
    matched(link)
    return decisions.create_customer(acme.pk, by=ADA)


def test_what_a_person_decided_no_machine_changes(link: Connection):
    acme, known = company(link, "Acme", company_id="7"), customer(link, "Zeta")
    matched(link)
    decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA))
    customer(link, "Acme", csv="7")
    rules(link, names="link")
    assert matched(link) == set()
    assert says(acme) == ("confirmed", "Zeta")


# ---- Two at once, and what is gone ----


def test_the_second_of_two_admins_hears_of_the_first(link: Connection):
    acme, known = company(link, "Acme"), customer(link, "Acme")
    matched(link)
    page = seen(acme)
    decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA, seen=page))
    with pytest.raises(Outdated, match=f"{ADA} changed this a moment ago"):
        decide(link, lambda: decisions.reject(acme.pk, known.pk, by=BEN, seen=page))
    assert says(acme) == ("confirmed", "Acme")


@pytest.mark.parametrize("act", ["link", "reject", "ignore"])
def test_the_same_decision_twice_is_one(link: Connection, act: str):
    acme, known = company(link, "Acme"), customer(link, "Acme")
    matched(link)
    page = seen(acme)
    acts = {
        "link": lambda: decisions.link(acme.pk, known.pk, by=ADA, seen=page),
        "reject": lambda: decisions.reject(acme.pk, known.pk, by=ADA, seen=page),
        "ignore": lambda: decisions.ignore(acme.pk, by=ADA, seen=page),
    }
    decide(link, acts[act])
    assert decide(link, acts[act]).decision is None
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("change", [{"name": "Acme Two"}, {"company_id": "8"}, {"website": "else.example"}])
def test_a_company_that_changed_while_it_was_looked_at_is_looked_at_again(link: Connection, change: dict[str, str]):
    acme, known = company(link, "Acme"), customer(link, "Acme")
    matched(link)
    page = seen(acme)
    Company.objects.filter(pk=acme.pk).update(**change)
    with pytest.raises(Outdated):
        decide(link, lambda: decisions.link(acme.pk, known.pk, by=ADA, seen=page))


def test_a_company_that_was_deleted_meanwhile_is_refused(link: Connection):
    acme, known = company(link, "Acme"), customer(link, "Acme")
    matched(link)
    Company.objects.filter(pk=acme.pk).update(deleted_at=NOW)
    for act in (
        lambda: decisions.link(acme.pk, known.pk, by=ADA),
        lambda: decisions.ignore(acme.pk, by=ADA),
        lambda: decisions.create_customer(acme.pk, by=ADA),
    ):
        with pytest.raises(Refused, match="deleted in Intercom"):
            decide(link, act)


def test_a_customer_that_was_deleted_meanwhile_is_refused(link: Connection):
    acme, known = company(link, "Acme"), customer(link, "Acme")
    matched(link)
    gone = known.pk
    known.delete()
    for act in (lambda: decisions.link(acme.pk, gone, by=ADA), lambda: decisions.reject(acme.pk, gone, by=ADA)):
        with pytest.raises(Refused, match="customer was deleted"):
            decide(link, act)


def test_a_customer_of_another_workspace_is_not_there(link: Connection):
    acme = company(link, "Acme")
    matched(link)
    with intercom() as other:
        stranger, theirs = customer(other, "Acme"), company(other, "Acme")
        matched(other)
    with scope(workspace=link.workspace):
        with pytest.raises(Refused):
            decide(link, lambda: decisions.link(acme.pk, stranger.pk, by=ADA))
        with pytest.raises(Refused):
            decide(link, lambda: decisions.ignore(theirs.pk, by=ADA))


@pytest.mark.django_db(transaction=True)
def test_two_admins_at_the_same_instant_leave_one_decision():
    with intercom() as link:
        acme, known = company(link, "Acme"), customer(link, "Acme")
        matched(link)
        page, workspace = seen(acme), link.workspace_id
        pk, customer_pk = acme.pk, known.pk
    start, heard = threading.Barrier(2), []

    def act(what: Callable[[], Done]) -> None:
        start.wait()
        try:
            heard.append(following.follow(workspace, what).changed)
        except Outdated:
            heard.append("outdated")
        finally:
            connections.close_all()

    acts = (
        lambda: decisions.link(pk, customer_pk, by=ADA, seen=page),
        lambda: decisions.reject(pk, customer_pk, by=BEN, seen=page),
    )
    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, heard)) == ["1", "outdated"]
    with scope(workspace=workspace):
        assert Decision.objects.count() == 1


# ---- Many at once ----


def test_many_are_linked_together_and_what_does_not_fit_is_told(link: Connection):
    several = suggested(link, 6, talks=2)
    chosen = {one.pk: seen(one) for one in several}
    decide(link, lambda: decisions.ignore(several[0].pk, by=BEN))
    Company.objects.filter(pk=several[1].pk).update(deleted_at=NOW)
    Match.objects.filter(company=several[2]).update(score=70)
    Match.objects.filter(company=several[3]).update(state="conflict")
    chosen[several[2].pk] = seen(several[2])
    done = decide(link, lambda: together.link_suggested(chosen, by=ADA, least=85))
    assert done.changed == 2
    assert {one.company: one.why for one in done.skipped} == {
        several[0].pk: f"{BEN} changed it since.",
        several[1].pk: "It was deleted in Intercom.",
        several[2].pk: "Its score is below 85.",
        several[3].pk: "Two customers are equally likely.",
    }
    assert Conversation.objects.exclude(customer=None).count() == 4


def test_what_was_previewed_is_what_is_done(link: Connection):
    several = suggested(link, 4, talks=3)
    for number, one in enumerate(several):
        colleague(one, f"ines{number}@firm.example", talks=1)
    promised = effects.total([one.pk for one in several])
    decide(link, lambda: together.link_suggested({one.pk: seen(one) for one in several}, by=ADA))
    assert (promised.conversations, promised.people) == (16, 4)
    assert Conversation.objects.exclude(customer=None).count() == 16


def test_many_suggestions_are_rejected_together_and_none_comes_back(link: Connection):
    several = suggested(link, 5, talks=1)
    chosen = {one.pk: seen(one) for one in several[:4]}
    decide(link, lambda: decisions.ignore(several[0].pk, by=BEN))
    done = decide(link, lambda: together.reject_suggested(chosen, by=ADA))
    assert (done.changed, [one.why for one in done.skipped]) == (3, [f"{BEN} changed it since."])
    matched(link)
    assert [says(one)[0] for one in several] == ["ignored", *["unmatched"] * 3, "suggested"]
    assert Decision.objects.filter(kind="bulk_none", by=ADA).count() == 1


def test_nothing_that_fits_is_no_decision(link: Connection):
    acme = company(link, "Acme")
    matched(link)
    done = decide(link, lambda: together.link_suggested({acme.pk: seen(acme)}, by=ADA))
    assert (done.decision, done.skipped[0].why) == (None, "No customer is suggested.")


def test_a_hundred_at_once_take_as_many_queries_as_ten(link: Connection):
    counts = []
    for size in (10, 100):
        companies = CompanyFactory.create_batch(size, connection=link)
        for one in companies:
            known = CustomerFactory(workspace=link.workspace)
            Match.objects.create(
                workspace=link.workspace, company=one, customer=known, state="suggested", score=90, decided_at=NOW
            )
        chosen = {one.pk: "" for one in companies}
        with CaptureQueriesContext(connection) as queries:
            decide(link, lambda chosen=chosen: together.link_suggested(chosen, by=ADA))
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 8
