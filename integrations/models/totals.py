"""How much each connection holds."""

from django.db import models
from django.db.models import Q

from sonora.core.running_totals import Entry


class HeldTotal(Entry):
    """How much of one kind of object a connection holds: the sum of its entries, which triggers write (`held_totals`).

    All `number` rows; of them those that are `held` (what a person can see) and `named_only` (not read yet). Of
    conversations that are held: their `parts`, the `parts_lacking` that the provider counts besides, and how many are
    `short` of some.
    """

    connection_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    number = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    named_only = models.BigIntegerField(default=0)
    parts = models.BigIntegerField(default=0)
    parts_lacking = models.BigIntegerField(default=0)
    short = models.BigIntegerField(default=0)

    objects = models.Manager["HeldTotal"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection_id", "kind"], condition=Q(settled=True), name="one_settled_held_total"
            )
        ]
        indexes = [models.Index(fields=["connection_id", "settled"], name="held_total_by_connection")]

    def __str__(self) -> str:
        return f"{self.held} {self.kind}"
