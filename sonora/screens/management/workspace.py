"""The workspace that a command is for."""

from django.core.management.base import CommandError

from sonora.workspaces.models import Workspace


def named(slug: str) -> Workspace:
    """The workspace with the short name *slug*. Raises CommandError."""
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        raise CommandError(f"There is no workspace {slug!r}. Create it with: manage.py create_workspace {slug} …")
    return workspace
