"""What members asked: threads of questions, each with the query that it was read as. Answers are never kept."""

from typing import Self

from django.db import models
from django.db.models import Q

from sonora.chat.query import Query
from sonora.workspaces.models import Membership
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned

LONGEST_TITLE = 120  # characters
LONGEST_QUESTION = 2_000
LONGEST_REASON = 500
LONGEST_MODEL = 100


class ThreadQuerySet(models.QuerySet["Thread"]):
    def of(self, member: Membership) -> Self:
        """The threads of *member*, the last used first."""
        return self.filter(owner=member).order_by("-updated_at", "-pk")

    def open_to(self, member: Membership) -> Self:
        """What *member* may read: their own threads, and those that others share."""
        return self.filter(Q(owner=member) | Q(is_shared=True))


class Thread(WorkspaceOwned):
    """Questions that follow each other; their owner's alone until they share it with the workspace."""

    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)  # the first question
    is_shared = models.BooleanField(default=False)
    created_at = models.BigIntegerField()  # Unix seconds
    updated_at = models.BigIntegerField()

    objects = WorkspaceManager.from_queryset(ThreadQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["owner", "-updated_at", "-id"], name="thread_by_owner")]

    def __str__(self) -> str:
        return self.title


class Turn(WorkspaceOwned):
    """One question of a thread. *query* is null when nothing in it was understood.

    *read_by* names the language model that proposed the query; empty: the rules read it. *opinion* is what its owner
    says of the answer, *reason* why; both may be changed and taken back.
    """

    class Opinion(models.TextChoices):
        GOOD = "good", "Helpful"
        BAD = "bad", "Not helpful"

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="turns")
    question = models.CharField(max_length=LONGEST_QUESTION)
    query = models.JSONField(null=True)
    ignored = models.JSONField(default=list)  # [{"words", "why", "options"}]
    read_by = models.CharField(max_length=LONGEST_MODEL, blank=True)
    opinion = models.CharField(max_length=4, choices=Opinion, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["Turn"]()

    def __str__(self) -> str:
        return self.question

    @property
    def meant(self) -> Query | None:
        """The query that the question was read as."""
        return Query.from_json(self.query) if self.query else None
