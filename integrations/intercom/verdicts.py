"""The words of a live check: its rows, and the sentences for what is missing. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from integrations import errors
from integrations.checks import CheckRow, RowVerdict
from integrations.intercom.probes import ME, Finding

UNNAMED = "Workspace name needs Read admins. The other permissions are on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """`title` heads the row, `turn_on` is the switch in Intercom, `thing` what it lets a token read."""

    name: str
    title: str
    turn_on: str
    thing: str
    one: str
    needed: bool = False  # nothing can be synced without


PERMISSIONS = (
    Permission(name="admins", title="Read admins", turn_on="Read admins", thing="teammates", one="teammate"),
    Permission(
        name="conversations",
        title="Read conversations",
        turn_on="Read conversations",
        thing="conversations",
        one="conversation",
        needed=True,
    ),
    Permission(
        name="contacts",
        title="Read users and contacts",
        turn_on="Read users and contacts",
        thing="people",
        one="person",
        needed=True,
    ),
    Permission(
        name="companies", title="Companies", turn_on="Read users and contacts", thing="companies", one="company"
    ),
    Permission(name="tags", title="Read tags", turn_on="Read tags", thing="tags", one="tag"),
)

_DETAILS: Mapping[RowVerdict, str] = {
    "missing": "not allowed",
    "plan": "not in your Intercom plan",
    "unknown": "could not check",
    "skipped": "not checked",
}


def row(permission: Permission, found: Mapping[str, Finding], *, is_accepted: bool) -> CheckRow:
    """What was found of *permission*. Reading teammates includes /me, which shows the workspace.

    Of a token that is not accepted (*is_accepted*) nobody knows which permissions its app has.
    """
    finding = found[permission.name]
    verdict = _verdict(finding)
    if verdict == "missing" and not is_accepted:
        verdict = "skipped"
    asked = (found[ME], finding) if permission.name == "admins" else (finding,)
    detail = _DETAILS.get(verdict) or _counted(permission, finding.count)
    return CheckRow(
        permission=permission.name,
        title=permission.title,
        turn_on=permission.turn_on,
        verdict=verdict,
        detail=detail,
        count=finding.count,
        changed_at=finding.changed_at,
        probes=tuple(each.probe for each in asked),
    )


def missing_sentence(permissions: Iterable[Permission]) -> str:
    lacking = list(permissions)
    things = _and(permission.thing for permission in lacking)
    switches = _and(dict.fromkeys(permission.turn_on for permission in lacking))
    return f"This token can't read {things}. Turn on {switches} in Intercom, then paste the new token."


def plan_sentence(permissions: Iterable[Permission]) -> str:
    return f"Your Intercom plan doesn't include {_and(permission.thing for permission in permissions)}."


def _verdict(finding: Finding) -> RowVerdict:
    if finding.error is None:
        return "empty" if finding.count == 0 else "allowed"
    if isinstance(finding.error, errors.PlanRestricted):
        return "plan"
    # A refused token where another question was answered is a permission that is told in the old way.
    refused = isinstance(finding.error, errors.PermissionMissing | errors.CredentialRejected)
    return "missing" if refused else "unknown"


def _counted(permission: Permission, count: int | None) -> str:
    if count is None:
        return ""
    if count == 0:
        return "none yet"
    thing = permission.one if count == 1 else permission.thing
    return f"{count:,} {thing} visible" if permission.name == "admins" else f"{count:,} {thing}"


def _and(words: Iterable[str]) -> str:
    *first, last = list(words)
    return f"{', '.join(first)} and {last}" if first else last
