"""The measured process of `matching.py --service`: the world of a seed in the database, and what each service takes.

python benchmarks/serving.py SEED CUSTOMERS COMPANIES, with an environment that names a database with the tables and a
workspace. Seconds are of this process's CPU: SQLite works inside it.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection as database  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.matching import World  # noqa: E402
from benchmarks.processes import WORKSPACE  # noqa: E402
from integrations.matching import bulk, undos  # noqa: E402
from integrations.models import Connection, SyncState  # noqa: E402
from sonora.conversations import following  # noqa: E402
from sonora.conversations.models import Conversation  # noqa: E402
from sonora.customers import choosing, matches, queue  # noqa: E402
from sonora.customers.models import Company, Customer, Decision, Match, MatchingRules  # noqa: E402
from sonora.people.models import Contact, ContactCompany  # noqa: E402
from sonora.workspaces.models import User, Workspace  # noqa: E402
from sonora.workspaces.scoping import scope  # noqa: E402

LATEST = 1_760_000_000  # Unix seconds
TALKS = 3  # conversations a company
LOOKS = 5  # at each page; the middle one counts
ROWS = 500  # written at once
QUEUE = "/settings/integrations/intercom/matching"


def main(seed: int, customers: int, companies: int) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    workspace = Workspace.objects.get(slug=WORKSPACE)
    with scope(workspace=workspace):
        link = _filled(workspace, World.of(seed=seed, customers=customers, companies=companies))
        _services(workspace, link)
        _pages(link)
        _bulk(link)


def _filled(workspace: Workspace, world: World) -> Connection:
    """All of *world*: three conversations a company, and a contact for each of its people."""
    link = Connection.objects.create(workspace=workspace, provider="intercom", created_at=LATEST)
    SyncState.objects.create(workspace=workspace, connection=link, next_due=LATEST)
    _write(Customer, (_customer(workspace, one.name, one.domain) for one in world.customers))
    _write(Company, (_company(link, at, one.name, one.website) for at, one in enumerate(world.companies)))
    pks = list(Company.objects.order_by("pk").values_list("pk", flat=True))
    _write(Conversation, (_talk(link, pk, number) for pk in pks for number in range(TALKS)))
    mails = [
        (pk, f"p{number}.{pk}@{domain}")
        for pk, one in zip(pks, world.companies, strict=True)
        for domain, count in one.people.items()
        for number in range(count)
    ]
    _write(Contact, (_contact(link, mail) for _, mail in mails))
    contacts = list(Contact.objects.order_by("pk").values_list("pk", flat=True))
    pairs = zip(contacts, mails, strict=True)
    _write(
        ContactCompany,
        (ContactCompany(workspace=workspace, contact_id=contact, company_id=pk) for contact, (pk, _) in pairs),
    )
    return link


def _write(model: Any, rows: Any) -> None:
    model.objects.bulk_create(rows, batch_size=ROWS)


def _customer(workspace: Workspace, name: str, domain: str) -> Customer:
    return Customer(workspace=workspace, name=name, domain=domain, created_at=LATEST)


def _synced(link: Connection, external_id: str) -> dict[str, Any]:
    return {
        "workspace_id": link.workspace_id,
        "connection": link,
        "external_id": external_id,
        "updated_at": LATEST,
        "fetched_at": LATEST,
    }


def _company(link: Connection, at: int, name: str, website: str) -> Company:
    return Company(**_synced(link, f"c{at}"), company_id=f"own-{at}", name=name, website=website)


def _talk(link: Connection, company: int, number: int) -> Conversation:
    synced = _synced(link, f"{company}-{number}")
    return Conversation(**synced, company_id=company, created_at=LATEST, state="open")


def _contact(link: Connection, mail: str) -> Contact:
    return Contact(**_synced(link, mail), email=mail)


def _services(workspace: Workspace, link: Connection) -> None:
    _timed("all companies new, matched by ID and name", lambda: following.match(workspace.pk))
    print(f"    {queue.tallies(link.pk).tabs}")
    _one_more(link, "one more company")
    _customer(workspace, "One Customer More", "").save()
    _one_more(link, "one more company, a customer changed since")
    Match.objects.update(names_due=False)
    _timed("look at all again: marked", matches.look_at_names_again)
    rules = MatchingRules(workspace=workspace, connection=link)
    _timed("preview of rules", lambda: choosing.preview(link.pk, rules))


def _one_more(link: Connection, title: str) -> None:
    at = Company.objects.count()
    one = _company(link, at, "Wholly Unheard Of", "")
    one.save()
    _timed(title, lambda: following.match(link.workspace_id, [one.pk]))


def _pages(link: Connection) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(raise_request_exception=True)
    client.force_login(User.objects.get())
    _timed("counts of the tabs", lambda: queue.tallies(link.pk))
    for tab in queue.TABS:
        with CaptureQueriesContext(database) as queries:
            client.get(QUEUE, {"tab": tab})
        _timed(f"page {tab}, {len(queries)} queries", lambda tab=tab: client.get(QUEUE, {"tab": tab}), looks=LOOKS)


def _bulk(link: Connection) -> None:
    chosen = bulk.every(link.pk, queue.Filter(likely=True))
    _timed(f"bulk of {len(chosen):,}: preview", lambda: bulk.preview(link, chosen))
    by = "admin@example.com"
    _timed(f"bulk of {len(chosen):,}: link", lambda: bulk.decide(link, "link", chosen, by=by))
    _timed(f"bulk of {len(chosen):,}: undo", lambda: undos.undo(Decision.objects.latest("pk"), by=by))
    chosen = bulk.every(link.pk, queue.Filter(likely=True))
    _timed(f"bulk of {len(chosen):,}: not these", lambda: bulk.decide(link, "reject", chosen, by=by))
    _timed(f"bulk of {len(chosen):,}: undo not these", lambda: undos.undo(Decision.objects.latest("pk"), by=by))


def _timed(title: str, act: Callable[[], object], *, looks: int = 1) -> None:
    taken = []
    for _ in range(looks):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    print(f"{title:45}{1000 * sorted(taken)[looks // 2]:>9,.0f} ms")


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
