"""The places of the workers, and who may still have one: no kind of work and no workspace can have them all."""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from integrations.models import SyncState
from integrations.sync.classes import LONG
from integrations.sync.due import under_way

OF_A_WORKSPACE = 2  # slices at a time


@dataclass(slots=True)
class Room:
    """The places that are left, all in all and for work that goes on for hours; who has how many."""

    left: int
    left_for_long: int
    taken: Counter[int] = field(default_factory=Counter)  # workspace → slices under way

    def take(self, state: SyncState) -> bool:
        """Give *state* a place; False when there is none that it may have."""
        is_full = self.left < 1 or (state.slice_class in LONG and self.left_for_long < 1)
        if is_full or self.taken[state.workspace_id] >= OF_A_WORKSPACE:
            return False
        self.occupy(state)
        return True

    def occupy(self, state: SyncState) -> None:
        """Count the place that *state* has."""
        self.left -= 1
        self.left_for_long -= state.slice_class in LONG
        self.taken[state.workspace_id] += 1

    def allows(self) -> Q:
        """The condition for having one of the places that are left."""
        full = [workspace for workspace, number in self.taken.items() if number >= OF_A_WORKSPACE]
        allowed = ~Q(workspace_id__in=full)
        return allowed if self.left_for_long > 0 else allowed & ~Q(slice_class__in=LONG)


def room(now: int) -> Room:
    """What the slices that are under way leave. One place is kept free of long work, unless there is only one."""
    places = settings.SYNC_PLACES
    left = Room(left=places, left_for_long=max(1, places - 1))
    for state in under_way(now).only("workspace_id", "slice_class"):
        left.occupy(state)
    return left
