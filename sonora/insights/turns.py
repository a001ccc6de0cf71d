"""Whose turn it is to be analysed, and which of its conversations come first.

A turn is one batch of one connection. Who waited longest is next, so a workspace with a million conversations delays
one with ten by a batch.
"""

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q

from sonora.core import clock
from sonora.insights.models import Analysis, Turn
from sonora.workspaces.scoping import scopes_disabled

HELD = 30  # seconds that another worker leaves a turn alone; a batch takes a few
BATCH = 50  # conversations; half of it after each turn that ended badly, so that what ends them is found
NOTED = 60  # seconds between two notes that a worker looks for work
HOPELESS = 8  # turns that ended badly: the last three of them held one conversation alone


def note_look() -> None:
    """Note with each connection that a worker looks for work, once a minute."""
    now = clock.now()
    with scopes_disabled(), transaction.atomic():
        stale = Turn.objects.select_for_update(skip_locked=True).filter(looked_at__lt=now - NOTED)
        Turn.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).update(looked_at=now)


def claim(version: str) -> Turn | None:
    """Take the turn of the connection that waited longest for a reader of *version*; None when nothing is to do.

    The turn comes as it was, with its connection. Give it back with `end`; without, it is held up for `HELD`.
    """
    with scopes_disabled():  # fairness is between workspaces
        for turn in _waiting(version):
            if _take(turn, version):
                return turn
    return None


def end(turn: Turn) -> None:
    """The turn ended well: its connection may have another one."""
    Turn.objects.filter(pk=turn.pk).update(held_until=0, tries=max(0, turn.tries - 1))


def put_back(turn: Turn) -> None:
    """The turn could not be taken, through nobody's fault: it was no try, and others come first for a moment."""
    Turn.objects.filter(pk=turn.pk).update(tries=turn.tries)


def due(turn: Turn, version: str) -> list[int]:
    """The conversations (primary keys) of the turn's batch: first what changed since, the newest before others."""
    limit = max(1, BATCH >> turn.tries)
    found: dict[int, None] = {}
    for column in wanted(turn):
        mine = Analysis.objects.filter(connection=turn.connection_id)
        older, newer = Q((f"{column}__gt", ""), (f"{column}__lt", version)), Q((f"{column}__gt", version))
        for which in (Q((column, "")), older, newer):
            left = limit - len(found)
            if left > 0:
                rows = mine.filter(which).order_by(column, "-changed_at").values_list("pk", flat=True)[:left]
                found |= dict.fromkeys(rows)
    return list(found)


def wanted(turn: Turn) -> list[str]:
    """The columns of the analyses that are turned on."""
    switches = {"sentiment_by": turn.connection.analyse_sentiment, "requests_by": turn.connection.analyse_requests}
    return [column for column, is_on in switches.items() if is_on]


def _waiting(version: str) -> list[Turn]:
    now = clock.now()
    # A turn that is held for longer than any can be was taken before our clock went back.
    free = Q(held_until__lte=now) | Q(held_until__gt=now + HELD)
    rows = Turn.objects.filter(free).exclude(connection__setup="deleting").select_related("connection")
    has_work = Q(_is_due("sentiment_by", version), connection__analyse_sentiment=True) | Q(
        _is_due("requests_by", version), connection__analyse_requests=True
    )
    return list(rows.filter(has_work).order_by("number", "pk")[:8])


def _is_due(column: str, version: str) -> Q:
    mine = Analysis.objects.filter(connection=OuterRef("connection"))
    older, newer = mine.filter(**{f"{column}__lt": version}), mine.filter(**{f"{column}__gt": version})
    return Q(Exists(older)) | Q(Exists(newer))


def _take(turn: Turn, version: str) -> bool:
    last: int = Turn.objects.aggregate(last=Max("number"))["last"]
    same = Turn.objects.filter(pk=turn.pk, number=turn.number, held_until=turn.held_until)
    taken = {"number": last + 1, "held_until": clock.now() + HELD, "tries": F("tries") + 1, "reader": version}
    return bool(same.update(**taken))
