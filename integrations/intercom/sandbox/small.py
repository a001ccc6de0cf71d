"""Endpoints that answer everything at once: me, admins, teams, tags, segments, attributes."""

from integrations.intercom.sandbox import wire
from integrations.intercom.sandbox.answers import Answer, Request, ok
from integrations.intercom.sandbox.errors import invalid, not_found
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.world import attributes


def me(state: State, _: Request) -> Answer:
    """GET /me: the admin who owns the token, and the app with its region, id and time zone."""
    admin = next(iter(state.world.admins.values()))
    avatar = {"type": "avatar", "image_url": "https://static.intercomassets.example/default-avatars/128.png"}
    return ok(
        {key: admin[key] for key in ("type", "id", "name", "email", "job_title", "has_inbox_seat", "team_ids")}
        | {"away_mode_enabled": False, "away_mode_reassign": False, "email_verified": True}
        | {"app": state.world.app, "avatar": avatar}
    )


def admins(state: State, _: Request) -> Answer:
    """GET /admins."""
    return ok({"type": "admin.list", "admins": list(state.world.admins.values())})


def admin(state: State, _: Request, ident: str) -> Answer:
    """GET /admins/{id}."""
    found = state.world.admins.get(ident)
    if found is None:
        raise not_found("Admin not found", "admin_not_found")
    return ok(found)


def teams(state: State, _: Request) -> Answer:
    """GET /teams."""
    return ok({"type": "team.list", "teams": list(state.world.teams.values())})


def team(state: State, _: Request, ident: str) -> Answer:
    """GET /teams/{id}."""
    found = state.world.teams.get(ident)
    if found is None:
        raise not_found("Team not found", "team_not_found")
    return ok(found)


def tags(state: State, _: Request) -> Answer:
    """GET /tags."""
    return ok({"type": "list", "data": [wire.tag(state.world, ident) for ident in state.world.tags]})


def tag(state: State, _: Request, ident: str) -> Answer:
    """GET /tags/{id}."""
    if ident not in state.world.tags:
        raise not_found("Resource Not Found", "tag_not_found")
    return ok(wire.tag(state.world, ident))


def segments(state: State, request: Request) -> Answer:
    """GET /segments; `include_count=true` adds the number of people."""
    counted = request.query.get("include_count") == "true"
    people = len(state.world.contacts.live)
    listed = [segment | ({"count": people // (place + 2)} if counted else {}) for place, segment in _numbered(state)]
    return ok({"type": "segment.list", "segments": listed})


def segment(state: State, _: Request, ident: str) -> Answer:
    """GET /segments/{id}."""
    for each in state.world.segments:
        if each["id"] == ident:
            return ok(each)
    raise not_found()


def data_attributes(_: State, request: Request) -> Answer:
    """GET /data_attributes; conversations have their own endpoint from 2.16."""
    model = request.query.get("model")
    if model == "conversation":
        if request.version >= (2, 16):
            raise invalid(
                "model=conversation is no longer supported. Use GET /conversations/attributes instead", status=422
            )
        return ok({"type": "list", "data": attributes.of_conversations_before_2_16()})
    return ok({"type": "list", "data": attributes.of(model, version=request.version)})


def conversation_attributes(_: State, __: Request) -> Answer:
    """GET /conversations/attributes."""
    return ok({"type": "list", "data": attributes.CONVERSATION})


def _numbered(state: State) -> "enumerate[dict[str, object]]":
    return enumerate(state.world.segments)
