"""The variable words of a conversation: chosen once, so that a thread speaks of one order, one place, one day."""

import random

from integrations.intercom.sandbox.world import names
from integrations.intercom.sandbox.world.stories.wishes import WISH_BY_STORY

_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "September", "October", "November"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "September", "Oktober"),
    "fr": ("janvier", "février", "mars", "avril", "septembre", "octobre"),
    "es": ("enero", "febrero", "marzo", "abril", "septiembre", "octubre"),
    "pt": ("janeiro", "fevereiro", "março", "abril", "setembro", "outubro"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "settembre"),
    "nl": ("januari", "februari", "maart", "april", "september"),
    "ja": ("1月", "2月", "3月", "4月", "9月", "10月"),
}
_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes"),
    "pt": ("segunda", "terça", "quarta", "quinta", "sexta"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"),
    "ja": ("月曜日", "火曜日", "水曜日", "木曜日", "金曜日"),
}


def slots(rng: random.Random, *, story: str, language: str, city: str, teammate: str, country: str) -> dict[str, str]:
    """Values for every `{…}` of a story's sentences."""
    values = {
        "site": city,
        "teammate": teammate,
        "day": rng.choice(_DAYS[language]),
        "month": rng.choice(_MONTHS[language]),
        "hour": f"{rng.randint(6, 10)}:{rng.choice(('05', '10', '20', '40', '50'))}",
        "minutes": str(rng.choice((15, 20, 25, 35, 45, 50, 90))),
        "count": str(rng.choice((6, 9, 12, 14, 18, 23, 31, 40, 57, 120, 260))),
        "seats": str(rng.randint(3, 28)),
        "years": str(rng.randint(2, 6)),
        "percent": str(rng.randint(7, 28)),
        "amount": _amount(rng, country),
        "order": str(rng.randint(10_240, 98_990)),
        "version": f"4.{rng.randint(11, 29)}.{rng.randint(0, 4)}",
        "browser": rng.choice(("Chrome", "Firefox", "Safari", "Edge")),
        "region": rng.choice(("eastern US", "Frankfurt", "Sydney", "Dublin")),
    }
    wish = WISH_BY_STORY.get(story)
    if wish:
        place = rng.randrange(len(wish.things))  # a name and the deed that belongs to it
        thing, able = wish.things[place], wish.able[place % len(wish.able)]
        values |= {"thing": thing, "thing_cap": thing[0].upper() + thing[1:], "able": able.format_map(values)}
    return values


def _amount(rng: random.Random, country: str) -> str:
    number = rng.choice((190, 380, 690, 1240, 1900, 3800, 5200, 8600))
    code = names.COUNTRIES[country].continent if country in names.COUNTRIES else "NA"
    if country == "gb":
        return f"£{number:,}"
    return f"€{number:,}" if code == "EU" else f"${number:,}"
