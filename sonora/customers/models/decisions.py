"""What people decided about companies: remembered, listed, undone."""

from django.db import models

from sonora.customers.models.companies import Company
from sonora.customers.models.customers import Customer
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class MatchingRules(WorkspaceOwned):
    """How the companies of a connection are matched. Without a row the defaults hold."""

    class Names(models.TextChoices):
        OFF = "off", "Off"
        SUGGEST = "suggest", "Suggest only"
        LINK = "link", "Link exact names automatically"

    connection = models.OneToOneField("integrations.Connection", on_delete=models.CASCADE, related_name="rules")
    by_id = models.BooleanField(default=True)  # whether the company's own id may be one that Sonora knows
    source = models.CharField(max_length=40, blank=True)  # the only source whose ids count; empty: all
    names = models.CharField(max_length=7, choices=Names, default=Names.SUGGEST)
    normal_forms = models.BooleanField(default=True)  # ignore case, punctuation, legal forms
    use_domains = models.BooleanField(default=True)  # benchmarks/README.md says why
    offer_creation = models.BooleanField(default=False)  # offer to create customers of unmatched companies

    objects = WorkspaceManager["MatchingRules"]()

    def __str__(self) -> str:
        return f"rules of {self.connection_id}"


class Rejection(WorkspaceOwned):
    """A person said that a company is not a customer. No machine proposes the pair again."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="rejections", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=254)
    at = models.BigIntegerField()

    objects = WorkspaceManager["Rejection"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "customer"], name="rejection_once")]

    def __str__(self) -> str:
        return f"{self.company_id} is not {self.customer_id}"


class Decision(WorkspaceOwned):
    """One act of a person, of one company or of many; the history shows it and can undo it."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", "Linked"
        LINK = "link", "Linked by hand"
        REJECT = "reject", "Not this"
        CREATE = "create", "Customer created"
        IGNORE = "ignore", "Ignored"
        RECONSIDER = "reconsider", "Taken up again"
        BULK = "bulk", "Linked together"
        NONE_OF_THESE = "bulk_none", "Not these"

    kind = models.CharField(max_length=10, choices=Kind)
    by = models.CharField(max_length=254)  # a person's e-mail
    at = models.BigIntegerField()
    created_customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_by = models.CharField(max_length=254, blank=True)
    undone_at = models.BigIntegerField(null=True)

    objects = WorkspaceManager["Decision"]()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at", "-id"], name="decision_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by}"


class Change(WorkspaceOwned):
    """What a decision did to one company's match: enough to put it back."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="changes")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="changes")
    rejected = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")  # a new rejection
    before = models.JSONField()  # the columns of the match, by name
    after = models.JSONField()

    objects = WorkspaceManager["Change"]()

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.company_id}"
