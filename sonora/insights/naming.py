"""The names of one thing that a workspace wrote down, or the ones that every workspace begins with."""

from django.db import transaction

from sonora.customers import matches
from sonora.insights.aliases import Names
from sonora.insights.models import Aliases, Analysis, Evidence


def names() -> Names:
    """The table of the current workspace."""
    lines = tuple(tuple(line) for line in Aliases.objects.order_by("pk").values_list("names", flat=True))
    return Names(tuple(line for line in lines if line)) if lines else Names()


def write(workspace_id: int, table: Names, *, by: str) -> None:
    """*by* (an e-mail) says that *table* holds from now on. An empty one is kept as an empty line.

    Conversations whose quotes read otherwise by it are analysed again.
    """
    before = names()
    said = Evidence.objects.values_list("conversation", "quote").iterator()
    other = {talk for talk, quote in said if before.plain(quote) != table.plain(quote)}
    with transaction.atomic():
        for some in matches.chunks(other):
            Analysis.objects.filter(pk__in=some).update(requests_by="")
        Aliases.objects.all().delete()
        Aliases.objects.bulk_create(
            Aliases(workspace_id=workspace_id, names=list(line), by=by) for line in table.lines or ((),)
        )
