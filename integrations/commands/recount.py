"""`intercom recount`: whether what is said to be held is what is held."""

from argparse import ArgumentParser

from integrations import held_totals
from integrations.commands import DONE, Options, Output, connection_of, workspace_named
from sonora.workspaces.scoping import scope

HELP = "Count all that is held anew, set right what the kept totals lack, and say what that was. The sync may go on."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="SLUG")


def run(options: Options, output: Output) -> int:
    workspace = workspace_named(options["workspace"])
    with scope(workspace=workspace):
        wrong = held_totals.mend(connection_of(workspace).pk)
    for kind, lacks in wrong.items():
        output.out.write(f"{kind}: {', '.join(f'{name} {lack:+d}' for name, lack in lacks.items())}\n")
    output.out.write("Set right.\n" if wrong else "All totals are right.\n")
    return DONE
