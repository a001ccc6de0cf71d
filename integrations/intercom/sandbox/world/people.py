"""Contacts: users and leads, with the irregularities of a real list."""

import random
import unicodedata
from typing import Any

from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.world import names
from integrations.intercom.sandbox.world.ids import hexadecimal, randomness
from integrations.intercom.sandbox.world.model import Company, Contact

DAY = 86_400
LEADS = 0.12  # share of contacts that are leads
_NOTHING = dict.fromkeys(
    [
        "android_app_name",
        "android_app_version",
        "android_device",
        "android_os_version",
        "android_sdk_version",
        "android_last_seen_at",
        "ios_app_name",
        "ios_app_version",
        "ios_device",
        "ios_os_version",
        "ios_sdk_version",
        "ios_last_seen_at",
        "utm_campaign",
        "utm_content",
        "utm_medium",
        "utm_source",
        "utm_term",
        "referrer",
        "enabled_push_messaging",
    ]
)
_BROWSERS = (("chrome", "140.0.7339.81", "Windows 11"), ("safari", "18.6", "macOS 15"), ("firefox", "143.0", "Ubuntu"),
             ("edge", "140.0.3485.54", "Windows 11"))  # fmt: skip


def contacts(options: Options, companies: list[Company], tag_ids: list[str]) -> list[Contact]:
    """All contacts, in order of creation."""
    made = [_contact(options, place, companies, tag_ids) for place in range(options.contacts)]
    _irregular(made, companies, tag_ids)
    return sorted(made, key=lambda it: (it.created_at, it.id))


def _contact(options: Options, place: int, companies: list[Company], tag_ids: list[str]) -> Contact:
    rng = randomness(options.seed, "contact", place)
    lead = rng.random() < LEADS
    # Everyone's company gets someone before any gets a second person, so that none is missing from the lists.
    company = companies[place] if place < len(companies) else rng.choice(companies)
    country = names.COUNTRIES[company.country]
    first, last = rng.choice(country.first), rng.choice(country.last)
    dates = _dates(rng, options.clock_start, place)
    fields = _fields(rng, options, place, lead=lead) | dates
    fields |= {"name": f"{first} {last}", "email": email(first, last, company.domain), "email_domain": company.domain}
    fields["location"] = _location(country, rng)
    fields["id"] = hexadecimal(dates["created_at"], rng)
    if lead and place >= len(companies):
        return Contact(_anonymous(fields, rng), language=country.language)
    tags = [
        applied(tag, dates["updated_at"] - rng.randint(0, 40) * DAY)
        for tag in rng.sample(tag_ids, rng.choice((0, 0, 0, 1, 2)))
    ]
    return Contact(fields, company_ids=[company.id], tags=tags, language=country.language)


def applied(tag_id: str, at: int, admin_id: str = "991000001") -> dict[str, Any]:
    """A tag as it hangs on something."""
    return {"id": tag_id, "applied_at": at, "applied_by": {"type": "admin", "id": admin_id}}


def email(first: str, last: str, domain: str) -> str:
    """first.last@domain in plain letters."""
    local = unicodedata.normalize("NFKD", f"{first}.{last}".lower().replace("ø", "o").replace("ß", "ss"))
    return f"{local.encode('ascii', 'ignore').decode()}@{domain}"


def _dates(rng: random.Random, now: int, place: int) -> dict[str, Any]:
    age = rng.uniform(215, 900) if place % 5 or place < 60 else rng.uniform(1, 200)
    created = now - int(age * DAY) - rng.randint(0, DAY)
    updated = min(now - 300, max(created, now - int(rng.uniform(0.01, 1) * 200 * DAY)))
    seen = max(created, updated - rng.randint(0, 3 * DAY))
    return {
        "created_at": created,
        "updated_at": updated,
        "signed_up_at": created + rng.randint(60, 7200),
        "last_seen_at": seen,
        "last_replied_at": rng.choice((None, max(created, seen - rng.randint(0, 30 * DAY)))),
        "last_contacted_at": rng.choice((None, max(created, seen - rng.randint(0, 20 * DAY)))),
        "last_email_opened_at": rng.choice((None, seen)),
        "last_email_clicked_at": None,
    }


def _fields(rng: random.Random, options: Options, place: int, *, lead: bool) -> dict[str, Any]:
    browser, version, system = rng.choice(_BROWSERS)
    return {
        "type": "contact",
        "id": "",
        "workspace_id": options.app_id,
        "external_id": str(rng.getrandbits(62)) if lead else f"usr_{20_000 + place}",
        "role": "lead" if lead else "user",
        "phone": f"+1555010{place % 10_000:04d}" if place % 4 == 0 else None,
        "avatar": None,
        "owner_id": None,
        "social_profiles": {"type": "list", "data": []},
        "has_hard_bounced": place % 53 == 0,
        "marked_email_as_spam": False,
        "unsubscribed_from_emails": place % 17 == 0,
        "language_override": None,
        "browser": browser,
        "browser_version": version,
        "browser_language": "en",
        "os": system,
        "custom_attributes": {"job_title": rng.choice(names.JOB_TITLES)},
        "sms_consent": False,
        "unsubscribed_from_sms": False,
    } | _NOTHING


def _location(country: names.Country, rng: random.Random) -> dict[str, Any]:
    return {
        "type": "location",
        "country": country.name,
        "region": None,
        "city": rng.choice(country.cities),
        "country_code": country.code,
        "continent_code": country.continent,
    }


def _anonymous(fields: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A lead from the website: often no name, sometimes no address."""
    if rng.random() < 0.5:
        fields |= {"email": "", "email_domain": "", "name": None if rng.random() < 0.6 else fields["name"]}
    return fields | {"signed_up_at": None}


def _irregular(made: list[Contact], companies: list[Company], tag_ids: list[str]) -> None:
    """What every long list has: many tags, many companies, one address twice, users without an address."""
    if len(made) < 12:
        return
    made[1].company_ids = [company.id for company in companies[:12]]
    made[2].tags = [applied(tag, made[2].updated_at) for tag in tag_ids[:14]]
    made[3].company_ids = [company.id for company in companies[3:5]]
    made[5].fields |= {key: made[4].fields[key] for key in ("email", "email_domain", "name")}
    for place in range(7, len(made), 29):
        made[place].fields |= {"email": "", "email_domain": ""}
