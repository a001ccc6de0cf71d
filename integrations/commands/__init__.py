"""The subcommands of `manage.py intercom`, one module each: HELP, `add_arguments(parser)` and `run(options, out)`."""

import getpass
import os
import sys
from dataclasses import dataclass
from typing import Any, TextIO

from integrations import connections
from integrations.models import Connection
from integrations.providers import Access, Provider, provider_named
from sonora.core.secret import SecretStr
from sonora.workspaces.models import Workspace

PROVIDER = "intercom"
BY = "command line"
DONE, FAILED, TIME_IS_UP, A_PERSON_MUST_ACT = 0, 1, 3, 4
LONGEST_INPUT = 10_000  # bytes of stdin that are looked at for a token

Options = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Output:
    """Where a subcommand writes: answers to `out`, sentences about trouble to `err`."""

    out: TextIO
    err: TextIO


class Stopped(Exception):
    """The command ends with this sentence on stderr and this exit code."""

    def __init__(self, sentence: str, code: int = FAILED) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def provider() -> Provider:
    return provider_named(PROVIDER)


def workspace_named(slug: str) -> Workspace:
    """The workspace with that *slug*; Stopped when there is none."""
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        raise Stopped(f"There is no workspace {slug!r}.")
    return found


def connection_of(workspace: Workspace) -> Connection:
    """The workspace's connection, inside its scope; Stopped when it has none."""
    found = connections.of(workspace, PROVIDER)
    if found is None:
        raise Stopped(f"{provider().title} is not connected to this workspace.")
    return found


def access(base_url: str) -> Access:
    """The token from INTERCOM_TOKEN or stdin, and *base_url*. Raises checks.NotUsable for what cannot be either."""
    address = provider().parse_base_url(base_url)
    return Access(token=provider().clean_token(_typed_token().reveal()), base_url=address)


def _typed_token() -> SecretStr:
    given = os.environ.get("INTERCOM_TOKEN", "")
    if not given and sys.stdin.isatty():
        given = getpass.getpass("Access token: ")
    return SecretStr(given or sys.stdin.buffer.read(LONGEST_INPUT).decode(errors="replace"))
