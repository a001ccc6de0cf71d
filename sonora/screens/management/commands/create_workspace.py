"""`manage.py create_workspace SLUG --name NAME --admin EMAIL`."""

import os
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django_scopes import scope

from sonora.core.text import clean_text
from sonora.workspaces import audit
from sonora.workspaces.models import Membership, User, Workspace
from sonora.workspaces.permissions import Role

VARIABLE = "SONORA_ADMIN_PASSWORD"


class Command(BaseCommand):
    help = (
        "Creates a workspace and its admin. The password is the one in SONORA_ADMIN_PASSWORD, or a new one that is "
        "printed. What exists stays as it is; a password given in SONORA_ADMIN_PASSWORD is set in any case."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the workspace's short name: letters, digits, - and _")
        parser.add_argument("--name", required=True, help="the workspace's name, as people read it")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="the e-mail address of its admin")

    def handle(self, *_: Any, slug: str, name: str, admin: str, **__: Any) -> None:
        slug, name, admin = _valid_slug(slug), _valid_name(name), _valid_email(admin)
        password = os.environ.get(VARIABLE, "")
        with transaction.atomic():
            workspace, is_new = Workspace.objects.get_or_create(slug=slug, defaults={"name": name})
            self.stdout.write(_of_workspace(workspace, is_new=is_new))
            self._admin(workspace, admin, password)

    def _admin(self, workspace: Workspace, email: str, password: str) -> None:
        user = User.objects.filter(email=email).first()
        generated = "" if user or password else secrets.token_urlsafe(15)
        if user is None:
            user = User.objects.create_user(email, password or generated)
            self.stdout.write(f"User {email} is new.")
        elif password:
            user.set_password(password)
            user.save(update_fields=["password"])
            self.stdout.write(f"User {email} has the password of {VARIABLE} now.")
        else:
            self.stdout.write(f"User {email} was there already and keeps the password.")
        self._member(workspace, user)
        if generated:
            self.stdout.write(f"Password: {generated}")

    def _member(self, workspace: Workspace, user: User) -> None:
        with scope(workspace=workspace):
            membership, is_new = Membership.objects.get_or_create(
                workspace=workspace, user=user, defaults={"role": Role.ADMIN}
            )
            if membership.role != Role.ADMIN:
                raise CommandError(
                    f"{user.email} is a {membership.role} of {workspace.slug}, and stays one. Name another admin."
                )
            if is_new:
                audit.record("member.added", subject=user.email, detail={"role": Role.ADMIN}, workspace=workspace)


def _of_workspace(workspace: Workspace, *, is_new: bool) -> str:
    if is_new:
        return f"Workspace {workspace.slug} is new."
    return f"Workspace {workspace.slug} was there already and stays as it is ({workspace.name})."


def _valid_slug(slug: str) -> str:
    try:
        validate_slug(slug)
    except ValidationError:
        raise CommandError("A workspace's short name has letters, digits, - and _ only.") from None
    if len(slug) > 60:
        raise CommandError("A workspace's short name has 60 characters at most.")
    return slug


def _valid_name(name: str) -> str:
    name = " ".join(clean_text(name).split())
    if not name or len(name) > 200:
        raise CommandError("A workspace's name has 1 to 200 characters.")
    return name


def _valid_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email!r} is no e-mail address.") from None
    return email
