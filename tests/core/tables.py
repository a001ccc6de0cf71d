# ruff: noqa: DJ008
"""Small models of no installed application: what `sonora.core` needs to be tried on real tables."""

from django.db import models

from sonora.core.encrypted import EncryptedField


class Owner(models.Model):
    """A parent of a workspace."""

    workspace_id = models.BigIntegerField()
    name = models.TextField(default="")

    class Meta:
        app_label = "core_tests"


class Vault(models.Model):
    workspace_id = models.BigIntegerField()
    name = models.CharField(max_length=40, default="")
    token = EncryptedField(null=True)

    class Meta:
        app_label = "core_tests"


class Note(models.Model):
    """A synced row with a version, of the kinds of columns that the product uses."""

    workspace_id = models.BigIntegerField()
    source = models.BigIntegerField()
    external_id = models.CharField(max_length=64)
    updated_at = models.BigIntegerField(null=True)
    fetched_at = models.BigIntegerField(null=True)
    text = models.TextField(default="")
    read = models.BooleanField(default=False)
    score = models.FloatField(null=True)
    labels = models.JSONField(default=list)
    kept = models.IntegerField(default=7)
    owner = models.ForeignKey(Owner, null=True, on_delete=models.CASCADE)

    class Meta:
        app_label = "core_tests"
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="note_once_per_source")]


MODELS = [Owner, Vault, Note]
