"""What anybody would write first: one request after the other, nothing stored. A process of its own.

python benchmarks/sequential.py RESULT BASE_URL
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from stopwatch import Stopwatch

PAGE, COMPANIES_PAGE = 150, 60


def main(result: str, base_url: str) -> None:
    headers = {"Authorization": f"Bearer {os.environ['INTERCOM_TOKEN']}", "Intercom-Version": "2.16"}
    with httpx.Client(base_url=base_url, headers=headers, trust_env=False) as client, Stopwatch() as watch:
        watch.noted.stored = {}
        for path in ("/admins", "/teams", "/tags"):
            _json(client.get(path))
        contacts = sum(len(page["data"]) for page in _contacts(client))
        companies = sum(len(page["data"]) for page in _companies(client))
        read = [_json(client.get(f"/conversations/{one}")) for page in _found(client) for one in _ids(page)]
        messages = sum(len(one["conversation_parts"]["conversation_parts"]) + bool(one["source"]) for one in read)
    watch.noted.stored = {"conversation": len(read), "message": messages, "contact": contacts, "company": companies}
    watch.noted.write(Path(result))


def _contacts(client: httpx.Client) -> Iterator[Any]:
    after: dict[str, Any] = {}
    while True:
        page = _json(client.get("/contacts", params={"per_page": PAGE, **after}))
        yield page
        if not page["pages"].get("next"):
            return
        after = {"starting_after": page["pages"]["next"]["starting_after"]}


def _companies(client: httpx.Client) -> Iterator[Any]:
    number, last = 1, 1
    while number <= last:
        page = _json(client.post("/companies/list", params={"page": number, "per_page": COMPANIES_PAGE}, json={}))
        yield page
        number, last = number + 1, page["pages"]["total_pages"]


def _found(client: httpx.Client) -> Iterator[Any]:
    query = {"field": "created_at", "operator": ">", "value": 0}
    pagination: dict[str, Any] = {"per_page": PAGE}
    while True:
        page = _json(client.post("/conversations/search", json={"query": query, "pagination": pagination}))
        yield page
        if not page["pages"].get("next"):
            return
        pagination = {**pagination, "starting_after": page["pages"]["next"]["starting_after"]}


def _ids(page: Any) -> list[str]:
    return [one["id"] for one in page["conversations"]]


def _json(response: httpx.Response) -> Any:
    return response.raise_for_status().json()


if __name__ == "__main__":
    main(*sys.argv[1:])
