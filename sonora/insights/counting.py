"""The figures of requests: how many customers and people ask, what those customers are worth, how often and when.

They are kept with each request, since a leaderboard of thousands is sorted by them. What changes them makes them due
(`insights.dues`); whoever shows figures calls `settle` first, which costs one query while nothing is due.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import OperationalError, transaction
from django.db.models import Count, F, Max

from sonora.core import again, clock
from sonora.core.words import WEEK
from sonora.insights import describing, versions
from sonora.insights.models import Due, Evidence, FeatureRequest
from sonora.insights.models.requests import EvidenceQuerySet

AT_ONCE = 500  # requests
WEEKS = 8  # the latest, of which mentions are counted one by one
FIGURES = ("customers", "people", "mentions", "arr", "last_asked_at", "weeks")


@dataclass(slots=True)
class Figures:
    customers: int = 0
    people: int = 0
    mentions: int = 0
    arr: Decimal = Decimal(0)
    last_asked_at: int = 0
    weeks: dict[str, int] = field(default_factory=dict)


def settle(workspace_id: int) -> int:
    """Count anew what is due in the workspace and describe anew what says other words; returns how many requests.

    Runs inside the workspace's scope.
    """
    settled = 0
    while due := _due():
        with transaction.atomic():
            settled += _settle(workspace_id, due)
    return settled


def settle_for_a_page(workspace_id: int) -> None:
    """The same for somebody who looks, but where others change these requests at this moment: figures follow then."""
    try:
        settle(workspace_id)
    except OperationalError as error:
        if not again.is_passing(error):
            raise


Rows = dict[int, list[tuple[int, bool]]]  # request → the rows that say it is due, and whether its words changed


def _due() -> Rows:
    ours = FeatureRequest.objects.order_by().values("pk")
    found: Rows = defaultdict(list)
    rows = Due.objects.filter(request_id__in=ours).order_by("request_id").values_list("request_id", "pk", "words")
    for request, pk, words in rows.iterator():
        if request not in found and len(found) == AT_ONCE:
            break
        found[request].append((pk, words))
    return found


def _settle(workspace_id: int, due: Rows) -> int:
    """Whoever comes second waits for the first, and then finds nothing left of it."""
    version = versions.advance(workspace_id) if any(words for rows in due.values() for _, words in rows) else 0
    Due.objects.filter(pk__in=[pk for rows in due.values() for pk, _ in rows]).delete()
    rows = FeatureRequest.objects.filter(pk__in=due).order_by("pk")
    # Who moves words to a request holds its key; a lock that lets them do so cannot end in a deadlock with them.
    requests = list(rows.select_for_update(of=("self",), no_key=True))
    figures = count([request.pk for request in requests])
    for request in requests:
        for name in FIGURES:
            setattr(request, name, getattr(figures[request.pk], name))
    FeatureRequest.objects.bulk_update(requests, FIGURES, batch_size=100)
    said_anew = [request for request in requests if any(words for _, words in due[request.pk])]
    describing.describe(said_anew, version=version)
    return len(due)


def count(requests: Collection[int]) -> dict[int, Figures]:
    """The figures of *requests* (primary keys) as the rows say now; three queries."""
    found = {request: Figures() for request in requests}
    words = Evidence.objects.filter(request__in=requests).counted().order_by()
    totals = words.values_list("request").annotate(
        Count("conversation__customer", distinct=True),
        Count("contact__person", distinct=True),
        Count("pk"),
        Max("message__created_at"),
    )
    for request, customers, people, mentions, last in totals:
        found[request] = Figures(customers=customers, people=people, mentions=mentions, last_asked_at=last or 0)
    worth = words.values_list("request", "conversation__customer", "conversation__customer__arr").distinct()
    for request, _, arr in worth:
        found[request].arr += arr or 0
    for request, week, mentions in _weekly(words):
        found[request].weeks[str(week)] = mentions
    return found


def _weekly(words: EvidenceQuerySet) -> list[tuple[int, int, int]]:
    first = clock.now() // WEEK - WEEKS + 1
    lately = words.filter(message__created_at__gte=first * WEEK).annotate(week=F("message__created_at") / WEEK)
    return list(lately.values_list("request", "week").annotate(Count("pk")))
