"""The version of a workspace's groups. Who changes a vector moves it on, and places words alone until that is done."""

from sonora.insights.models import Grouping


def advance(workspace_id: int) -> int:
    """The next version of the workspace's groups; its row stays locked until the transaction ends."""
    grouping, _ = Grouping.objects.select_for_update().get_or_create(workspace_id=workspace_id)
    grouping.version += 1
    grouping.save(update_fields=["version"])
    return grouping.version


def current(workspace_id: int) -> int:
    """The version that is committed; 0 before anything was placed."""
    found = Grouping.objects.filter(workspace=workspace_id).values_list("version", flat=True).first()
    return found or 0
