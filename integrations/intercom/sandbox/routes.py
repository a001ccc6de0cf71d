"""Which endpoint answers which path, what permission it wants, and from which version it exists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from integrations.intercom.sandbox import companies, contacts, conversations, small, versions
from integrations.intercom.sandbox.answers import Answer
from integrations.intercom.sandbox.errors import ApiError
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.versions import Version

Handler = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint. `*` in *pattern* takes one step of the path and hands it to *handler*."""

    method: str
    pattern: str
    handler: Handler
    scope: str
    since: Version = (0, 0)
    until: Version = (99, 0)

    @property
    def name(self) -> str:
        return f"{self.method} {self.pattern}"


CONVERSATIONS, USERS, ONE_USER = "read_conversations", "read_users", "read_one_user"
ADMINS, TAGS = "read_admins", "read_tags"

ROUTES = (
    Route("GET", "/me", small.me, ""),
    Route("GET", "/admins", small.admins, ADMINS),
    Route("GET", "/admins/*", small.admin, ADMINS),
    Route("GET", "/teams", small.teams, USERS),
    Route("GET", "/teams/*", small.team, USERS),
    Route("GET", "/tags", small.tags, TAGS),
    Route("GET", "/tags/*", small.tag, TAGS),
    Route("GET", "/segments", small.segments, USERS),
    Route("GET", "/segments/*", small.segment, USERS),
    Route("GET", "/data_attributes", small.data_attributes, USERS),
    Route("GET", "/conversations", conversations.listed, CONVERSATIONS),
    Route("POST", "/conversations/search", conversations.searched, CONVERSATIONS),
    Route("GET", "/conversations/deleted", conversations.deleted, CONVERSATIONS, since=(2, 16)),
    Route("GET", "/conversations/attributes", small.conversation_attributes, CONVERSATIONS, since=(2, 16)),
    Route("GET", "/conversations/*", conversations.one, CONVERSATIONS),
    Route("GET", "/contacts", contacts.listed, USERS),
    Route("POST", "/contacts/search", contacts.searched, USERS),
    Route("GET", "/contacts/find_by_external_id/*", contacts.by_external_id, ONE_USER),
    Route("GET", "/contacts/*", contacts.one, ONE_USER),
    Route("GET", "/contacts/*/companies", contacts.companies_of, USERS),
    Route("GET", "/contacts/*/tags", contacts.tags_of, USERS),
    Route("GET", "/contacts/*/segments", contacts.nothing_of, USERS),
    Route("GET", "/contacts/*/notes", contacts.notes_of, USERS),
    Route("GET", "/contacts/*/subscriptions", contacts.nothing_of, USERS),
    Route("GET", "/contacts/*/merge_history", contacts.merge_history, USERS, since=(2, 16)),
    Route("GET", "/companies", companies.looked_up, USERS),
    Route("POST", "/companies/list", companies.listed, USERS),
    Route("GET", "/companies/scroll", companies.scrolled, USERS),
    Route("GET", "/companies/*", companies.one, ONE_USER),
    Route("GET", "/companies/*/contacts", companies.contacts_of, USERS),
    Route("GET", "/companies/*/segments", companies.segments_of, USERS),
)


def find(method: str, path: str) -> tuple[Route | None, tuple[str, ...]]:
    """The endpoint for this request and the variable steps of its path; None when there is none."""
    steps = path.strip("/").split("/")
    for route, pattern in _BY_SHAPE.get((method, len(steps)), ()):
        taken = tuple(step for step, wanted in zip(steps, pattern, strict=True) if wanted == "*")
        if all(wanted in {"*", step} for step, wanted in zip(steps, pattern, strict=True)):
            return route, taken
    return None, ()


def permit(state: State, route: Route, version: Version) -> None:
    """Raises ApiError when the plan, the token's permissions or the version keep *route* shut."""
    behaviour = state.behaviour
    if route.scope and route.scope in behaviour.missing_scopes:
        if behaviour.scope_error == "token_unauthorized":
            raise ApiError(401, "token_unauthorized", "Not authorized to access resource")
        message = f"You do not have the required scope ({route.scope}) to access this resource"
        raise ApiError(403, "forbidden", message)
    if behaviour.plan_restricted and route.scope == CONVERSATIONS:
        raise ApiError(403, "api_plan_restricted", "Active subscription needed.")
    if not route.since <= version <= route.until:
        raise versions.invalid()


def _shapes() -> dict[tuple[str, int], list[tuple[Route, list[str]]]]:
    shapes: dict[tuple[str, int], list[tuple[Route, list[str]]]] = {}
    for route in ROUTES:
        pattern: list[Any] = route.pattern.strip("/").split("/")
        shapes.setdefault((route.method, len(pattern)), []).append((route, pattern))
    return shapes


_BY_SHAPE = _shapes()
