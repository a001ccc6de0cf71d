"""Match health: how companies stand, and the conversations that name them."""

from collections.abc import Iterator

import pytest

from integrations import matched
from integrations.models import Connection
from sonora.customers.models import Company, Match
from tests.factories.integrations import NOW
from tests.factories.matching import company, intercom


@pytest.fixture
def link(db: None) -> Iterator[Connection]:
    with intercom() as found:
        yield found


def stand(link: Connection, state: str, *, talks: int = 0, method: str = "") -> None:
    one = company(link, f"Firm {state}", talks=talks)
    Match.objects.update_or_create(
        company=one,
        defaults={"workspace": link.workspace, "state": state, "method": method, "decided_at": NOW},
    )


def test_each_state_has_its_companies_and_its_conversations(link: Connection) -> None:
    stand(link, "auto", talks=3, method="external_id")
    stand(link, "auto", talks=1, method="name")
    stand(link, "confirmed", method="manual")
    stand(link, "suggested", talks=2)
    stand(link, "conflict", talks=4)
    stand(link, "unmatched", talks=5)
    stand(link, "ignored")
    found = matched.of(link.pk)
    assert found.companies_words == ("7 companies: 2 automatic, 1 confirmed, 2 to review, 1 unmatched, 1 ignored.")
    assert found.conversations_words == ("15 conversations with a company: 4 automatic, 6 to review, 5 unmatched.")
    assert (found.linked, found.health.by_id, found.health.suggested) == (3, 1, 1)


def test_without_companies_there_is_nothing_yet(link: Connection) -> None:
    assert matched.of(link.pk).companies_words == "0 companies: none yet."


def test_a_company_that_is_gone_counts_for_nothing(link: Connection) -> None:
    stand(link, "unmatched", talks=2)
    Company.objects.update(deleted_at=NOW)
    assert matched.of(link.pk).companies_words == "0 companies: none yet."
