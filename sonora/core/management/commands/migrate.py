"""Django's `migrate`, which makes what belongs into an empty database at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from sonora.core import new_database

ONLY_SOME = ("app_label", "check_unapplied", "fake", "fake_initial", "plan", "prune")  # of what `migrate` does


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options[name] for name in ONLY_SOME) and new_database.is_empty(connection):
            if options["verbosity"] > 0:
                self.stdout.write("The database is empty: its tables are made as they are after all migrations.")
            new_database.make(connection)
        super().handle(*args, **options)
