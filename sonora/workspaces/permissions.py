"""What a role may do."""

from django.db import models

MANAGE_INTEGRATIONS = "integrations:manage"
IMPORT_CUSTOMERS = "customers:import"
EDIT_CUSTOMERS = "customers:edit"
EDIT_PEOPLE = "people:edit"
EDIT_REQUESTS = "requests:edit"
READ_AUDIT = "audit:read"


class Role(models.TextChoices):
    ADMIN = "admin", "Admin"
    MEMBER = "member", "Member"


GRANTED: dict[str, frozenset[str]] = {
    Role.ADMIN: frozenset(
        {MANAGE_INTEGRATIONS, IMPORT_CUSTOMERS, EDIT_CUSTOMERS, EDIT_PEOPLE, EDIT_REQUESTS, READ_AUDIT}
    ),
    Role.MEMBER: frozenset(),
}


def allows(role: str, permission: str) -> bool:
    """Whether *role* holds *permission*; an unknown role holds none."""
    return permission in GRANTED.get(role, frozenset())
