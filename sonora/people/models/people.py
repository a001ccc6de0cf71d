"""The people that a workspace talks with."""

from django.db import models
from django.db.models.functions import Lower

from sonora.customers.models import Company
from sonora.people.chosen import Chosen
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned
from sonora.workspaces.synced import GONE, SyncedObject, SyncedQuerySet


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> "PersonQuerySet":
        """People with at least one contact that is still at the provider."""
        held = Contact.objects.filter(person=models.OuterRef("pk"), fetched_at__isnull=False, deleted_at__isnull=True)
        return self.filter(models.Exists(held))

    def with_choices(self) -> "PersonQuerySet":
        """Together with what somebody said of them, for `chosen_champion` and `chosen_engagement`."""
        return self.select_related("champion_choice", "engagement_choice")


class Person(WorkspaceOwned):
    """The human in People Graph: all contacts of one identity, and those of whoever was merged into them."""

    identity = models.CharField(max_length=330)  # of which contacts, see `sonora.people.identities`
    name = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=254, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="merged")

    objects = WorkspaceManager.from_queryset(PersonQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "identity"], name="person_once_per_identity")]
        indexes = [
            models.Index(fields=["workspace", "name", "id"], name="person_by_name"),
            models.Index("workspace", Lower("name"), name="person_by_lower_name"),  # a name in a question, in any case
        ]

    def __str__(self) -> str:
        return self.name or self.email or "Unknown person"

    @property
    def chosen_champion(self) -> Chosen[bool] | None:
        """Whether somebody said that they are a champion, or are none; None when nobody said anything."""
        choice = getattr(self, "champion_choice", None)
        return Chosen(choice.is_champion, choice.by, choice.at) if choice else None

    @property
    def chosen_engagement(self) -> Chosen[str] | None:
        """Which level of engagement somebody said they have; None when nobody said anything."""
        choice = getattr(self, "engagement_choice", None)
        return Chosen(choice.level, choice.by, choice.at) if choice else None


class ContactQuerySet(SyncedQuerySet["Contact"]):
    """Contacts, of which some are gone at the provider."""


class Contact(SyncedObject):
    """An Intercom user or lead; `user_id` is the id that the customer's own systems gave them."""

    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="contacts")
    role = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    job_title = models.CharField(max_length=255, blank=True)
    user_id = models.CharField(max_length=255, blank=True)
    has_bounced = models.BooleanField(default=False)  # mail to them came back for good
    placed = models.CharField(max_length=40, blank=True)  # the identity that somebody gave it by splitting it off
    last_seen_at = models.BigIntegerField(null=True)
    merged_into = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=500, blank=True)

    objects = WorkspaceManager.from_queryset(ContactQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "external_id"], name="contact_once_per_connection")
        ]
        indexes = [
            models.Index(fields=["workspace", "-updated_at", "-id"], name="contact_by_time"),
            models.Index(fields=["connection", "created_at"], name="contact_by_creation"),
            models.Index(
                fields=["connection", "deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="contact_by_deletion",
            ),
            models.Index(fields=["workspace", "role", "id"], name="contact_by_role"),
            models.Index(fields=["workspace", "person"], condition=GONE, name="contact_gone"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or "Unknown person"


class ContactCompanyQuerySet(models.QuerySet["ContactCompany"]):
    def present(self) -> "ContactCompanyQuerySet":
        """Links of contacts that are still at the provider."""
        return self.filter(deleted_at__isnull=True)

    def held(self) -> "ContactCompanyQuerySet":
        """Links of which both ends are still there."""
        return self.present().filter(company__deleted_at__isnull=True)


class ContactCompany(WorkspaceOwned):
    """A contact works for a company, as the provider says.

    *person* and *deleted_at* are those of the contact (`employed`).
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="company_links", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="contact_links", db_index=False)
    person = models.ForeignKey(
        Person,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="company_links",
        db_index=False,
        db_constraint=False,  # the contact's own is one
    )
    deleted_at = models.BigIntegerField(null=True)  # Unix seconds

    objects = WorkspaceManager.from_queryset(ContactCompanyQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "company"], name="contact_company_once")]
        indexes = [  # each answers from one end for the other without reading the rows
            models.Index(fields=["company", "workspace", "person", "deleted_at"], name="people_by_company"),
            models.Index(fields=["person", "workspace", "company", "deleted_at"], name="companies_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.company_id}"
