"""`intercom connect`: check a token, store it, and let the first sync start."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from integrations import connections, permissions
from integrations.checks import CheckResult
from integrations.commands import BY, DONE, Options, Output, access, provider, workspace_named
from integrations.forms import SWITCHES
from integrations.models import Connection, PermissionCheck
from integrations.refusals import CheckRefused
from sonora.workspaces.scoping import scope

HELP = "Connect a workspace. The token comes from stdin or INTERCOM_TOKEN; it is checked before it is stored."
DEFAULT_LOOKBACK = 90
LONGEST_LOOKBACK = 36_500


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="SLUG")
    parser.add_argument("--base-url", required=True, help="API base URL, for example https://api.intercom.io")
    parser.add_argument(
        "--lookback-days",
        type=_days,
        metavar="N",
        help=f"closed conversations of the last N days; 0: none; all: every one (default {DEFAULT_LOOKBACK})",
    )
    parser.add_argument("--keep-base-url", action="store_true", help="keep an address of another region")


def run(options: Options, output: Output) -> int:
    """Connect, or give a connection that needs one another token. Raises what `connections.connect` raises."""
    workspace = workspace_named(options["workspace"])
    opened = access(options["base_url"])
    with scope(workspace=workspace):
        before = connections.of(workspace, provider().name)
        try:
            connection = connections.connect(
                workspace,
                provider(),
                opened,
                lookback_days=_lookback(options["lookback_days"], before),
                interval=before.interval if before else 900,
                **_switches(before),
                by=BY,
                keep_base_url=options["keep_base_url"],
            )
        except CheckRefused as refused:
            _name_the_right_address(refused.result, output)
            raise
        _say(connection, output)
    return DONE


def _switches(before: Connection | None) -> dict[str, Any]:
    return {name: getattr(before, name) if before else True for name in SWITCHES}


def _days(text: str) -> int | str:
    if text == "all":
        return text
    if not text.isascii() or not text.isdigit() or int(text) > LONGEST_LOOKBACK:
        raise ArgumentTypeError(f"{text!r} is not a number of days from 0 to {LONGEST_LOOKBACK}, or all")
    return int(text)


def _lookback(given: int | str | None, before: Connection | None) -> int | None:
    if given is None:
        return before.lookback_days if before else DEFAULT_LOOKBACK
    return None if given == "all" else int(given)


def _name_the_right_address(result: CheckResult, output: Output) -> None:
    if result.right_base_url and result.right_base_url not in result.sentence:
        output.err.write(f"The right address is {result.right_base_url}")


def _say(connection: Connection, output: Output) -> None:
    name = connection.app_name or connection.app_id or "workspace name unknown"
    output.out.write(f"{provider().title} is connected ({name}). The first sync has started.")
    missing = PermissionCheck.objects.filter(connection=connection, verdict__in=("missing", "plan"))
    for row in permissions.listed(missing):
        output.err.write(f"{row['title']}: {row['detail']}")
