"""The companies of a connection as rows: company, suggested customer, how sure that is and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import prefetch_related_objects

from sonora.conversations import effects
from sonora.customers import decisions, queue
from sonora.customers.matching import domains
from sonora.customers.matching.names import LIKELY
from sonora.customers.models import Company, ExternalId, Match

CERTAIN, LIKELY_WORD, POSSIBLE_WORD, BY_HAND = "Certain", "Likely", "Possible", "By hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason for a match, and the points that it adds to the score; empty where no score is counted."""

    text: str
    points: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One company. `token` is what a decision about it names as seen; `then` the row that is next once it is gone."""

    match: Match
    token: str
    word: str  # how sure it is; empty where no customer is proposed
    reasons: list[Reason]
    conversations: int
    people: int
    last_active: int | None = None  # when a conversation that names it changed or one of its people was seen
    siblings: int = 0  # companies of the same customer
    then: int | None = None  # primary key of a company

    @property
    def company(self) -> Company:
        return self.match.company

    @property
    def domain(self) -> str:
        return domains.of_website(self.match.company.website)

    @property
    def external_id(self) -> ExternalId | None:
        """The id that the match is by, else one of the customer, to know it by."""
        customer = self.match.customer
        if self.match.external_id or customer is None or self.is_linked:
            return self.match.external_id
        return next(iter(customer.external_ids.all()), None)

    @property
    def is_linked(self) -> bool:
        return self.match.state in Match.LINKING

    @property
    def short(self) -> str:
        """The reasons in a line."""
        return ", ".join(reason.text for reason in self.reasons)


def of(matches: Sequence[Match], *, tab: str = "") -> list[Row]:
    """A row of each of *matches*, which `queue.page` found for *tab*."""
    companies = [match.company_id for match in matches]
    staff, changes = effects.staff(companies), effects.last_changes(companies)
    siblings = queue.siblings(list(matches)) if tab == "matched" else {}
    prefetch_related_objects([one for one in matches if one.state not in Match.LINKING], "customer__external_ids")
    then = neighbours(companies)
    return [
        Row(
            match=match,
            token=decisions.token(match),
            word=word(match),
            reasons=[reason(text) for text in match.reasons],
            conversations=getattr(match, "affected", 0),
            people=staff.get(match.company_id, effects.Staff()).people,
            last_active=_last_active(staff.get(match.company_id), changes.get(match.company_id)),
            siblings=siblings.get(match.customer_id or 0, 0),
            then=then.get(match.company_id),
        )
        for match in matches
    ]


def bare(match: Match) -> Row:
    """The row of one match, without what is counted."""
    reasons = [reason(text) for text in match.reasons]
    token = decisions.token(match)
    return Row(match=match, token=token, word=word(match), reasons=reasons, conversations=0, people=0)


def _last_active(staff: effects.Staff | None, changed_at: int | None) -> int | None:
    known = [at for at in (staff.seen_at if staff else None, changed_at) if at is not None]
    return max(known, default=None)


def neighbours(companies: Sequence[int]) -> dict[int, int]:
    """The company that takes each one's place when it leaves the list: the next one, of the last the one before."""
    found = dict(pairwise(companies))
    if len(companies) > 1:
        found[companies[-1]] = companies[-2]
    return found


def word(match: Match) -> str:
    """How sure *match* is, in a word; empty where no customer is proposed."""
    if match.customer_id is None:
        return ""
    if match.method == Match.Method.EXTERNAL_ID:
        return CERTAIN
    if match.method == Match.Method.MANUAL:
        return BY_HAND
    return sure(match.score or 0)


def sure(score: int) -> str:
    """The word for a *score* of 0 to 100."""
    return LIKELY_WORD if score >= LIKELY else POSSIBLE_WORD


def reason(text: str) -> Reason:
    """*text* as matching wrote it: "Same name: +85", or a sentence without points."""
    what, colon, points = text.rpartition(": ")
    counted = bool(colon) and points.lstrip("+-").isdigit()
    return Reason(text=what, points=points) if counted else Reason(text=text)
