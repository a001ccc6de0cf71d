"""Keeps where people stand as rows. It is their only writer: whoever shows one person works it out anew.

Somebody is due when a change touched them (`dues`), and when time alone may have: silence comes without a change. A
batch is one transaction that first takes away what says that its people are due and then reads, so a change that
commits meanwhile makes them due again. Doing it twice changes nothing.
"""

import time
import traceback
from collections.abc import Collection, Sequence

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from sonora.core import clock, zones
from sonora.core.among import among
from sonora.core.upsert import Row, upsert
from sonora.graph import before, figures, first_sync
from sonora.graph.figures import Days
from sonora.graph.models import Due, PersonStanding
from sonora.graph.standing import Standing
from sonora.people.models import Contact, Person
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope, scoped_workspace, scopes_disabled

logger = structlog.get_logger(__name__)

REST = 1_800  # seconds that the worker of the queue `analysis` leaves a few people alone
LONG_REST = 3_600  # and everybody whom a first sync touches again and again, until it is done
NOTES = 5  # rows of `Due` that are read for each person of a batch: a busy one has several
TEAMMATES = 3  # of those who answered somebody that are kept


def run(*, seconds: float, rest: int = 0) -> None:
    """Work until nobody is due or *seconds* are over: a batch for each workspace in turn, so none waits for another.

    A workspace in which changes touched only a few who stand somewhere already may rest for *rest* seconds: most of a
    batch's cost is the same for one person and for twenty. Where *rest* is given, one whose first sync is under way
    rests until that is done, `LONG_REST` at most: each person is worked out once instead of with each conversation. One
    whose batch fails, or finds nobody after all, is left for the next run.
    """
    ends, left = time.monotonic() + seconds, set[int]()
    while waiting := [one for one in _waiting(rest) if one not in left]:
        for workspace in waiting:
            if time.monotonic() >= ends:
                return
            if not _settled(workspace):
                left.add(workspace)


def settle() -> int:
    """Work out one batch of the current workspace; returns how many people that were."""
    with transaction.atomic():
        _take_turns()
        people = _touched() or _over()
        _keep(people)
    return len(people)


def renew(people: Collection[int]) -> None:
    """Work out *people* (primary keys, `figures.MOST` at most) of the current workspace now: somebody waits for it."""
    with transaction.atomic():
        _take_turns()
        Due.objects.filter(person_id__in=people).delete()
        _keep(list(people))


def _waiting(rest: int) -> list[int]:
    """The workspaces in which somebody is due, in any order: where time is up, nobody is always the last."""
    now = clock.now()
    with scopes_disabled():  # it looks for whom to work, one after the other
        over = PersonStanding.objects.filter(workspace=OuterRef("pk"), again_at__lte=now)
        calm = ~Exists(first_sync.under_way(OuterRef("pk"))) if rest else Q()
        touched = Q(Exists(_rested(now, LONG_REST))) | (calm & _is_touched(now, rest))
        found = Workspace.objects.filter(touched | Exists(over))
        return list(found.order_by("?").values_list("pk", flat=True))


def _is_touched(now: int, rest: int) -> Q:
    """Whether changes touched somebody *rest* seconds ago, or as many as make a batch, or somebody new."""
    touched = Due.objects.filter(workspace_id=OuterRef("pk"))
    many = touched.order_by("pk")[figures.MOST - 1 : figures.MOST]
    new = touched.exclude(Exists(PersonStanding.objects.filter(pk=OuterRef("person_id"))))
    return Q(Exists(_rested(now, rest))) | Q(Exists(many)) | Q(Exists(new))


def _rested(now: int, rest: int) -> QuerySet[Due]:
    """Whom changes touched *rest* seconds ago, or, as it seems, later than now: before our clock was set back."""
    return Due.objects.filter(Q(at__lte=now - rest) | Q(at__gt=now), workspace_id=OuterRef("pk"))


def _settled(workspace: int) -> bool:
    try:
        with scope(workspace=workspace):
            return settle() > 0
    except Exception as error:  # noqa: BLE001 - one workspace's trouble is not another's
        place = traceback.extract_tb(error.__traceback__)[-1]  # its text could hold names of people
        where = f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}"
        logger.warning("standings_failed", workspace=workspace, reason=type(error).__name__, where=where)
        return False


def _take_turns() -> None:
    """One writer for a workspace at a time: who read earlier must not write later."""
    list(Workspace.objects.select_for_update(no_key=True).filter(pk=scoped_workspace()).values_list("pk"))


def _touched() -> list[int]:
    """Whom changes touched, who waited longest first; with that they are no longer due."""
    notes = Due.objects.filter(workspace_id=scoped_workspace()).order_by("pk")
    some = dict.fromkeys(notes.values_list("person_id", flat=True)[: figures.MOST * NOTES])
    people = list(some)[: figures.MOST]
    Due.objects.filter(among("person_id", people)).delete()
    return people


def _over() -> list[int]:
    """Whose standing holds no longer because time went by."""
    rows = PersonStanding.objects.filter(again_at__lte=clock.now()).order_by("again_at", "pk")
    return list(rows.values_list("pk", flat=True)[: figures.MOST])


def _keep(people: Sequence[int]) -> None:
    there = list(Person.objects.filter(among("pk", people)).present().with_choices())
    PersonStanding.objects.filter(pk__in=set(people) - {one.pk for one in there}).delete()
    if there:
        days = Days.of(clock.now(), zones.named(_zone([one.pk for one in there])))
        found = figures.standings(there, days)
        upsert(PersonStanding, [_row(one, found[one.pk], days) for one in there], key=("person_id",))


def _zone(people: Collection[int]) -> str:
    """The time zone of the provider's workspace from which they came."""
    told = (
        Contact.objects.filter(among("person", people)).order_by().values_list("connection__app_time_zone", flat=True)
    )
    return told.first() or ""


def _row(person: Person, standing: Standing, days: Days) -> Row:
    facts, silence = standing.facts, standing.silence
    return {
        "workspace_id": person.workspace_id,
        "person_id": person.pk,
        "engagement": standing.engagement.level,
        "rhythm": silence.state,
        "silent_since": None if silence.state == "active" else silence.at,
        "is_champion": standing.champion.is_champion,
        "strength": standing.strength.points,
        "parts": [round(part.points, 1) for part in standing.strength.parts],
        "felt": facts.felt,
        "felt_number": facts.felt_number,
        "direction": facts.direction,
        "messages": facts.messages_90,
        "teammates": facts.teammates[:TEAMMATES],
        "last_at": facts.last_at,
        "again_at": _again(standing, days),
        "at": days.now,
    }


def _again(standing: Standing, days: Days) -> int | None:
    """When time alone may change it: with the next day, or before that when they go quiet; None: never."""
    facts, silence, was_until = standing.facts, standing.silence, standing.champion.until
    is_over = silence.state != "active" and not facts.opened and (facts.last_at or 0) < days.since_90
    if is_over and not standing.strength.points and was_until is None:
        return None
    ends = None if was_until is None else was_until + before.YEAR + 1
    soon = [at for at in (silence.at, ends) if at is not None and at > days.now]
    return min([days.until, *soon])
