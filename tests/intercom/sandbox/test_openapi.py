"""Every answer fits Intercom's own OpenAPI description, where that file is at hand."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from integrations.intercom.sandbox.control import ROOT

from .conftest import Caller

FILE = Path(os.environ.get("SONORA_OPENAPI") or ROOT.parent / "shared" / "intercom" / "openapi-2.16.yaml")
pytestmark = pytest.mark.skipif(
    not FILE.exists(),
    reason=f"No OpenAPI file at {FILE}; set SONORA_OPENAPI to check against Intercom's own description.",
)
# Where live answers, and the official examples, differ from the schema. Numbers for ids stand in the examples.
OFF_THE_SCHEMA = {
    "per_page": {"type": ["integer", "string", "null"]},
    "conversation_part.id": {"type": ["string", "integer"]},
}
# Keys that the examples carry and the schema leaves out.
UNDESCRIBED = {"topics", "ticket", "admins", "next_cursor"}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    loaded = yaml.load(FILE.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    nullable: dict[str, Any] = _nullable(loaded)
    nullable["components"]["schemas"]["conversation_part"]["properties"]["id"] = OFF_THE_SCHEMA["conversation_part.id"]
    return nullable


def _nullable(node: Any) -> Any:
    """Every value may be null (the examples show it), and OpenAPI's own words become JSON Schema's."""
    if isinstance(node, list):
        return [_nullable(each) for each in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _nullable(value) for key, value in node.items() if key not in {"example", "examples", "format"}}
    if isinstance(changed.get("type"), str):
        changed["type"] = [changed["type"], "null"]
    if isinstance(changed.get("enum"), list):
        changed["enum"] = [*changed["enum"], None]
    if "$ref" in changed and len(changed) >= 1:
        return {"anyOf": [{"$ref": changed["$ref"]}, {"type": "null"}]}
    if isinstance(changed.get("properties"), dict) and "per_page" in changed["properties"]:
        changed["properties"]["per_page"] = OFF_THE_SCHEMA["per_page"]
    return changed


def problems(description: dict[str, Any], method: str, path: str, body: Any) -> list[str]:
    """What *body* does that the description of this endpoint does not allow."""
    operation = description["paths"][path][method]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator(schema | {"components": description["components"]})
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(body)
    ]


def fits(description: dict[str, Any], api: Caller, path: str, *, method: str = "get", of: str = "", **more: Any) -> Any:
    response = api.ask(method.upper(), path, **more)
    assert response.status_code == 200, response.text
    body = response.json()
    assert problems(description, method, of or path.partition("?")[0], body) == []
    return body


LISTS = "/me /admins /teams /tags /segments /data_attributes /companies/scroll /conversations/attributes"


@pytest.mark.parametrize(
    "path", [*LISTS.split(), "/conversations/deleted", "/contacts?per_page=150", "/conversations?per_page=150"]
)
def test_lists_fit(description: dict[str, Any], api: Caller, path: str):
    fits(description, api, path)


def test_searches_and_the_companies_list_fit(description: dict[str, Any], api: Caller):
    fits(description, api, "/conversations/search", method="post", json={"query": {}, "pagination": {"per_page": 150}})
    fits(description, api, "/contacts/search", method="post", json={"query": {}, "pagination": {"per_page": 150}})
    fits(description, api, "/companies/list?per_page=60", method="post")


def test_single_objects_fit(description: dict[str, Any], api: Caller):
    for row in api.get("/conversations", params={"per_page": 60})["conversations"]:
        fits(description, api, f"/conversations/{row['id']}", of="/conversations/{conversation_id}")
    for row in api.get("/contacts", params={"per_page": 12})["data"]:
        for part in ("", "/companies", "/tags", "/notes", "/segments"):
            fits(description, api, f"/contacts/{row['id']}{part}", of=f"/contacts/{{contact_id}}{part}")
    for row in api.get("/companies", params={"per_page": 5})["data"]:
        for part in ("", "/contacts", "/segments"):
            fits(description, api, f"/companies/{row['id']}{part}", of=f"/companies/{{company_id}}{part}")


def test_nothing_is_sent_that_the_description_does_not_know(description: dict[str, Any], api: Caller):
    schemas = description["components"]["schemas"]
    row = api.get("/conversations", params={"per_page": 1})["conversations"][0]
    whole = api.get(f"/conversations/{row['id']}")
    assert set(whole) - set(schemas["conversation"]["properties"]) <= UNDESCRIBED
    part = whole["conversation_parts"]["conversation_parts"][0]
    assert set(part) <= set(schemas["conversation_part"]["properties"])
    assert set(whole["statistics"]) == set(schemas["conversation_statistics"]["properties"])
    company = api.get("/companies", params={"per_page": 1})["data"][0]
    assert set(company) <= set(schemas["company"]["properties"])


def test_a_wrong_shape_would_be_noticed(description: dict[str, Any], api: Caller):
    for key, wrong in (("created_at", "yesterday"), ("state", "sleeping"), ("tags", []), ("open", "true")):
        body = api.get("/conversations")
        assert problems(description, "get", "/conversations", body) == []
        body["conversations"][1][key] = wrong
        assert problems(description, "get", "/conversations", body) != [], key
