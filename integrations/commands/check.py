"""`intercom check`: what a token opens, without storing anything."""

import json
from argparse import ArgumentParser
from typing import Any

from integrations import live
from integrations.checks import CheckResult
from integrations.commands import A_PERSON_MUST_ACT, DONE, FAILED, Options, Output, access, provider
from integrations.records import Rate

HELP = "Say what a token may read. The token comes from stdin or INTERCOM_TOKEN; nothing is stored."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--base-url", required=True, help="API base URL, for example https://api.intercom.io")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(options: Options, output: Output) -> int:
    """Check, print, and give the exit code: 0 it can be connected, 4 a person must correct something, 1 otherwise."""
    opened = access(options["base_url"])
    result = live.check(provider(), opened)
    if options["json"]:
        output.out.write(json.dumps(_as_json(result, opened.base_url), ensure_ascii=False))
    else:
        output.out.write("\n".join(_lines(result, opened.base_url)))
    if result.may_save:
        return DONE
    output.err.write(result.sentence)
    return A_PERSON_MUST_ACT if result.outcome in ("refused", "region_differs") else FAILED


def _lines(result: CheckResult, base_url: str) -> list[str]:
    who = result.identity
    lines = [
        f"Workspace  {who.app_name or 'unknown'} ({who.app_id or 'unknown'})",
        f"Region     {result.region or 'unknown'}",
        f"Base URL   {base_url}",
    ]
    if who.person_email:
        lines.append(f"Signed as  {who.person_name}, {who.person_email}")
    rows = [f"  {row.title:<24} {row.verdict}{f': {row.detail}' if row.detail else ''}" for row in result.rows]
    return [*lines, "Permissions", *rows, *([result.sentence] if result.may_save else [])]


def _as_json(result: CheckResult, base_url: str) -> dict[str, Any]:
    who = result.identity
    return {
        "outcome": result.outcome,
        "may_save": result.may_save,
        "sentence": result.sentence,
        "workspace": {"id": who.app_id, "name": who.app_name},
        "signed_as": {"name": who.person_name, "email": who.person_email},
        "region": result.region,
        "base_url": base_url,
        "right_base_url": result.right_base_url,
        "permissions": [
            {"permission": row.permission, "title": row.title, "verdict": row.verdict, "detail": row.detail}
            for row in result.rows
        ],
        "rate": _rate(result.rate),
    }


def _rate(rate: Rate | None) -> dict[str, int | None] | None:
    return None if rate is None else {"limit": rate.limit, "remaining": rate.remaining, "reset": rate.reset}
