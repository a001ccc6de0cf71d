"""How much was sent to the language model."""

from django.db import models

from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class SentTexts(WorkspaceOwned):
    """Texts of one workspace that were sent on one day (UTC)."""

    day = models.DateField()
    count = models.IntegerField(default=0)

    objects = WorkspaceManager["SentTexts"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "day"], name="sent_texts_once_a_day")]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"
