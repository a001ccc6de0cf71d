"""`intercom disconnect`: erase the token; keep the data, or delete it."""

import sys
from argparse import ArgumentParser

from integrations import connections, purge, tally
from integrations.commands import BY, DONE, Options, Output, Stopped, connection_of, provider, workspace_named
from integrations.models import Connection
from sonora.core import words
from sonora.workspaces.scoping import scope

HELP = "Erase the token and stop syncing; keep the data or delete it."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="SLUG")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--keep", action="store_true", help="the data stays, frozen at today")
    what.add_argument("--delete", action="store_true", help="everything that came from Intercom is removed")
    parser.add_argument("--yes", action="store_true", help="delete without asking for the workspace's name")


def run(options: Options, output: Output) -> int:
    """Disconnect; with --delete, come back when nothing is left."""
    workspace = workspace_named(options["workspace"])
    with scope(workspace=workspace):
        connection = connection_of(workspace)
        if options["delete"] and not options["yes"]:
            _ask(connection, output)
        if connection.setup != Connection.Setup.DELETING:  # one that was broken off goes on
            connections.disconnect(connection, by=BY, delete=options["delete"])
        if not options["delete"]:
            output.out.write(f"{provider().title} is disconnected. The data is kept.")
            return DONE
        purge.run_all(connection.pk)
    output.out.write(f"{provider().title} is disconnected. Its data is deleted.")
    return DONE


def _ask(connection: Connection, output: Output) -> None:
    name = connection.app_name or connection.app_id
    if not sys.stdin.isatty():
        raise Stopped("Deleting can't be undone. Say --yes to delete without being asked.")
    counts = tally.rows_of(connection)
    output.out.write(
        f"This removes {words.counted(counts['conversations'], 'conversation')}, "
        f"{words.counted(counts['messages'], 'message')} and {words.counted(counts['contacts'], 'contact')}. "
        "It can't be undone."
    )
    if input(f"Type {name} to delete: ").strip() != name:
        raise Stopped("That is not the workspace's name. Nothing was deleted.")
