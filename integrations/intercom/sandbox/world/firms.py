"""Companies, and who they are as customers."""

import random
import re
import unicodedata
from dataclasses import dataclass

from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.world import names
from integrations.intercom.sandbox.world.ids import hexadecimal, randomness, salesforce
from integrations.intercom.sandbox.world.model import Company

DAY = 86_400
HEALTHS = ("calm", "calm", "calm", "happy", "happy", "at risk")
KNOWN_BY_ID, KNOWN_BY_NAME = (
    0.85,
    0.95,
)  # shares of companies whose customer has the same id; whose customer has a similar name
_ROMAN = {"設備サービス": "setsubi", "エレベーター": "elevator", "空調": "kucho"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A firm in the world: what the CRM and the messenger each know of it."""

    name: str
    domain: str
    country: str
    company_id: str
    plan: int
    kind: str  # id, name or unknown: how the customer list knows it


def firms(seed: int, count: int) -> list[Firm]:
    """*count* firms with names and domains of their own."""
    rng = randomness(seed, "firms")
    found: dict[str, Firm] = {}
    while len(found) < count:
        firm = _firm(rng, place=len(found), count=count)
        found.setdefault(firm.domain, firm)
    return list(found.values())


def company(firm: Firm, *, options: Options, place: int) -> Company:
    """The company object of *firm*."""
    rng = randomness(options.seed, "company", firm.domain)
    now = options.clock_start
    created = now - rng.randint(240, 1400) * DAY - rng.randint(0, DAY)
    seen = now - min(int(rng.expovariate(1 / (6 * DAY))), 190 * DAY) - rng.randint(60, 9000)
    plan, price = names.PLANS[firm.plan]
    fields = {
        "type": "company",
        "company_id": firm.company_id,
        "id": hexadecimal(created, rng),
        "app_id": options.app_id,
        "name": firm.name,
        "remote_created_at": created - rng.randint(0, 400) * DAY,
        "created_at": created,
        "updated_at": max(created, seen),
        "last_request_at": seen,
        "monthly_spend": price,
        "session_count": rng.randint(3, 4000),
        "user_count": 0,
        "size": rng.choice((12, 25, 40, 80, 150, 320, 900)),
        "website": f"https://www.{firm.domain}",
        "industry": "Field services",
        "plan": {"type": "plan", "id": str(7001 + firm.plan), "name": plan},
        "custom_attributes": {"region": firm.country.upper(), "renewal_quarter": f"Q{rng.randint(1, 4)} 2026"},
    }
    _leave_out(fields, rng, place)
    return Company(fields, health=rng.choice(HEALTHS), country=firm.country, domain=firm.domain)


def _leave_out(fields: dict[str, object], rng: random.Random, place: int) -> None:
    """Keys that are not set are not sent: every seventh company is sparse."""
    if place % 7 == 3:
        for key in ("size", "website", "industry", "remote_created_at"):
            del fields[key]
        fields["plan"] = {}
    elif rng.random() < 0.15:
        del fields["website"]


def _firm(rng: random.Random, *, place: int, count: int) -> Firm:
    codes = list(names.COUNTRIES)
    country = rng.choices(codes, [names.COUNTRIES[code].weight for code in codes])[0]
    trades = names.COMPANY_TRADES[
        names.TRADES_LIKE.get(country, country) if country not in names.COMPANY_TRADES else country
    ]
    head = rng.choice(names.LOCAL_HEADS.get(country) or names.COMPANY_HEADS)
    if rng.random() < 0.2 or place > 250:
        head = f"{head} {rng.choice(names.COMPANY_HEADS)}"
    if place > 1500:
        head = f"{head} {rng.choice(names.COMPANY_HEADS)}"
    name = f"{head} {rng.choice(trades)}".replace("-", " ")
    share = (place + 0.5) / count
    kind = "id" if share < KNOWN_BY_ID else "name" if share < KNOWN_BY_NAME else "unknown"
    own_id = salesforce(rng) if kind != "unknown" and place % 6 else f"nw-{10_000 + place * 7}"
    return Firm(
        name=name,
        domain=domain(name),
        country=country,
        company_id=own_id,
        plan=rng.choices(range(4), (3, 4, 3, 2))[0],
        kind=kind,
    )


def domain(name: str) -> str:
    """A domain under `.example` made of *name*."""
    for word, roman in _ROMAN.items():
        name = name.replace(word, roman)
    plain = (
        unicodedata.normalize("NFKD", name.lower().replace("ø", "o").replace("ß", "ss"))
        .encode("ascii", "ignore")
        .decode()
    )
    words = [
        word for word in re.findall(r"[a-z0-9]+", plain) if word not in {"co", "ltd", "gmbh", "ag", "sas", "sarl", "bv"}
    ]
    return f"{'-'.join(words[:3])}.example"
