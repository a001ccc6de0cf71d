"""`intercom export`: everything that is held, one JSON object a line."""

import contextlib
import sys
from argparse import ArgumentParser
from itertools import islice

from integrations import export
from integrations.changes import record
from integrations.commands import BY, DONE, Options, Output, connection_of, workspace_named
from sonora.workspaces.scoping import scope

HELP = "Write every object that is held as JSON lines, sorted by type and id."
LINES_A_WRITE = 500


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="SLUG")


def run(options: Options, output: Output) -> int:
    """Write the export; a reader that closes the pipe early (`| head`) ends it quietly."""
    workspace = workspace_named(options["workspace"])
    with scope(workspace=workspace):
        connection = connection_of(workspace)
        record("exported", connection, by=BY, request=None)
        lines = export.lines(connection)
        with contextlib.suppress(BrokenPipeError):
            while some := list(islice(lines, LINES_A_WRITE)):
                output.out.write("\n".join(some))
            return DONE
    sys.stdout = None  # the pipe is closed: nothing may be flushed into it at the end
    return DONE
