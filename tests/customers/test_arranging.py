"""Customers that change after they were arranged: what is found is what arranging all of them anew would find."""

import random
from dataclasses import replace

import pytest

from sonora.customers.matching.index import Customers, KnownCustomer
from sonora.customers.matching.names import Rules, Subject, by_name
from sonora.customers.matching.normal import name

FIRST = ("Acme", "Alder", "Bexley", "Halden", "Nordwind", "Quorra", "St. Mary's", "Tessera", "Zürcher", "IBM")
LAST = ("Foods", "Freight", "Holding GmbH", "Inc.", "Logistik AG", "Motors", "Robotics Ltd", "(formerly Oskar)", "")
WRITTEN = [f"{first} {last}".strip() for first in FIRST for last in LAST]
MISSPELLED = ["Acmee Foods", "Aldr Freight", "Haldn", "Tesera Motors", "Bexly", "International Business Machines"]


def invented(rng: random.Random, pk: int) -> KnownCustomer:
    name = rng.choice(WRITTEN)
    domain = rng.choice(["", "", f"{name.split()[0].strip('.').lower()}.example", "shared.example"])
    return KnownCustomer(pk=pk, name=name, domain=domain)


def found(known: Customers) -> list[object]:
    subjects = [Subject(name=name) for name in (*WRITTEN, *MISSPELLED)]
    subjects += [Subject(name="Someone", website="shared.example"), Subject(name="", people={"acme.example": 2})]
    return [by_name(subject, known, rules=Rules(mode="link")) for subject in subjects]


@pytest.mark.parametrize("seed", range(6))
def test_what_changed_is_found_as_if_all_were_arranged_anew(seed: int):
    rng = random.Random(seed)
    rows = {pk: invented(rng, pk) for pk in range(60)}
    known = Customers(rows.values())
    for turn in range(4):
        gone = rng.sample(sorted(rows), 5)
        renamed = [replace(invented(rng, pk), name=rng.choice(WRITTEN)) for pk in gone[:3]]
        new = [*renamed, *(invented(rng, 100 * (turn + 1) + number) for number in range(3))]
        rows = {pk: one for pk, one in rows.items() if pk not in gone} | {one.pk: one for one in new}
        known = known.but(without=gone, added=new)
        assert found(known) == found(Customers(rows[pk] for pk in sorted(rows)))


def test_what_was_arranged_before_stays_as_it_was():
    rows = [KnownCustomer(pk=1, name="Acme Foods"), KnownCustomer(pk=2, name="Acme Motors")]
    known = Customers(rows)
    before = found(known)
    known.but(without=[1], added=[KnownCustomer(pk=1, name="Tessera"), KnownCustomer(pk=3, name="Acme Robotics")])
    assert found(known) == before
    assert (len(known), known.named(1)) == (2, "Acme Foods")


def test_a_word_that_nobody_has_any_more_is_not_found_by_its_misspelling():
    known = Customers([KnownCustomer(pk=1, name="Tessera"), KnownCustomer(pk=2, name="Halden")])
    assert by_name(Subject(name="Tesera"), known, rules=Rules()).best is not None
    without = known.but(without=[1], added=[])
    assert by_name(Subject(name="Tesera"), without, rules=Rules()).best is None
    again = without.but(without=[], added=[KnownCustomer(pk=9, name="Tessera")])
    best = by_name(Subject(name="Tesera"), again, rules=Rules()).best
    assert best is not None
    assert best.customer == 9


def test_of_very_many_with_one_word_the_same_ones_are_looked_at_as_if_all_were_arranged_anew():
    endings = [f"{first}{second}ovik" for first in "abcdefghijkl" for second in "abcdefghijkl"]
    rows = [KnownCustomer(pk=pk, name=f"Zentralix {ending}") for pk, ending in enumerate(endings)]
    renamed = KnownCustomer(pk=5, name="Zentralix Oskarson")
    known = Customers(rows).but(without=[5], added=[renamed])
    anew = Customers([*rows[:5], renamed, *rows[6:]])
    looked_at = [one.pk for one in known.similar(name("Zentralix"))]
    assert looked_at == [one.pk for one in anew.similar(name("Zentralix"))]
    assert 5 in looked_at
    assert len(looked_at) < len(rows)
