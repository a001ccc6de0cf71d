"""At the end of a run: which customers the companies are by name. It asks the provider nothing."""

from integrations.sync.slice import Slice
from sonora.conversations import following
from sonora.customers import naming


def is_due(work: Slice) -> bool:
    """Whether a company is new, or was changed, since names were looked at."""
    return naming.are_due(work.connection.pk)


def look(work: Slice) -> None:
    """Look at all that are due, until the slice's time is over."""
    for looks in naming.look():
        with work.commit():
            following.note(work.connection.workspace_id, looks)
        if work.spent:
            return
