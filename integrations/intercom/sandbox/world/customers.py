"""The list of customers that fits the workspace, as a CRM would export it."""

import csv
import io
from datetime import UTC, datetime, timedelta

from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.world import names
from integrations.intercom.sandbox.world.firms import Firm, firms
from integrations.intercom.sandbox.world.ids import randomness, salesforce

COLUMNS = ("name", "domain", "external_id", "source", "tier", "arr", "renewal_date", "owner", "health")
HEALTH = ("Good", "Good", "Good", "Good", "At risk", "At risk", "Poor", "")
WITHOUT_COMPANY = 8  # customers who never wrote
_LEGAL = (" Ltd", " GmbH", " SARL", " SAS", " S.L.", " S.A.", " BV", " AG", " Ltda", " S.r.l.", " Co.")


def demo_customers(seed: int, *, companies: int, clock_start: int) -> list[dict[str, str]]:
    """Customers for the workspace of the same *seed*, number of *companies* and *clock_start* (Unix seconds).

    About 85 % of the companies have a customer with their `company_id` as external id; a tenth has one with only a
    similar name.
    """
    rows = [_row(firm, seed, clock_start) for firm in firms(seed, companies) if firm.kind != "unknown"]
    rng = randomness(seed, "silent customers")
    for place in range(WITHOUT_COMPANY):
        head = names.COMPANY_HEADS[(place * 5 + 2) % len(names.COMPANY_HEADS)]
        name = f"{head} Cleaning Group"
        silent = Firm(
            name=name,
            domain=f"{head.lower()}-cleaning.example",
            country="us",
            company_id=salesforce(rng),
            plan=1,
            kind="id",
        )
        rows.append(_row(silent, seed, clock_start))
    return rows


def customers_csv(options: Options) -> str:
    """The same as CSV, with a line of headings."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(demo_customers(options.seed, companies=options.companies, clock_start=options.clock_start))
    return buffer.getvalue()


def _row(firm: Firm, seed: int, clock_start: int) -> dict[str, str]:
    rng = randomness(seed, "customer", firm.domain)
    plan, price = names.PLANS[firm.plan]
    renewal = datetime.fromtimestamp(clock_start, UTC) + timedelta(days=rng.randint(10, 360))
    similar = firm.kind == "name"
    return {
        "name": _similar_name(firm.name) if similar else firm.name,
        "domain": firm.domain,
        "external_id": salesforce(rng) if similar else firm.company_id,
        "source": "salesforce" if similar or firm.company_id.startswith("001") else "custom",
        "tier": plan,
        "arr": str(price * 12 + rng.randint(0, 40) * 100),
        "renewal_date": renewal.date().isoformat(),
        "owner": names.ADMINS[rng.choice((2, 4, 9))][0],
        "health": randomness(seed, "health", firm.domain).choice(HEALTH),
    }


def _similar_name(name: str) -> str:
    """The name as someone else would write it: without the legal form, or with one."""
    for ending in _LEGAL:
        if name.endswith(ending):
            return name.removesuffix(ending)
    return f"{name.replace(' & ', ' and ')} Inc."
