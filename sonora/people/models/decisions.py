"""What somebody said of people: who is whom, who is a champion, how engaged they are. Syncs leave it as it is."""

from django.db import models

from sonora.people.models.people import Person
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Level(models.TextChoices):
    """How much somebody talks with us now."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    NONE = "none", "None"


class PersonDecision(WorkspaceOwned):
    """Two people are one (*other* went into *person*), or a contact of *person* is somebody else (*other*)."""

    class Kind(models.TextChoices):
        MERGE = "merge", "Merged"
        SPLIT = "split", "Split off"

    kind = models.CharField(max_length=5, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="decisions")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    contacts = models.JSONField(default=list)  # primary keys of those that moved
    placed_before = models.CharField(max_length=40, blank=True)  # of a contact that was split off: its `placed`
    by = models.CharField(max_length=254)  # a person's e-mail
    at = models.BigIntegerField()  # Unix seconds
    undone_by = models.CharField(max_length=254, blank=True)
    undone_at = models.BigIntegerField(null=True)

    objects = WorkspaceManager["PersonDecision"]()

    class Meta:
        indexes = [models.Index(fields=["person", "-at", "-id"], name="person_decision_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by}"


class ChampionChoice(WorkspaceOwned):
    """Somebody said that a person is a champion, or is none, whatever the figures say. Without a row they decide."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="champion_choice")
    is_champion = models.BooleanField(default=True)
    by = models.CharField(max_length=254)  # as who said it is shown: a name, or an e-mail
    at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["ChampionChoice"]()

    def __str__(self) -> str:
        return f"{self.person_id} {'is' if self.is_champion else 'is no'} champion"


class EngagementChoice(WorkspaceOwned):
    """Somebody said how engaged a person is, whatever the figures say. Without a row they decide."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="engagement_choice")
    level = models.CharField(max_length=6, choices=Level)
    by = models.CharField(max_length=254)  # as who said it is shown: a name, or an e-mail
    at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["EngagementChoice"]()

    def __str__(self) -> str:
        return f"{self.person_id}: engagement {self.level}"
