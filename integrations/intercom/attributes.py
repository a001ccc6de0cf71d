"""What a workspace notes of its contacts under names of its own."""

from typing import Any

from integrations.intercom.scalars import text

JOB_TITLES = ("job title", "jobtitle", "title", "position")  # the first of them that says something counts


def job_title(attributes: Any) -> str:
    """The job title among *attributes*, as Intercom sends `custom_attributes`; "" when none of them is one.

    Intercom itself knows no job title of a contact; workspaces call it as they like, `Job title` or `job_title`.
    """
    if not isinstance(attributes, dict):
        return ""
    said = {name.replace("_", " ").strip().lower(): value for name, value in attributes.items()}
    found = (" ".join(text(said.get(name)).split()) for name in JOB_TITLES)
    return next((title for title in found if title), "")
