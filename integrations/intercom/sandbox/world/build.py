"""Builds the workspace from a seed: people and firms at once, conversations as plans whose words come later."""

from integrations.intercom.sandbox.index import Index
from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.world import firms, names, people
from integrations.intercom.sandbox.world.cast import Cast
from integrations.intercom.sandbox.world.ids import hexadecimal, randomness
from integrations.intercom.sandbox.world.model import Company, Contact, Conversation, Json, World
from integrations.intercom.sandbox.world.plan import plan, planned_deletions
from integrations.intercom.sandbox.world.writer import Writer

FIRST_ADMIN, FIRST_TEAM, FIRST_TAG = 991_000_001, 5_017_001, 8_200_101
TIMEZONES = {"US": "America/New_York", "Europe": "Europe/Berlin", "AU": "Australia/Sydney"}


def build(options: Options) -> World:
    """The workspace of *options* (settled). The same options give the same workspace."""
    made = firms.firms(options.seed, options.companies)
    companies = [firms.company(firm, options=options, place=place) for place, firm in enumerate(made)]
    tags = {str(FIRST_TAG + place): _tag_name(place) for place in range(options.tags)}
    contacts = people.contacts(options, companies, list(tags))
    _count_people(companies, contacts)
    _tag_companies(options, companies, list(tags))
    cast = Cast.of(admins=_admins(options), companies=companies, contacts=contacts, tags=tags)
    conversations: dict[int | str, Conversation] = {it.id: it for it in plan(options, cast)}
    return World(
        app=_app(options),
        admins=cast.admins,
        teams=_teams(cast.admins),
        tags=tags,
        segments=_segments(options),
        companies={it.id: it for it in companies},
        contacts=Index({it.id: it for it in contacts}),
        conversations=Index(conversations),
        write=Writer(options, cast).write,
        deletions=planned_deletions(options),
    )


def _app(options: Options) -> Json:
    return {
        "type": "app",
        "id_code": options.app_id,
        "name": options.name,
        "created_at": options.clock_start - 5 * 365 * people.DAY,
        "secure": True,
        "identity_verification": True,
        "timezone": TIMEZONES[options.region],
        "region": options.region,
    }


def _admins(options: Options) -> dict[str, Json]:
    admins: dict[str, Json] = {}
    for place in range(options.admins):
        name, title = names.ADMINS[place % len(names.ADMINS)]
        first, last = name.split(" ")
        last = last if place < len(names.ADMINS) else f"{last} {place}"
        ident = str(FIRST_ADMIN + place)
        admins[ident] = {
            "type": "admin",
            "id": ident,
            "name": f"{first} {last}",
            "email": people.email(first, last.replace(" ", ""), "northwind.example"),
            "job_title": title,
            "away_mode_enabled": place == 5,
            "away_mode_reassign": False,
            "away_status_reason_id": None,
            "has_inbox_seat": True,
            "team_ids": [FIRST_TEAM + _team_of(title)],
            "avatar": None,
        }
    return admins


def _team_of(title: str) -> int:
    if "Billing" in title:
        return 2
    return 1 if "success" in title or "manager" in title else 0


def _teams(admins: dict[str, Json]) -> dict[str, Json]:
    return {
        str(FIRST_TEAM + place): {
            "type": "team",
            "id": str(FIRST_TEAM + place),
            "name": name,
            "admin_ids": [int(it["id"]) for it in admins.values() if FIRST_TEAM + place in it["team_ids"]],
            "assignment_limit": None,
            "distribution_method": "manual",
        }
        for place, name in enumerate(names.TEAMS)
    }


def _tag_name(place: int) -> str:
    return names.TAGS[place] if place < len(names.TAGS) else f"project {place}"


def _segments(options: Options) -> list[Json]:
    rng, created = randomness(options.seed, "segments"), options.clock_start - 700 * people.DAY
    return [
        {
            "type": "segment",
            "id": hexadecimal(created + place, rng),
            "name": name,
            "created_at": created + place,
            "updated_at": created + place,
            "person_type": "contact" if "Leads" in name else "user",
        }
        for place, name in enumerate(names.SEGMENTS)
    ]


def _count_people(companies: list[Company], contacts: list[Contact]) -> None:
    by_id = {it.id: it for it in companies}
    for contact in contacts:
        for ident in contact.company_ids:
            by_id[ident].fields["user_count"] += 1


def _tag_companies(options: Options, companies: list[Company], tag_ids: list[str]) -> None:
    rng = randomness(options.seed, "company tags")
    for company in companies:
        if tag_ids and rng.random() < 0.25:
            company.tag_ids = rng.sample(tag_ids, 1)
