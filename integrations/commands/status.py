"""`intercom status`: how a connection is doing."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from integrations import report
from integrations.commands import DONE, Options, Output, connection_of, workspace_named
from sonora.core import words
from sonora.core.words import moment
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


def _lines(told: dict[str, Any]) -> Iterator[str]:
    state = told["state"]
    yield f"{state['word']}: {state['sentence']}"
    yield from (f"  {state[name]}" for name in ("standstill", "advice", "note") if state[name])
    for name, stream in told["streams"].items():
        said = "?" if stream["said"] is None else stream["said"]
        yield f"  {name:<14} held {stream['held']:>9} of {said:>9}  {stream['why']}"
    yield f"  {'messages':<14} held {told['messages']:>9}  {_parts(told['parts'])}"
    yield from (f"  {one}" for one in _trouble(told))
    yield f"  {'complete back':<14} {_complete(state)}"
    yield f"  {'synced through':<14} {_moment(state['synced_through'])}"
    yield f"  {'deletions':<14} {told['coverage']['deletions']}"
    yield f"  {'never seen':<14} {told['coverage']['unseen']}"


def _parts(parts: dict[str, int]) -> str:
    lost = [(parts["not_retrievable"], "not retrievable"), (parts["unreadable"], "could not be read")]
    return ", ".join(f"{number} {what}" for number, what in lost if number) or "nothing missing"


def _trouble(told: dict[str, Any]) -> Iterator[str]:
    if dead := told["dead_letters"]["total"]:
        yield f"{words.counted(dead, 'dead letter')}: tried again by the sweeps, or when somebody asks"
    for off in told["off"]:
        yield f"{off['stream']} is off ({off['reason']}): {off['permission']}"
    for stream, suspect in told["suspects"].items():
        yield f"{suspect['gone']} {stream} are gone at once: kept until somebody says that they may go"
    for stream, found in told["coverage"]["unknown"].items():
        yield f"{stream} have values that this version doesn't know, stored as they are: {', '.join(found)}"
    if told["coverage"]["search_is_late"]:
        yield f"the search showed a change {told['coverage']['search_lag']} s late"


def _complete(state: dict[str, Any]) -> str:
    if state["complete_back_to"] is None:
        return "to the beginning" if state["backfill_done"] else "not known yet"
    return f"to {_moment(state['complete_back_to'])}{'' if state['backfill_done'] else ' so far'}"


def _moment(seconds: int | None) -> str:
    return "not known yet" if seconds is None else f"{moment(seconds):%Y-%m-%d %H:%M:%S} UTC"
