"""Which company is which customer, and what people decided about it."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import models
from django.db.models.deletion import Collector

from sonora.customers.models.companies import Company
from sonora.customers.models.customers import Customer, ExternalId
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


def released(collector: Collector, _: Any, matches: Iterable[Any], using: str) -> None:  # noqa: ARG001 - Django's
    """What becomes of a match whose customer is deleted, whoever decided it: the company is free again."""
    rows = list(matches)
    for name, value in Match.FREE.items():
        field = cast("models.Field[Any, Any]", Match._meta.get_field(name))  # noqa: SLF001 - Django documents it
        collector.add_field_update(field, () if value == [] else value, rows)  # Django keeps it as a key


class MatchQuerySet(models.QuerySet["Match"]):
    def linking(self) -> "MatchQuerySet":
        """Matches that give their company to a customer; a suggestion or a conflict does not."""
        return self.filter(state__in=Match.LINKING, customer__isnull=False)

    def by_machine(self) -> "MatchQuerySet":
        """Matches that Sonora made by itself and may therefore change."""
        decided = models.Q(state__in=[Match.State.CONFIRMED, Match.State.IGNORED]) | models.Q(
            method=Match.Method.MANUAL
        )
        return self.filter(decided_by="").exclude(decided)


class Match(WorkspaceOwned):
    """The decision that a company is a customer. What a person decided, no machine overwrites."""

    class State(models.TextChoices):
        AUTO = "auto", "Automatic"
        SUGGESTED = "suggested", "Suggested"
        CONFIRMED = "confirmed", "Confirmed"
        CONFLICT = "conflict", "Conflict"
        UNMATCHED = "unmatched", "Unmatched"
        IGNORED = "ignored", "Ignored"

    class Method(models.TextChoices):
        EXTERNAL_ID = "external_id", "by ID"
        NAME = "name", "by name"
        MANUAL = "manual", "by hand"

    class Doubt(models.TextChoices):
        TWO_IDS = "two_ids", "Same ID of two customers"
        NEAR = "near", "Two customers are equally likely"
        NAME = "name", "The name says another customer"

    LINKING = (State.AUTO, State.CONFIRMED)
    FREE: dict[str, Any] = {
        "customer": None,
        "external_id": None,
        "state": State.UNMATCHED,
        "method": "",
        "score": None,
        "reasons": [],
        "decided_by": "",
        "doubt": "",
        "has_rivals": False,
        "names_due": True,
    }

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="match")
    customer = models.ForeignKey(Customer, on_delete=released, null=True, related_name="matches")
    external_id = models.ForeignKey(ExternalId, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    method = models.CharField(max_length=11, choices=Method, blank=True)
    score = models.IntegerField(null=True)  # 0–100; null when by ID
    reasons = models.JSONField(default=list)
    decided_by = models.CharField(max_length=254, blank=True)  # a person's e-mail; empty: Sonora itself
    decided_at = models.BigIntegerField()
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    has_rivals = models.BooleanField(default=False)  # by its name the company may be another customer as well
    names_due = models.BooleanField(default=True)  # the name, the website or the people are still to be looked at
    version = models.IntegerField(default=0)  # one more with each change; tells whether a page is out of date

    objects = WorkspaceManager.from_queryset(MatchQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "state"], name="match_by_state"),
            models.Index(fields=["workspace"], condition=models.Q(names_due=True), name="match_with_names_due"),
        ]

    @property
    def is_by_machine(self) -> bool:
        """Whether Sonora made it by itself and may therefore change it; `by_machine` is the same as a query."""
        decided = self.state in {self.State.CONFIRMED, self.State.IGNORED} or self.method == self.Method.MANUAL
        return not self.decided_by and not decided

    def __str__(self) -> str:
        return f"{self.company_id} is {self.customer_id}: {self.state}"
