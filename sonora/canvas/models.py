"""Canvases: pages of blocks that somebody watches. A block keeps a question; what it shows is worked out each time."""

from typing import Self

from django.db import models
from django.db.models import Q

from sonora.canvas.kinds import Kind
from sonora.chat.query import Query
from sonora.filters.filterset import FilterSet
from sonora.workspaces.models import Membership
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned

LONGEST_TITLE = 120  # characters
LONGEST_PROMPT = 2_000
LONGEST_NAME = 254
LONGEST_DEED = 200
COLUMNS = 12
WIDTHS = {4: "a third", 5: "two fifths", 7: "three fifths", 8: "two thirds", 12: "a whole row"}  # by columns, about


class CanvasQuerySet(models.QuerySet["Canvas"]):
    def of(self, member: Membership) -> Self:
        return self.filter(owner=member)

    def open_to(self, member: Membership) -> Self:
        """What *member* may look at: their own, and what others share."""
        return self.filter(Q(owner=member) | ~Q(access=Canvas.Access.PRIVATE))

    def changeable_by(self, member: Membership) -> Self:
        return self.filter(Q(owner=member) | Q(access=Canvas.Access.EDIT))


class Canvas(WorkspaceOwned):
    """*filters* count for every block. *version* rises whenever title, access or filters change."""

    class Access(models.TextChoices):
        PRIVATE = "private", "Only you"
        READ = "read", "Everybody can look"
        EDIT = "edit", "Everybody can change it"

    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    access = models.CharField(max_length=10, choices=Access, default=Access.PRIVATE)
    filters = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=LONGEST_NAME, blank=True)
    created_at = models.BigIntegerField()  # Unix seconds
    updated_at = models.BigIntegerField()  # of anything in it

    objects = WorkspaceManager.from_queryset(CanvasQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["owner", "-updated_at", "-id"], name="canvas_by_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def shown(self) -> FilterSet:
        return FilterSet.from_json(self.filters)


class BlockQuerySet(models.QuerySet["Block"]):
    def in_order(self) -> Self:
        """The first one of a canvas first, each with its canvas and what it last showed."""
        return self.select_related("canvas", "last").order_by("place", "pk")


class Block(WorkspaceOwned):
    """One question and how it is shown. *place* orders the blocks of a canvas; *version* rises with all else."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="blocks")
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    prompt = models.CharField(max_length=LONGEST_PROMPT, blank=True)  # the description it was made from
    kind = models.CharField(max_length=10, choices=Kind)
    query = models.JSONField()
    width = models.PositiveSmallIntegerField(default=5)  # in columns
    version = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=LONGEST_NAME, blank=True)
    updated_at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager.from_queryset(BlockQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["canvas", "place", "id"], name="block_by_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def meant(self) -> Query | None:
        """The question; None when it stands there in words that are not known any more."""
        try:
            return Query.from_json(self.query)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


class Edit(WorkspaceOwned):
    """What was done to a canvas (*deed*, in words), and how the canvas was *before* (`sonora.canvas.edits`)."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="+")
    deed = models.CharField(max_length=LONGEST_DEED)
    before = models.JSONField()
    by = models.CharField(max_length=LONGEST_NAME)
    at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["Edit"]()

    class Meta:
        indexes = [models.Index(fields=["canvas", "-id"], name="edit_by_canvas")]

    def __str__(self) -> str:
        return self.deed


class LastResult(WorkspaceOwned):
    """What a block last showed, for when it can't be worked out: *asked* is the question that it answers, as a digest.

    `sonora.canvas.lasting` alone writes it.
    """

    block = models.OneToOneField(Block, on_delete=models.CASCADE, related_name="last")
    asked = models.CharField(max_length=64)
    shown = models.JSONField()
    at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["LastResult"]()

    def __str__(self) -> str:
        return self.asked
