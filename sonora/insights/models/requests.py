"""What customers ask for: the requests, the words that ask, and what belongs together."""

from typing import Self

from django.db import models
from django.db.models import Q

from sonora.conversations.models import Conversation, Message
from sonora.people.models import Contact
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned

LONGEST_TITLE = 200  # characters


class FeatureRequestQuerySet(models.QuerySet["FeatureRequest"]):
    def listed(self) -> Self:
        """Requests that somebody asks for, neither dismissed nor merged into others."""
        return self.filter(merged_into__isnull=True, dismissed=False, mentions__gt=0)

    def dismissed(self) -> Self:
        """Requests of which a person said that they are none."""
        return self.filter(merged_into__isnull=True, dismissed=True, mentions__gt=0)


class FeatureRequest(WorkspaceOwned):
    """Something that customers ask for, however they word it.

    One that was merged or dismissed stays: new words like its own are led to where a person decided they belong. The
    figures are kept by `insights.counting` and right once it has settled.
    """

    class Status(models.TextChoices):
        NEW = "new", "New"
        UNDER_REVIEW = "under_review", "Under review"
        PLANNED = "planned", "Planned"
        SHIPPED = "shipped", "Shipped"
        NOT_PLANNED = "not_planned", "Not planned"

    title = models.CharField(max_length=LONGEST_TITLE, blank=True)  # from its most typical quote
    edited_title = models.CharField(max_length=LONGEST_TITLE, blank=True)  # a person's; empty: none gave one
    quote = models.TextField(blank=True)  # the most typical one
    status = models.CharField(max_length=12, choices=Status, default=Status.NEW)
    dismissed = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged")
    vector = models.BinaryField(default=b"")  # mean of its quotes' vectors, float16; empty: nobody asks any more
    version = models.BigIntegerField(default=0)  # the `Grouping.version` that last changed the vector
    created_at = models.BigIntegerField()  # Unix seconds
    customers = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    mentions = models.IntegerField(default=0)
    arr = models.DecimalField(max_digits=16, decimal_places=2, default=0)  # of those customers whose ARR is known
    last_asked_at = models.BigIntegerField(default=0)  # Unix seconds
    weeks = models.JSONField(default=dict)  # number of a week since 1970 → mentions, the latest weeks

    objects = WorkspaceManager.from_queryset(FeatureRequestQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "-customers", "-people", "-mentions", "-id"], name="request_by_customers"
            ),
            models.Index(fields=["workspace", "version"], name="request_by_version"),
        ]

    def __str__(self) -> str:
        return self.edited_title or self.title or "Untitled request"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def counted(self) -> Self:
        """Words that count: certain or accepted, in conversations that are still there."""
        return self.filter(state__in=Evidence.COUNTED, conversation__deleted_at__isnull=True)

    def to_check(self) -> Self:
        """Words of which a person is to say whether they ask for anything."""
        return self.filter(state=Evidence.State.TO_CHECK, conversation__deleted_at__isnull=True)


class Evidence(WorkspaceOwned):
    """The words of one message that ask for something. What a person decided about them, no analysis changes.

    *contact* is who wrote the message (`authors`).
    """

    class State(models.TextChoices):
        CERTAIN = "certain", "Certain"
        TO_CHECK = "to_check", "To check"
        ACCEPTED = "accepted", "Accepted"
        DISMISSED = "dismissed", "Dismissed"

    COUNTED = (State.CERTAIN, State.ACCEPTED)

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="evidence")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="evidence",
        db_constraint=False,  # the message's own is one
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="evidence")
    request = models.ForeignKey(FeatureRequest, on_delete=models.CASCADE, related_name="evidence", db_index=False)
    quote = models.TextField()  # as it stands in the message
    probability = models.FloatField()  # 0 … 1, that the message asks for a feature
    state = models.CharField(max_length=9, choices=State)
    decided_by = models.CharField(max_length=254, blank=True)  # who accepted or dismissed it
    moved_by = models.CharField(max_length=254, blank=True)  # who put it into its request; empty: Sonora
    vector = models.BinaryField(default=b"")  # of the quote, float16
    encoder = models.CharField(max_length=80, blank=True)  # what made the vector: a model, and names of one thing
    noted_at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager.from_queryset(EvidenceQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["request", "state"], name="evidence_by_request"),
            models.Index(
                fields=["workspace", "-probability", "-id"],
                condition=Q(state="to_check"),
                name="evidence_to_check",
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]


class Aliases(WorkspaceOwned):
    """Names of one thing: who asks for one of them asks for the others too."""

    names = models.JSONField(default=list)  # the first is what the others are read as
    by = models.CharField(max_length=254, blank=True)  # who wrote it last

    objects = WorkspaceManager["Aliases"]()

    def __str__(self) -> str:
        return ", ".join(self.names)


class Grouping(WorkspaceOwned):
    """How far the groups of a workspace are. Whoever places words locks its row, so that one thing is one group."""

    version = models.BigIntegerField(default=0)  # moves with each change of a vector
    compared = models.BigIntegerField(default=0)  # the version of which all requests were compared with each other

    objects = WorkspaceManager["Grouping"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="grouping_once_per_workspace")]

    def __str__(self) -> str:
        return f"version {self.version}"


class Likeness(WorkspaceOwned):
    """Two requests that may be one. A pair that a person refused is not suggested again."""

    first = models.ForeignKey(FeatureRequest, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(FeatureRequest, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()  # cosine of their vectors
    reasons = models.JSONField(default=list)
    refused_by = models.CharField(max_length=254, blank=True)
    refused_at = models.BigIntegerField(null=True)

    objects = WorkspaceManager["Likeness"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="likeness_once")]
        indexes = [models.Index(fields=["workspace", "-score", "-id"], name="likeness_by_score")]

    def __str__(self) -> str:
        return f"{self.first_id} is like {self.second_id}"


class Due(models.Model):
    """A request whose figures are to be counted anew. Triggers write it, whatever changed; `counting` takes it away.

    Without keys: nobody waits for anybody, and a request may be gone before it is counted.
    """

    request_id = models.BigIntegerField()
    words = models.BooleanField(default=False)  # its words changed as well, so its title may

    objects = models.Manager["Due"]()

    def __str__(self) -> str:
        return f"{self.request_id} is due"
