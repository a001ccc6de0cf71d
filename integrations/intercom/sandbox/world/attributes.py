# ruff: noqa: E501  a sentence stays on one line
"""The attributes that the workspace has defined."""

from typing import Any

from integrations.intercom.sandbox.versions import Version

Json = dict[str, Any]

_STANDARD = {
    "company": [
        ("name", "string", "Company name"), ("company_id", "string", "Company ID"), ("last_request_at", "date", "Company last seen"),
        ("remote_created_at", "date", "Company created at"), ("user_count", "integer", "People"), ("session_count", "integer", "Company web sessions"),
        ("monthly_spend", "float", "Monthly Spend"), ("size", "integer", "Company size"), ("industry", "string", "Company industry"),
        ("website", "string", "Company website"), ("id", "string", "ID"), ("created_at", "date", "Created at"), ("updated_at", "date", "Updated at"),
    ],
    "contact": [
        ("id", "string", "ID"), ("external_id", "string", "User ID"), ("email", "string", "Email"), ("name", "string", "Name"), ("role", "string", "Role"),
        ("phone", "string", "Phone"), ("created_at", "date", "Created at"), ("updated_at", "date", "Updated at"), ("signed_up_at", "date", "Signed up"),
        ("last_seen_at", "date", "Last seen"), ("last_contacted_at", "date", "Last contacted"), ("last_replied_at", "date", "Last heard from"),
        ("last_email_opened_at", "date", "Last opened email"), ("last_email_clicked_at", "date", "Last clicked on link in email"),
    ],
}  # fmt: skip
_CUSTOM = {
    "company": [(34, "region", "string"), (35, "renewal_quarter", "string")],
    "contact": [(41, "job_title", "string")],
}
_EXACT_FROM_2_17 = frozenset(
    [
        "created_at",
        "updated_at",
        "signed_up_at",
        "last_seen_at",
        "last_contacted_at",
        "last_replied_at",
        "last_email_opened_at",
        "last_email_clicked_at",
    ]
)
_DEFINED_AT = 1_700_000_000
CONVERSATION: list[Json] = [
    {
        "type": "conversation_attribute", "id": 3, "name": "Product area", "description": "Part of Northwind Dispatch it is about",
        "data_type": "list", "required": False, "visible_to_team_ids": [], "archived": False, "created_at": _DEFINED_AT,
        "updated_at": _DEFINED_AT, "admin_id": "991000001",
        "options": [{"id": f"b2c3d4e5-f6a7-4901-8cde-00000000000{n}", "label": label, "archived": False}
                    for n, label in enumerate(("Route board", "Mobile app", "Billing", "API"))],
    },
    {
        "type": "conversation_attribute", "id": 4, "name": "Order number", "description": "", "data_type": "string", "required": False,
        "visible_to_team_ids": [], "archived": False, "created_at": _DEFINED_AT, "updated_at": _DEFINED_AT, "admin_id": "991000001",
        "multiline": False,
    },
]  # fmt: skip


def of(model: str | None, *, version: Version) -> list[Json]:
    """The attributes of "contact" or "company", of both when *model* is None."""
    models = [model] if model in _STANDARD else [] if model else list(_STANDARD)
    return [each for name in models for each in _of_model(str(name), version)]


def of_conversations_before_2_16() -> list[Json]:
    """The attributes of conversations in the older shape."""
    return [
        _attribute("conversation", each["name"], each["data_type"], each["name"], custom=True) | {"id": each["id"]}
        for each in CONVERSATION
    ]


def _of_model(model: str, version: Version) -> list[Json]:
    exact = version >= (2, 17) and model == "contact"
    standard = [
        _attribute(model, name, "datetime" if exact and name in _EXACT_FROM_2_17 else kind, label)
        for name, kind, label in _STANDARD[model]
    ]
    custom = [_attribute(model, name, kind, name, custom=True) | {"id": ident} for ident, name, kind in _CUSTOM[model]]
    return standard + custom


def _attribute(model: str, name: str, kind: str, label: str, *, custom: bool = False) -> Json:
    return {
        "type": "data_attribute",
        "name": name,
        "full_name": f"custom_attributes.{name}" if custom else name,
        "label": label,
        "description": label,
        "data_type": kind,
        "api_writable": custom,
        "ui_writable": custom,
        "messenger_writable": False,
        "custom": custom,
        "archived": False,
        "model": model,
    }
