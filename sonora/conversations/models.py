"""Conversations, their messages, who answers, and the tags on all of it."""

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Length

from sonora.customers.models import Company, Customer
from sonora.people.models import Contact, Person
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned
from sonora.workspaces.synced import GONE, SyncedObject, SyncedQuerySet


class Teammate(SyncedObject):
    """An Intercom admin."""

    name = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=254, blank=True)
    job_title = models.CharField(max_length=255, blank=True)

    objects = WorkspaceManager["Teammate"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "external_id"], name="teammate_once_per_connection")
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.external_id


class Team(SyncedObject):
    name = models.CharField(max_length=255, blank=True)

    objects = WorkspaceManager["Team"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="team_once_per_connection")]

    def __str__(self) -> str:
        return self.name or self.external_id


class Tag(SyncedObject):
    """An Intercom tag, known by its id: a rename changes nothing."""

    name = models.TextField(blank=True)

    objects = WorkspaceManager["Tag"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="tag_once_per_connection")]

    def __str__(self) -> str:
        return self.name or self.external_id


class ConversationQuerySet(SyncedQuerySet["Conversation"]):
    def for_reader(self) -> "ConversationQuerySet":
        """Together with everything that the page of one conversation says beside its messages."""
        people = ConversationContact.objects.select_related("contact__person").order_by("position", "pk")
        tags = ConversationTag.objects.all().in_use()
        return self.select_related("customer", "company", "assignee", "team").prefetch_related(
            models.Prefetch("contact_links", people), models.Prefetch("tag_links", tags)
        )

    def tagged(self, tags: Iterable[int], *, listed: bool) -> "ConversationQuerySet":
        """Conversations that carry any of *tags* (primary keys).

        *listed* begins with the rows of the tags, which is quick when they are few; else each conversation is asked.
        """
        links = ConversationTag.objects.filter(tag__in=tags)
        if listed:
            return self.filter(pk__in=links.values("conversation"))
        return self.filter(models.Exists(links.filter(conversation=models.OuterRef("pk"))))


