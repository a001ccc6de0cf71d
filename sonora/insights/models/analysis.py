"""How far the analysis of conversations is: the only truth about what is still to do."""

from django.db import models

from sonora.conversations.models import Conversation
from sonora.core.running_totals import Entry
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned

VERSION_LENGTH = 120  # characters of a reader's version


class Analysis(WorkspaceOwned):
    """One conversation: whether what it says was read as it is now, and by which reader.

    Whoever changes its messages empties the two versions and moves *changes* on in the same transaction, so an
    analysis that began before the change finds another number and is done again.
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="analysis"
    )
    connection = models.ForeignKey(
        "integrations.Connection", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    changes = models.IntegerField(default=0)
    changed_at = models.BigIntegerField(default=0)  # the conversation's time at that change: the newest is read first
    sentiment_by = models.CharField(max_length=VERSION_LENGTH, blank=True)  # the reader's version; empty: still to do
    requests_by = models.CharField(max_length=VERSION_LENGTH, blank=True)

    objects = WorkspaceManager["Analysis"]()

    class Meta:
        indexes = [
            models.Index(fields=["connection", "sentiment_by", "-changed_at"], name="analysis_sentiment_due"),
            models.Index(fields=["connection", "requests_by", "-changed_at"], name="analysis_requests_due"),
        ]

    def __str__(self) -> str:
        return f"analysis of {self.conversation_id}"


class AnalysisTotal(Entry):
    """How many conversations were read by these two versions (empty: still to do): the sum of its entries.

    Triggers on analyses write them (`sonora.insights.analysed`), so that nobody counts a million to say what waits.
    """

    connection_id = models.BigIntegerField()
    sentiment_by = models.CharField(max_length=VERSION_LENGTH, blank=True)
    requests_by = models.CharField(max_length=VERSION_LENGTH, blank=True)
    conversations = models.BigIntegerField(default=0)

    objects = models.Manager["AnalysisTotal"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection_id", "sentiment_by", "requests_by"],
                condition=models.Q(settled=True),
                name="one_settled_analysis_total",
            )
        ]
        indexes = [models.Index(fields=["connection_id", "settled"], name="analysis_total_by_connection")]

    def __str__(self) -> str:
        return f"{self.conversations} conversations"


class Turn(WorkspaceOwned):
    """When it was last a connection's turn to be analysed, so that a small one is not behind a large one.

    *number* counts all turns of all connections: the lowest is next. *held_until* (Unix seconds of the database) keeps
    a second worker from the same conversations. *tries* are turns begun since one ended well: a conversation that kills
    its worker is found by them. *looked_at* (likewise) is when a worker last looked for work, to the minute: so people
    are told when none does.
    """

    connection = models.OneToOneField(
        "integrations.Connection", on_delete=models.CASCADE, primary_key=True, related_name="analysis_turn"
    )
    number = models.BigIntegerField(default=0)
    held_until = models.BigIntegerField(default=0)
    tries = models.IntegerField(default=0)
    looked_at = models.BigIntegerField(default=0)
    reader = models.CharField(max_length=VERSION_LENGTH, blank=True)  # the version that it is analysed by

    objects = WorkspaceManager["Turn"]()

    def __str__(self) -> str:
        return f"turn of {self.connection_id}"
