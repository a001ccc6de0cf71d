"""The one writer of notices."""

from integrations.models import Connection, Notice
from integrations.providers import provider_named
from sonora.core import clock


def write(connection: Connection, *, kind: str, word: str, text: str, is_open: bool = False) -> None:
    """Write a notice of *connection*; *is_open*: of trouble that lasts. IntegrityError when one is open already."""
    now = clock.now()
    Notice.objects.create(
        workspace_id=connection.workspace_id,
        connection=connection,
        provider=connection.provider,
        kind=kind,
        word=word,
        text=text,
        at=now,
        ended_at=None if is_open else now,
    )


def end(notice: Notice) -> bool:
    """Say that the trouble of *notice* is over; False when somebody else said so before."""
    return Notice.objects.filter(pk=notice.pk, ended_at__isnull=True).update(ended_at=clock.now()) == 1


def deletion_done(connection: Connection) -> None:
    """Note that the data of *connection* is gone, inside the transaction that deletes the connection itself."""
    title = provider_named(connection.provider).title
    write(connection, kind=Notice.DELETED, word="Deleted", text=f"The {title} data is deleted.")
