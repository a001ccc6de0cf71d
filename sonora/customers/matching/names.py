"""Which customer has a company's name, and how sure that is: a score that is the sum of named reasons.

Same normal form 85, less for a similar name; the same domain up to 15 more, or 70 by itself; a website of somebody else
20 less; another legal form 10 less. From 85 on a match is likely, from 60 on possible; below, nobody is told of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sonora.customers.matching import domains
from sonora.customers.matching.index import Customers, Entry
from sonora.customers.matching.normal import Name, name
from sonora.customers.matching.similarity import ANOTHER_SPACING, alike

Mode = Literal["off", "suggest", "link"]

LIKELY, POSSIBLE = 85, 60
SAME_NAME, SAME_DOMAIN, DOMAIN_ALONE, PEOPLE_ALONE = 85, 15, 70, 65
OTHER_DOMAIN, OTHER_FORM = -20, -10
OTHER_READING = 0.96  # a name in brackets, after "dba" or before a dash
NEAR = 1  # points between two candidates that nobody should decide but a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the admin chose: whether names are looked at, how strictly, and whether domains count."""

    mode: Mode = "suggest"
    normal_forms: bool = True  # ignore case, punctuation, legal forms
    use_domains: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A company to be matched: its name, its website, and how many of its people write from which domain."""

    name: str
    website: str = ""
    people: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer that the company may be, with its score (0 to 100) and the reasons that add up to it."""

    customer: int
    score: int
    reasons: tuple[str, ...]
    is_exact: bool = False  # the whole name has the same normal form, and nothing speaks against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the names say of a company; the candidates, best first."""

    state: Literal["auto", "suggested", "conflict", "unmatched"]
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


def by_name(subject: Subject, customers: Customers, *, rules: Rules, rejected: Collection[int] = ()) -> Found:
    """Which of *customers* the company is, if names tell. Those whom a person *rejected* are left out."""
    if rules.mode == "off":
        return Found(state="unmatched")
    found = [one for one in candidates(subject, customers, rules=rules) if one.customer not in rejected]
    if not found:
        return Found(state="unmatched")
    if len(found) > 1 and found[0].score - found[1].score <= NEAR and not _is_written_so(subject, found, customers):
        return Found(state="conflict", candidates=tuple(found))
    linked = rules.mode == "link" and _links_by_itself(found)
    return Found(state="auto" if linked else "suggested", candidates=tuple(found))


def candidates(subject: Subject, customers: Customers, *, rules: Rules) -> list[Candidate]:
    """The customers that the company may be, the likeliest first; none below `POSSIBLE`."""
    company = name(subject.name)
    evidence = _Evidence.of(subject, company) if rules.use_domains else _Evidence()
    entries = {entry.pk: entry for entry in (*customers.similar(company), *evidence.customers(customers))}
    scored = (_score(company, entry, evidence, customers, rules) for entry in entries.values())
    found = [one for one in scored if one.score >= POSSIBLE]
    return sorted(found, key=lambda one: (-one.score, not _is_written(subject, one, customers), one.customer))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a company's domains say."""

    website: str = ""
    people: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, subject: Subject, company: Name) -> "_Evidence":
        return cls(domains.of_website(subject.website) or company.domain, subject.people)

    def customers(self, customers: Customers) -> list[Entry]:
        return [entry for domain in {self.website, *self.people} for entry in customers.at(domain)]


Reason = tuple[int, str]


def _score(company: Name, entry: Entry, evidence: _Evidence, customers: Customers, rules: Rules) -> Candidate:
    named = _name(company, entry, customers, rules)
    domain = _domain(entry, evidence, customers, named[0])
    reasons = [named, domain]
    if domain[0] > SAME_DOMAIN:
        reasons = [domain]
    elif domain[0] <= 0 and company.forms and entry.name.forms and not company.forms & entry.name.forms:
        reasons.append((OTHER_FORM, "Other legal form"))
    reasons = [reason for reason in reasons if reason[0]]
    return Candidate(
        customer=entry.pk,
        score=max(0, sum(points for points, _ in reasons)),
        reasons=tuple(f"{text}: {points:+d}" for points, text in reasons),
        is_exact=named[0] == SAME_NAME and not company.others and all(points > 0 for points, _ in reasons),
    )


def _name(company: Name, entry: Entry, customers: Customers, rules: Rules) -> Reason:
    theirs = entry.name
    if company.text == theirs.text:
        return SAME_NAME, "Same name"
    if not rules.normal_forms:
        return 0, ""
    if set(company.spellings) & set(theirs.spellings) and company.words:
        return SAME_NAME, "Same name but for its spelling"
    share = max(alike(one, other, customers.weigh) for one in company.spellings for other in theirs.spellings)
    share = max(share, ANOTHER_SPACING if company.letters == theirs.letters != "" else 0)
    other_share = OTHER_READING * _other_readings(company, theirs, customers)
    points = min(SAME_NAME - 1, round(SAME_NAME * max(share, other_share)))
    return points, "Part of the name is the same" if other_share > share else "Similar name"


def _other_readings(company: Name, theirs: Name, customers: Customers) -> float:
    if not company.others and not theirs.others:
        return 0.0
    readings = ((*company.spellings, *company.others), (*theirs.spellings, *theirs.others))
    return max(
        1.0 if one == other and one else alike(one, other, customers.weigh)
        for one in readings[0]
        for other in readings[1]
    )


def _domain(entry: Entry, evidence: _Evidence, customers: Customers, named: int) -> Reason:
    if not entry.domain:
        return 0, ""
    alone = len(customers.at(entry.domain)) == 1
    if entry.domain == evidence.website:
        return _more(named, SAME_DOMAIN, DOMAIN_ALONE if alone else 0), f"Same website {entry.domain}"
    writing, people = evidence.people.get(entry.domain, 0), sum(evidence.people.values())
    if writing * 2 >= people > 0:
        least = PEOPLE_ALONE if alone and writing > 1 else POSSIBLE if alone else 0
        text = f"{writing} of {people} people write from {entry.domain}"
        return _more(named, round(SAME_DOMAIN * writing / people), least), text
    if evidence.website and domains.label(evidence.website) != domains.label(entry.domain):
        return OTHER_DOMAIN, f"Other website {evidence.website}"
    return 0, ""


def _more(named: int, more: int, least: int) -> int:
    """*more* on top of the name, or *least* in its place."""
    return more if named + more >= least else least


def _is_written_so(subject: Subject, found: Sequence[Candidate], customers: Customers) -> bool:
    """Whether of two near candidates only the first has the company's name letter by letter."""
    return _is_written(subject, found[0], customers) and not _is_written(subject, found[1], customers)


def _is_written(subject: Subject, one: Candidate, customers: Customers) -> bool:
    return customers.named(one.customer).casefold() == " ".join(subject.name.split()).casefold()


def _links_by_itself(found: Sequence[Candidate]) -> bool:
    return [one.is_exact for one in found[:2]] in ([True], [True, False])
