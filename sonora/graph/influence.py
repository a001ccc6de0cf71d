"""What a job title says of somebody's say. Pure."""

import re

DECIDES = frozenset(
    ("ceo", "cto", "cfo", "coo", "cio", "cmo", "cpo", "chief", "founder", "cofounder", "owner", "president", "vp",
     "svp", "evp", "director", "head", "partner")
)  # fmt: skip
LEADS = frozenset(("manager", "lead", "leader", "supervisor", "principal", "coordinator"))
WORDS = {"decides": "Decision maker", "leads": "Leads others", "works": "Hands-on", "": "Not known"}


def influence(job_title: str) -> str:
    """decides, leads or works, by the words of *job_title*; empty without one."""
    words = set(re.findall(r"[a-z]+", job_title.lower().replace("vice president", "vp").replace("co-f", "cof")))
    if words & DECIDES:
        return "decides"
    if words & LEADS:
        return "leads"
    return "works" if words else ""
