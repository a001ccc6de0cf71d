"""Whether a first sync is under way, which touches the same people with each of their conversations."""

from typing import Any

from django.apps import apps
from django.db.models import Model, OuterRef, Q, QuerySet


def under_way(workspace: OuterRef) -> QuerySet[Any, Any]:
    """The connections of *workspace* whose first sync goes on: nobody paused it, and nothing keeps it from going on."""
    connections: type[Model] = apps.get_model("integrations", "Connection")
    going_on = Q(setup="ok") & ~Q(run__startswith="paused")
    begun = Q(state__run_id__isnull=False, state__initial_done_at__isnull=True)
    return connections._default_manager.filter(going_on & begun, workspace=workspace)  # noqa: SLF001 - Django documents it
