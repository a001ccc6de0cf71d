"""What a sandbox can be told when it starts."""

import argparse
import os
import time
from dataclasses import dataclass, field, replace

TOKEN_VARIABLE = "INTERCOM_SANDBOX_TOKEN"  # noqa: S105  the name of a variable
DEFAULT_TOKEN = "dG9rOnNhbmRib3hfdG9rZW5fbm90X3JlYWw="  # noqa: S105  says of itself that it is not real


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One workspace and one server. The same *seed*, *clock_start* and sizes give the same workspace.

    *clock_start* is the "now" of the generated data, in Unix seconds; *latency_ms* is added to every answer;
    *rate_limit* is the number of requests in a window of 10 seconds; *parts* fixes the parts of every conversation.
    """

    port: int = 0
    conversations: int = 400
    seed: int = 1
    token: str = field(default=DEFAULT_TOKEN, repr=False)
    latency_ms: float = 0.0
    clock_start: int = 0
    contacts: int = 0
    companies: int = 0
    admins: int = 7
    tags: int = 24
    parts: int | None = None
    region: str = "US"
    version_max: str = "2.17"
    rate_limit: int = 1667
    app_id: str = "nw7dspch"
    name: str = "Northwind"

    def settled(self) -> "Options":
        """These options with every size and time that was left open filled in."""
        contacts = self.contacts or min(5000, 60 + self.conversations // 4)
        return replace(
            self,
            clock_start=self.clock_start or int(time.time()),
            contacts=contacts,
            companies=self.companies or 15 + contacts // 7,
        )


def parser() -> argparse.ArgumentParser:
    """The command line of `python -m integrations.intercom.sandbox`."""
    result = argparse.ArgumentParser(
        prog="python -m integrations.intercom.sandbox",
        description="An Intercom that runs here, over a generated workspace. It listens on 127.0.0.1 only.",
    )
    add = result.add_argument
    add("--port", type=int, default=0, help="port to listen on; 0 picks a free one")
    add("--conversations", type=int, default=400)
    add("--seed", type=int, default=1, help="the same seed and clock start give the same workspace")
    add(
        "--token",
        default=None,
        help=f"access token it accepts; better in {TOKEN_VARIABLE}, which no process list shows",
    )
    add("--latency-ms", type=float, default=0.0, help="milliseconds added to every answer")
    add("--clock-start", "--now", type=int, default=0, help='"now" of the generated data, Unix seconds; default: now')
    add("--contacts", type=int, default=0)
    add("--companies", type=int, default=0)
    add("--admins", type=int, default=7)
    add("--tags", type=int, default=24)
    add("--parts", type=int, default=None, help="exactly this many parts in every conversation, for benchmarks")
    add("--region", choices=["US", "Europe", "AU"], default="US", help="what /me says")
    add("--version-max", default="2.17", help="newest Intercom-Version it accepts")
    add("--rate-limit", type=int, default=1667, metavar="PER_10S", help="requests in a window of 10 seconds")
    add("--app-id", default="nw7dspch")
    add("--name", default="Northwind")
    add("--customers-csv", action="store_true", help="print the CSV of the matching customers and exit")
    return result


def from_arguments(arguments: argparse.Namespace) -> Options:
    """The options that a parsed command line and the environment ask for."""
    values = {name: value for name, value in vars(arguments).items() if name != "customers_csv"}
    values["token"] = arguments.token or os.environ.get(TOKEN_VARIABLE) or DEFAULT_TOKEN
    return Options(**values).settled()
