"""Where each person stands, kept so that lists can be filtered by it."""

from django.db import models

from sonora.core import clock
from sonora.graph.standing import group_of
from sonora.graph.strength import PARTS
from sonora.insights.models import Sentiment
from sonora.people.models import Level, Person
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Rhythm(models.TextChoices):
    """Whether somebody still talks with us, by their own rhythm."""

    ACTIVE = "active", "Active"
    QUIET = "quiet", "Gone quiet"
    LEFT = "left", "Left"


class PersonStanding(WorkspaceOwned):
    """What `standing.standing` said of a person at *at*; `keeping` alone writes it. Times are Unix seconds.

    People without a contact at the provider have none, nor have those who came in a moment ago.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    engagement = models.CharField(max_length=6, choices=Level)
    rhythm = models.CharField(max_length=6, choices=Rhythm)
    silent_since = models.BigIntegerField(null=True)  # of whoever is quiet or left; null: they never wrote
    is_champion = models.BooleanField(default=False)
    strength = models.SmallIntegerField(default=0)  # 0 to 100
    parts = models.JSONField(default=list)  # of the strength: the points of each, in the order of `strength.strength`
    felt = models.CharField(max_length=10, choices=Sentiment)
    felt_number = models.IntegerField(default=0)  # conversations of 90 days that it rests on
    direction = models.CharField(max_length=7, blank=True)  # rising, falling, steady; empty where too little is known
    messages = models.IntegerField(default=0)  # that they wrote in 90 days
    teammates = models.JSONField(default=list)  # who answered them in 90 days (primary key) and how often: the first
    last_at = models.BigIntegerField(null=True)  # the last update of a conversation of theirs
    again_at = models.BigIntegerField(null=True)  # when time alone may change it; null: it cannot
    at = models.BigIntegerField()

    objects = WorkspaceManager["PersonStanding"]()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "engagement"], name="standing_by_engagement"),
            models.Index(fields=["workspace", "rhythm", "silent_since"], name="standing_by_rhythm"),
            models.Index(fields=["workspace", "rhythm", "last_at"], name="standing_by_rhythm_and_last"),
            models.Index(fields=["workspace", "is_champion"], name="standing_by_champion"),
            models.Index(fields=["workspace", "again_at"], name="standing_due_again"),
        ]

    @property
    def group(self) -> str:
        """A key of `standing.GROUPS`."""
        return group_of(self.rhythm, is_champion=self.is_champion)

    @property
    def named_parts(self) -> list[tuple[str, float, int]]:
        """The parts of the strength: name, points, and the most that each gives."""
        return [(name, points, most) for (name, most), points in zip(PARTS, self.parts, strict=False)]

    def __str__(self) -> str:
        return f"standing of {self.person_id}"


class Due(models.Model):
    """Somebody whose standing is to be worked out anew. Triggers write it (`dues`); `keeping` takes it away.

    Without keys: nobody waits for anybody, and a person may be gone before their turn.
    """

    workspace_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    at = models.BigIntegerField(db_default=clock.Moment())  # Unix seconds: since when

    objects = models.Manager["Due"]()

    class Meta:
        indexes = [
            models.Index(fields=["workspace_id", "id"], name="due_by_workspace"),
            models.Index(fields=["person_id"], name="due_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is due"
