"""The answer to "why isn't X here?": what became of the companies of a name, in a sentence each."""

from dataclasses import dataclass

from sonora.customers.matching.names import POSSIBLE
from sonora.customers.models import Company, Match

MOST = 10  # companies


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A company of that name, and what became of it; without a company, why there is none."""

    company: Company | None
    sentence: str


def why(connection_id: int, text: str) -> list[Answer]:
    """What became of the companies whose name holds *text*, or whose id it is: at most `MOST`, at least one answer."""
    words = " ".join(text.split())
    found = list(_companies(connection_id, words)) if words else []
    if not found:
        return [Answer(company=None, sentence="No company of this name is synced yet. Check its name in Intercom.")]
    return [Answer(company=one, sentence=_sentence(one)) for one in found]


def _companies(connection_id: int, text: str) -> list[Company]:
    mine = Company.objects.filter(connection=connection_id)
    rows = mine.filter(name__icontains=text) | mine.filter(company_id=text) | mine.filter(external_id=text)
    return list(rows.select_related("match__customer").order_by("name", "pk")[:MOST])


def _sentence(company: Company) -> str:
    match: Match | None = getattr(company, "match", None)
    if company.deleted_at is not None:
        return "It was deleted or archived in Intercom."
    if company.fetched_at is None:
        return "Only its ID is known. It comes with the next sync."
    if match is None or (match.names_due and match.state == Match.State.UNMATCHED):
        return "It was not looked at yet. It will be with the next sync."
    return _of_match(match)


def _of_match(match: Match) -> str:
    name = match.customer.name if match.customer else ""
    sentences = {
        Match.State.AUTO: f"It is matched to {name}, {match.get_method_display()}.",
        Match.State.CONFIRMED: f"{match.decided_by or 'Somebody'} matched it to {name}.",
        Match.State.IGNORED: f"{match.decided_by or 'Somebody'} ignored it: {', '.join(match.reasons)}.",
        Match.State.SUGGESTED: f"{name} is suggested for it, with {match.score} of 100.",
        Match.State.CONFLICT: f"{match.get_doubt_display() or 'It is in conflict'}. Choose one.",
        Match.State.UNMATCHED: f"No customer has its ID, and none is like its name (none reaches {POSSIBLE} of 100).",
    }
    return sentences[Match.State(match.state)]
