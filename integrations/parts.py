"""The messages of conversations: how many the provider counts, how many are held, how many it no longer gives.

Intercom gives the newest 500 parts of a conversation. What is held stays held, so only what was never seen is lost.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from integrations.models import Connection, DeadLetter
from integrations.sync.dead import MESSAGES, PART
from sonora.conversations.models import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Parts, the opening messages left out. `unreadable` came and could not be stored; `not_retrievable` did not come.

    `cut` is the number of conversations of which the provider gives less than it counts.
    """

    said: int
    held: int
    unreadable: int
    not_retrievable: int
    cut: int


def of_conversation(conversation: Conversation) -> Parts:
    """The ledger of one conversation."""
    letters = DeadLetter.objects.filter(
        connection_id=conversation.connection_id,
        stream=MESSAGES,
        external_id__startswith=conversation.external_id + PART,
    )
    said, here = conversation.parts_total or 0, conversation.parts_held
    missing = max(0, said - here)
    unreadable = min(missing, letters.count()) if missing else 0
    lost = missing - unreadable
    return Parts(said=max(said, here), held=here, unreadable=unreadable, not_retrievable=lost, cut=1 if lost else 0)


def of_connection(connection: Connection) -> Parts:
    """The sum over all conversations that are held of *connection*."""
    present = Conversation.objects.present().filter(connection=connection)
    short = Q(parts_total__gt=F("parts_held"))
    sums = present.aggregate(
        held=Coalesce(Sum("parts_held"), 0),
        missing=Coalesce(Sum(F("parts_total") - F("parts_held"), filter=short), 0),
        cut=Count("pk", filter=short),
    )
    unreadable, whole = _explained(connection, present.filter(short))
    return Parts(
        said=sums["held"] + sums["missing"],
        held=sums["held"],
        unreadable=unreadable,
        not_retrievable=sums["missing"] - unreadable,
        cut=sums["cut"] - whole,
    )


def _explained(connection: Connection, short: "QuerySet[Conversation]") -> tuple[int, int]:
    """How many missing parts came and could not be read, and how many conversations lack nothing else."""
    names = DeadLetter.objects.filter(connection=connection, stream=MESSAGES).values_list("external_id", flat=True)
    letters = Counter(name.partition(PART)[0] for name in names)
    if not letters:
        return 0, 0
    rows = short.filter(external_id__in=list(letters)).values_list("external_id", "parts_total", "parts_held")
    lacks = {one: (total or 0) - here for one, total, here in rows}
    taken = {one: (min(lack, letters[one]), lack) for one, lack in lacks.items()}
    return sum(some for some, _ in taken.values()), sum(some == every for some, every in taken.values())
