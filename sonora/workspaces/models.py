"""Users, workspaces, who belongs to which, and what was done in them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from sonora.workspaces.permissions import Role
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user who signs in with *email* (kept in lower case) and *password*; None means cannot sign in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in, by e-mail."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "System"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    read_with: "list[Membership] | None" = None  # all memberships, where `signed_in` read them with the person

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class Workspace(models.Model):
    """One tenant of Sonora. Nothing is ever visible across workspaces."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(WorkspaceOwned):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    notices_seen_at = models.BigIntegerField(default=0)  # Unix seconds: what is newer is new to this person

    objects = WorkspaceManager["Membership"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="membership_once_per_workspace")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.workspace_id}"


class AuditEntry(WorkspaceOwned):
    """Who did what, when. Triggers refuse to change or delete one, so it keeps words and ids, no links to users."""

    at = models.BigIntegerField()  # Unix seconds
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=254, blank=True)  # the e-mail at that time; empty: Sonora itself
    ip = models.GenericIPAddressField(null=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    objects = WorkspaceManager["AuditEntry"]()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at"], name="audit_by_time")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
