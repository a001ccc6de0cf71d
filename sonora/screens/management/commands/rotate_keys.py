"""`manage.py rotate_keys`: after a new first key in FIELD_ENCRYPTION_KEYS, and before the old one is taken away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sonora.core.rotation import Rotation, encrypted_columns, rotate


class Command(BaseCommand):
    help = "Re-encrypt every stored secret under the first key of FIELD_ENCRYPTION_KEYS."

    def handle(self, *_: object, **__: Any) -> None:
        """Exit code 0 when every secret is under the first key; 1 when one is not. Running it again goes on."""
        results = [rotate(model, column) for model, column in encrypted_columns()]
        for result in results:
            self.stdout.write(f"{result.label}: {result.rotated} re-encrypted, {result.current} were already.")
            for row in result.unreadable:
                self.stderr.write(row)
        _refuse_what_is_left(results)


def _refuse_what_is_left(results: list[Rotation]) -> None:
    unreadable = sum(len(result.unreadable) for result in results)
    changed = sum(result.changed for result in results)
    if unreadable:
        raise CommandError(
            f"Secrets that cannot be read: {unreadable}. If an old key is missing, add it behind the first in "
            "FIELD_ENCRYPTION_KEYS and run this again; otherwise connect the workspaces of these rows again."
        )
    if changed:
        raise CommandError(
            f"Secrets that were changed while this ran: {changed}. Run it again before a key is removed."
        )
