"""`intercom status`: how a connection is doing."""

import json
from argparse import ArgumentParser
from typing import Any

from integrations import report
from integrations.commands import DONE, Options, Output, connection_of, workspace_named
from sonora.workspaces.scoping import scope

HELP = "Say how the connection is doing: state, what is held against what Intercom says, runs, lag."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="SLUG")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(options: Options, output: Output) -> int:
    workspace = workspace_named(options["workspace"])
    with scope(workspace=workspace):
        told = report.as_json(connection_of(workspace))
    output.out.write(json.dumps(told, ensure_ascii=False) if options["json"] else "\n".join(_lines(told)))
    return DONE


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [f"{told['state']['word']}: {told['state']['sentence']}"]
    for name, stream in told["streams"].items():
        said = "?" if stream["said"] is None else stream["said"]
        lines.append(f"  {name:<14} held {stream['held']:>9} of {said:>9}  {stream['why']}")
    lines.append(f"  {'messages':<14} held {told['messages']:>9}")
    return lines