class Conversation(SyncedObject):
    class State(models.TextChoices):
        OPEN = "open", "Open"
        SNOOZED = "snoozed", "Snoozed"
        CLOSED = "closed", "Closed"

    title = models.TextField(blank=True)
    preview = models.CharField(max_length=300, blank=True)  # the first words of the first message with words
    state = models.CharField(max_length=20, blank=True)
    open = models.BooleanField(default=False)
    priority = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=60, blank=True)
    delivered_as = models.CharField(max_length=60, blank=True)
    said_at = models.BigIntegerField(null=True)  # when they or we last wrote to the other; no note, no bot
    waiting_since = models.BigIntegerField(null=True)
    snoozed_until = models.BigIntegerField(null=True)
    rating = models.IntegerField(null=True)
    rating_remark = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    assignee = models.ForeignKey(Teammate, on_delete=models.SET_NULL, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.SET_NULL, null=True, related_name="conversations")
    customer = models.ForeignKey(
        Customer, on_delete=models.SET_NULL, null=True, related_name="conversations", db_index=False
    )
    parts_total = models.IntegerField(null=True)  # parts that the provider counts, the opening message left out
    parts_held = models.IntegerField(default=0)  # parts held here, the opening message left out
    linked_tickets = models.JSONField(default=list)
    untagged = models.BooleanField(default=True)  # no row of ConversationTag is its own; kept by whoever writes those

    objects = WorkspaceManager.from_queryset(ConversationQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "external_id"], name="conversation_once_per_connection"),
        ]
        indexes = [
            models.Index(  # the connection says whether sentiment is shown: so a filter need not read the rows
                fields=["workspace", "-updated_at", "-id", "connection"],
                condition=models.Q(deleted_at__isnull=True, fetched_at__isnull=False),
                name="conversation_present_by_time",
            ),
            models.Index(
                fields=["workspace", "-updated_at", "-id"],
                condition=models.Q(untagged=True),
                name="conversation_untagged",
            ),
            models.Index(fields=["workspace", "state", "-updated_at", "-id"], name="conversation_by_state"),
            models.Index(fields=["customer", "-updated_at"], name="conversation_by_customer"),
            models.Index(fields=["customer", "-said_at"], name="conversation_by_last_contact"),
            models.Index(  # counts those of large customers, by time too, without reading the rows
                fields=["customer", "workspace", "state", "id", "created_at", "connection"],
                condition=models.Q(deleted_at__isnull=True, fetched_at__isnull=False),
                name="present_by_customer",
            ),
            models.Index(  # in the order of links: these are met without reading the rows
                fields=["workspace", "id", "created_at", "connection", "state", "assignee"],
                condition=models.Q(deleted_at__isnull=True, fetched_at__isnull=False),
                name="present_by_key",
            ),
            models.Index(
                fields=["workspace", "-created_at", "-id", "connection"],
                condition=models.Q(deleted_at__isnull=True, fetched_at__isnull=False),
                name="present_by_creation",
            ),
            models.Index(
                fields=["connection", "deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="conversation_by_deletion",
            ),
            models.Index(fields=["workspace", "created_at"], condition=GONE, name="conversation_gone"),
        ]

    def __str__(self) -> str:
        return self.title or self.preview or self.external_id


class ConversationContact(WorkspaceOwned):
    """A contact takes part in a conversation; *person* and *role* are those of the contact (`taking_part`)."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="contact_links", db_index=False
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="conversation_links", db_index=False)
    position = models.IntegerField(default=0)  # 0: the first one named
    person = models.ForeignKey(
        Person,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="conversation_links",
        db_index=False,
        db_constraint=False,  # the contact's own is one
    )
    role = models.CharField(max_length=20, blank=True)

    objects = WorkspaceManager["ConversationContact"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "contact"], name="conversation_contact_once"),
        ]
        indexes = [  # each answers from one end for the other without reading the rows
            models.Index(fields=["conversation", "workspace", "person", "contact"], name="people_by_conversation"),
            models.Index(fields=["contact", "workspace", "conversation"], name="conversations_by_contact"),
            models.Index(fields=["person", "workspace", "conversation"], name="conversations_by_person"),
            models.Index(fields=["workspace", "role", "conversation"], name="conversations_by_role"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.conversation_id}"


CUSTOMER_TYPES = frozenset({"user", "lead", "contact"})  # who writes that is not the workspace itself


class MessageQuerySet(models.QuerySet["Message"]):
    def by_customers(self) -> "MessageQuerySet":
        """What people outside the workspace wrote: nothing of teammates, bots or machines, no note."""
        return self.filter(author_type__in=CUSTOMER_TYPES, internal=False, from_ai=False, redacted=False)

    def in_order(self) -> "MessageQuerySet":
        """Oldest first; the opening message before its parts; of one second, by the provider's id as a number."""
        return self.order_by("-origin", "created_at", Length("external_id"), "external_id")


class Message(WorkspaceOwned):
    """The opening message of a conversation (origin `source`) or one of its parts."""

    class Origin(models.TextChoices):
        SOURCE = "source", "Opening message"
        PART = "part", "Part"

    connection = models.ForeignKey(
        "integrations.Connection", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    external_id = models.CharField(max_length=80)
    origin = models.CharField(max_length=6, choices=Origin)
    kind = models.CharField(max_length=80, blank=True)  # the provider's part type; an open set
    internal = models.BooleanField(default=False)  # a note among teammates
    author_type = models.CharField(max_length=30, blank=True)
    author_external_id = models.CharField(max_length=64, blank=True)
    author_name = models.CharField(max_length=255, blank=True)
    author_email = models.CharField(max_length=254, blank=True)
    from_ai = models.BooleanField(default=False)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="messages", db_index=False)
    teammate = models.ForeignKey(
        Teammate, on_delete=models.SET_NULL, null=True, related_name="messages", db_index=False
    )
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # [{"name", "url", "content_type", "size"}]
    redacted = models.BooleanField(default=False)
    created_at = models.BigIntegerField(null=True)
    updated_at = models.BigIntegerField(null=True)

    objects = WorkspaceManager.from_queryset(MessageQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "external_id"], name="message_once_per_conversation"),
        ]
        indexes = [models.Index(fields=["contact", "created_at"], name="messages_by_contact")]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"


class TagLink(WorkspaceOwned):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    applied_at = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class ConversationTagQuerySet(models.QuerySet["ConversationTag"]):
    def in_use(self) -> "ConversationTagQuerySet":
        """With their tags, by name, but for those that were deleted at the provider since."""
        return self.filter(tag__deleted_at__isnull=True).select_related("tag").order_by("tag__name", "pk")


class ConversationTag(TagLink):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="tag_links", db_index=False)

    objects = WorkspaceManager.from_queryset(ConversationTagQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "tag"], name="conversation_tag_once")]
        indexes = [models.Index(fields=["tag", "workspace", "conversation"], name="conversations_by_tag")]


class MessageTag(TagLink):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tag_links", db_index=False)

    objects = WorkspaceManager["MessageTag"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "tag"], name="message_tag_once")]


class ContactTag(TagLink):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="tag_links", db_index=False)

    objects = WorkspaceManager["ContactTag"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "tag"], name="contact_tag_once")]


class CompanyTag(TagLink):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="tag_links", db_index=False)

    objects = WorkspaceManager["CompanyTag"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "tag"], name="company_tag_once")]
