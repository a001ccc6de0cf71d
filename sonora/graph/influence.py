"""What a job title says of somebody's say, and for how many colleagues they speak. Pure."""

import re

DECIDES = frozenset(
    ("ceo", "cto", "cfo", "coo", "cio", "cmo", "cpo", "chief", "founder", "cofounder", "owner", "president", "vp",
     "svp", "evp", "director", "head", "partner")
)  # fmt: skip
LEADS = frozenset(("manager", "lead", "leader", "supervisor", "principal", "coordinator"))
WORDS = {"decides": "Decision maker", "leads": "Leads others", "works": "Hands-on", "": "Not known"}
SPEAKS = 3  # colleagues for whom somebody speaks in 90 days: that is one step more
RAISED = {"": "leads", "works": "leads"}  # who decides is told by a title alone


def influence(job_title: str, *, speaks_for: int = 0) -> str:
    """decides, leads or works, by the words of *job_title*, empty without one; *speaks_for* so many colleagues."""
    by_title = _by_title(job_title)
    return RAISED.get(by_title, by_title) if speaks_for >= SPEAKS else by_title


def _by_title(job_title: str) -> str:
    words = set(re.findall(r"[a-z]+", job_title.lower().replace("vice president", "vp").replace("co-f", "cof")))
    if words & DECIDES:
        return "decides"
    if words & LEADS:
        return "leads"
    return "works" if words else ""
