"""Which companies are which customers, as far as names, websites and people tell. Nothing is held while it thinks."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sonora.core import clock
from sonora.customers import arranged, matches, rewrite, rules
from sonora.customers.matching import domains
from sonora.customers.matching.index import Customers
from sonora.customers.matching.names import Found, Subject, by_name
from sonora.customers.models import Company, Customer, Match, MatchQuerySet

SHOWN = 3  # near candidates that a conflict names


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the names say of one company, and the version of its match that this holds for."""

    match: int
    version: int
    found: Found
    names: tuple[str, ...]  # of the candidates


def are_due(connection_id: int) -> bool:
    """Whether a company of the connection has a name that is still to be looked at."""
    return _due().filter(company__connection=connection_id).exists()


def look(company_pks: Collection[int] | None = None) -> Iterator[list[Look]]:
    """What the names say of companies for which it is due, a chunk at a time; nothing is written."""
    due = _due() if company_pks is None else _due().filter(company__in=company_pks)
    pks = list(due.order_by("pk").values_list("pk", flat=True))
    known = arranged.customers() if pks else Customers([])
    for some in matches.chunks(pks):
        yield looked_at(Match.objects.filter(pk__in=some), known, rules.by_connection())


def looked_at(rows: MatchQuerySet, known: Customers, chosen: Mapping[int, rules.Rules]) -> list[Look]:
    """What the names say of the companies of *rows* under the rules *chosen* for their connections."""
    held = list(rows.select_related("company"))
    pks = [match.company_id for match in held]
    people, rejected = _people(pks), matches.rejections(pks)
    looks = []
    for match in held:
        company = match.company
        how = chosen.get(company.connection_id, rules.DEFAULT).by_name
        about = _subject(company, people)
        found = by_name(about, known, rules=how, rejected=rejected.get(company.pk, set()))
        names = tuple(known.named(one.customer) for one in found.candidates[:SHOWN])
        looks.append(Look(match=match.pk, version=match.version, found=found, names=names))
    return looks


def subject(company: Company) -> Subject:
    """*company* with all that its name is judged by."""
    return _subject(company, _people([company.pk]))


def _subject(company: Company, people: Mapping[int, dict[str, int]]) -> Subject:
    return Subject(name=company.name, website=company.website, people=people.get(company.pk, {}))


def note(looks: Sequence[Look]) -> set[int]:
    """Write *looks* down, but for what changed meanwhile; returns the companies whose customer changed."""
    by_match = {one.match: one for one in looks}
    held = Match.objects.filter(pk__in=by_match).by_machine().select_for_update()
    there = set(Customer.objects.filter(pk__in=_named(looks)).values_list("pk", flat=True))
    changed, moved = [], set()
    for match in held:
        one = by_match[match.pk]
        if match.version != one.version or (one.found.best and one.found.best.customer not in there):
            continue
        customer = rewrite.linked_to(match)
        changed += [match] if _apply(match, one) else []
        if customer != rewrite.linked_to(match):
            moved.add(match.company_id)
    rewrite.save(changed, now=clock.now())
    same = set(by_match) - {match.pk for match in changed}
    Match.objects.filter(pk__in=[match.pk for match in held if match.pk in same and not match.names_due]).update(
        names_due=False
    )
    return moved


def _due() -> MatchQuerySet:
    there = {"company__fetched_at__isnull": False, "company__deleted_at__isnull": True}
    return Match.objects.filter(names_due=True, **there).by_machine()


def _named(looks: Sequence[Look]) -> set[int]:
    return {one.found.best.customer for one in looks if one.found.best}


def _people(company_pks: Collection[int]) -> dict[int, dict[str, int]]:
    """How many people of each company write from which domain; free mail is left out."""
    contacts = Company.objects.filter(
        pk__in=company_pks, contact_links__contact__deleted_at__isnull=True, contact_links__contact__email__gt=""
    ).values_list("pk", "contact_links__contact__email")
    found: dict[int, dict[str, int]] = {}
    for company, email in contacts.iterator():
        if domain := domains.of_email(email):
            at = found.setdefault(company, {})
            at[domain] = at.get(domain, 0) + 1
    return found


def _apply(match: Match, one: Look) -> bool:
    """Whether *match* says something else now."""
    before = rewrite.facts(match)
    match.names_due = False
    if match.method == Match.Method.EXTERNAL_ID:
        _doubt(match, one.found)
    else:
        _follow(match, one)
    return before != rewrite.facts(match)


def _doubt(match: Match, found: Found) -> None:
    """An id decides whatever the name says; but people should know when the two differ."""
    if match.state != Match.State.AUTO:
        return
    exact = {one.customer for one in found.candidates if one.is_exact}
    match.doubt = Match.Doubt.NAME if exact and match.customer_id not in exact else ""


def _follow(match: Match, one: Look) -> None:
    found, best = one.found, one.found.best
    match.state = Match.State(found.state)
    match.method = Match.Method.NAME if best else ""
    match.customer_id = best.customer if best and found.state != "conflict" else None
    match.external_id_id = None
    match.score = best.score if best else None
    match.doubt = Match.Doubt.NEAR if found.state == "conflict" else ""
    match.has_rivals = len(found.candidates) > 1
    if found.state == "conflict":
        pairs = zip(one.names, found.candidates, strict=False)
        match.reasons = [f"{name} is as likely: {candidate.score}" for name, candidate in pairs]
    else:
        match.reasons = list(best.reasons) if best else []
