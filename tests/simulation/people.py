"""The contacts and companies of the simulated workspace: they change, leave, merge and close down."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from integrations.records import CompanyRecord, ContactRecord


@dataclass
class People:
    random: Random
    number: Callable[[], str]  # a new id
    contacts: dict[str, ContactRecord] = field(default_factory=dict)
    companies: dict[str, CompanyRecord] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)  # contact → the one it lives on as
    left: set[str] = field(default_factory=set)

    def begin(self, now: int) -> None:
        """Some companies and some who work for them."""
        for _ in range(self.random.randrange(1, 8)):
            self._found(now - 86_400)
        for _ in range(self.random.randrange(2, 8)):
            self._come(now - 86_400)

    def happen(self, what: str, now: int) -> None:
        """One of person, company, merge, leave, close down."""
        match what:
            case "person":
                self._come(now) if self.random.random() < 0.3 else self._change(now)
            case "company":
                self._found(now)
            case "merge":
                self._merge()
            case "leave":
                self._leave()
            case "close down":
                self._close_down()

    def somebody(self) -> tuple[tuple[str, ...], str]:
        """A contact to write, if there is one, and the company that they write for, or ""."""
        if not self.contacts:
            return (), ""
        contact = self.contacts[self.random.choice(sorted(self.contacts))]
        return (contact.external_id,), contact.companies[0] if contact.companies else ""

    def _come(self, now: int) -> None:
        one = self.number()
        employers = self.random.sample(sorted(self.companies), min(1, len(self.companies)))
        self.contacts[one] = ContactRecord(
            external_id=one,
            name=f"Person {one}",
            email=f"p{one}@people.example",
            companies=tuple(employers),
            created_at=now,
            updated_at=now,
        )

    def _change(self, now: int) -> None:
        if self.contacts:
            one = self.random.choice(sorted(self.contacts))
            name = f"Person {one}, {self.number()}"
            self.contacts[one] = replace(self.contacts[one], name=name, updated_at=now)

    def _merge(self) -> None:
        if len(self.contacts) > 1:
            gone, survivor = self.random.sample(sorted(self.contacts), 2)
            del self.contacts[gone]
            self.merged[gone] = survivor

    def _leave(self) -> None:
        if self.contacts:
            one = self.random.choice(sorted(self.contacts))
            del self.contacts[one]
            self.left.add(one)

    def _found(self, now: int) -> None:
        one = self.number()
        self.companies[one] = CompanyRecord(
            external_id=one, company_id=f"c-{one}", name=f"Company {one}", created_at=now, updated_at=now
        )

    def _close_down(self) -> None:
        if self.companies:
            one = self.random.choice(sorted(self.companies))
            del self.companies[one]
            for name, contact in self.contacts.items():
                rest = tuple(company for company in contact.companies if company != one)
                self.contacts[name] = replace(contact, companies=rest)
