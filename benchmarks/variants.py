"""How somebody else writes a firm's name, each way with a figure of its own; and strangers that look like customers."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from anyascii import anyascii

from benchmarks.firms import COUNTRIES, HEADS, PLACES, SURNAMES, Firm, firms, plain, with_form
from sonora.customers.matching.normal import name

SHORTER = {
    "Insurance": "Ins.",
    "Manufacturing": "Mfg",
    "Consulting": "Cons.",
    "Logistics": "Log.",
    "International": "Intl",
    "Construcciones": "Constr.",
    "Versicherung": "Vers.",
    "Maschinenbau": "Masch.bau",
    "Analytics": "Analyt.",
    "Trading": "Trdg",
    "Energy": "Enrgy",
}
AND = {"de": "und", "fr": "et", "es": "y", "it": "e", "nl": "en", "se": "och", "dk": "og"}
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "Ö": "Oe", "Ü": "Ue", "Ä": "Ae"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A company as the messenger knows it, and the firm that it is: a place in the list of customers, or None."""

    kind: str
    truth: int | None
    name: str
    website: str = ""
    people: dict[str, int] = field(default_factory=dict)


Way = Callable[[random.Random, Firm], str | None]  # None: this firm cannot be written so


def _form_changed(rng: random.Random, firm: Firm) -> str | None:
    return with_form(firm.core, rng.choice(COUNTRIES[firm.country].forms))


def _misspelled(text: str, rng: random.Random) -> str | None:
    places = [at for at, letter in enumerate(text) if letter.isalpha() and letter < "\u2e80" and at > 0]
    words = [word for word in text.split() if len(word) >= 6]
    if not words or len(places) < 6:
        return None
    at = text.index(word := rng.choice(words)) + rng.randrange(1, len(word) - 1)
    letter = rng.choice("aeiourstln") if text.isascii() else text[at - 1]
    return rng.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ]
    )


def _two_errors(rng: random.Random, firm: Firm) -> str | None:
    if max(map(len, firm.core.split())) < 9:
        return None
    once = _misspelled(firm.core, rng)
    return _misspelled(once, rng) if once else None


def _order(rng: random.Random, firm: Firm) -> str | None:
    words = firm.core.split()
    return f"{words[-1]} {' '.join(words[:-1])}" if len(words) > 1 and "&" not in words else None


def _comma(rng: random.Random, firm: Firm) -> str | None:
    return f"{firm.trade or firm.tail}, {firm.head}" if (firm.trade or firm.tail) and " " in firm.core else None


def _shortened(rng: random.Random, firm: Firm) -> str | None:
    return with_form(firm.core.replace(firm.trade, SHORTER[firm.trade]), firm.form) if firm.trade in SHORTER else None


def _initials(rng: random.Random, firm: Firm) -> str | None:
    words = [word for word in firm.core.split() if word != "&"]
    return "".join(word[0] for word in words).upper() if len(words) >= 4 and firm.core.isascii() else None


def _spacing(rng: random.Random, firm: Firm) -> str | None:
    words = firm.core.split()
    return "".join(words) if len(words) > 1 and "&" not in words else None


def _other_and(rng: random.Random, firm: Firm) -> str | None:
    return firm.name.replace("&", AND.get(firm.country, "and")) if "&" in firm.core else None


def _without_accents(rng: random.Random, firm: Firm) -> str | None:
    return None if firm.core.isascii() else with_form(anyascii(firm.core), firm.form)


def _umlauts(rng: random.Random, firm: Firm) -> str | None:
    text = firm.name.translate(UMLAUTS)
    return text if text != firm.name else None


def _punctuated(rng: random.Random, firm: Firm) -> str | None:
    return f"{firm.core.replace(' ', rng.choice(['-', ' ', '  ', '. ']))},{firm.form}." if firm.core.isascii() else None


def _with_place(rng: random.Random, firm: Firm) -> str | None:
    return None if firm.tail else with_form(f"{firm.core} {rng.choice(PLACES)}", firm.form)


def _with_group(rng: random.Random, firm: Firm) -> str | None:
    return None if firm.tail else f"{firm.core} {rng.choice(['Group', 'International', 'Holding', 'Global'])}"


def _trading_as(rng: random.Random, firm: Firm) -> str | None:
    return f"{rng.choice(SURNAMES)} Ventures LLC {rng.choice(['dba', 'd/b/a', 'trading as', 't/a'])} {firm.core}"


WAYS: dict[str, Way] = {
    "same": lambda rng, firm: firm.name,
    "case": lambda rng, firm: rng.choice([firm.name.upper(), firm.name.lower(), firm.name.swapcase()]),
    "no legal form": lambda rng, firm: firm.core if firm.form else None,
    "legal form of its country": _form_changed,
    "legal form of another country": lambda rng, firm: f"{firm.core} {rng.choice(['Inc.', 'Ltd', 'GmbH', 'S.A.'])}",
    "the": lambda rng, firm: f"The {firm.name}",
    "punctuation": _punctuated,
    "accents dropped": _without_accents,
    "umlauts spelled out": _umlauts,
    "and": _other_and,
    "typing error": lambda rng, firm: _misspelled(firm.core, rng),
    "typing error, other form": lambda rng, firm: _misspelled(with_form(firm.core, ""), rng),
    "two typing errors": _two_errors,
    "word order": _order,
    "comma": _comma,
    "abbreviation": _shortened,
    "initials": _initials,
    "spacing": _spacing,
    "group added": _with_group,
    "place added": _with_place,
    "team after a dash": lambda rng, firm: f"{firm.core} - {rng.choice(['Billing', 'EMEA', 'Support', 'Test'])}",
    "trading as": _trading_as,
    "bracket": lambda rng, firm: f"{firm.name} ({rng.choice(['formerly Quixel', 'old account', 'customer', 'Pilot'])})",
    "name is a domain": lambda rng, firm: firm.domain if rng.random() < 0.5 else f"{plain(firm.core)}.com",
}


def companies(rng: random.Random, customers: list[Firm], count: int) -> list[Written]:
    """*count* companies: four in five are customers, written in all ways, the others strangers that look like them."""
    made: list[Written] = []
    kinds = list(WAYS)
    taken = {name(firm.name).letters: at for at, firm in enumerate(customers)}
    while len(made) < count * 0.72:
        at = rng.randrange(len(customers))
        kind = rng.choice(kinds)
        written = WAYS[kind](rng, customers[at])
        if written and taken.get(name(written).letters, at) == at:
            made.append(_with_domains(rng, Written(kind=kind, truth=at, name=written), customers[at], 0.35))
    made += [_known_by_domain(rng, customers) for _ in range(int(count * 0.08))]
    strangers = _strangers(rng, customers)
    return [*made, *(next(strangers) for _ in range(count - len(made)))]


def _with_domains(rng: random.Random, written: Written, firm: Firm, share: float) -> Written:
    website = f"https://www.{firm.domain}/" if rng.random() < share else ""
    people = {firm.domain: rng.randint(1, 5)} if rng.random() < share else {}
    return replace(written, website=website, people=people)


def _known_by_domain(rng: random.Random, customers: list[Firm]) -> Written:
    """The name says something else: a brand, a product, a new name."""
    at = rng.randrange(len(customers))
    firm = customers[at]
    name = (
        f"{rng.choice('BDFKLMNPRST')}{rng.choice(['avo', 'urio', 'exa', 'ilo'])}{rng.choice(['mint', 'lane', 'drop'])}"
    )
    if rng.random() < 0.6:
        return Written(kind="website alone", truth=at, name=name, website=f"http://{firm.domain}")
    return Written(kind="e-mail alone", truth=at, name=name, people={firm.domain: 3, "partner.example": 1})


def _strangers(rng: random.Random, customers: list[Firm]):  # noqa: ANN202 - a generator of Written
    taken = {plain(firm.core) for firm in customers}
    new = (firm for firm in firms(rng, 2 * len(customers) + 500) if plain(firm.core) not in taken)
    while True:
        firm = rng.choice(customers)
        kind, other = rng.choice(
            [
                (
                    "another trade",
                    replace(firm, trade=rng.choice(COUNTRIES[rng.choice(["us", "uk", "de"])].trades), tail=""),
                ),
                ("another number", replace(firm, tail=str(rng.randint(100, 999)))),
                ("another partner", replace(firm, head=f"{firm.head.split(' & ')[0]} & {rng.choice(SURNAMES)}")),
                ("another first word", replace(firm, head=f"{rng.choice(HEADS)} {firm.head}")),
                ("unknown", next(new)),
            ]
        )
        if kind == "another number" and not firm.tail.isdigit():
            continue
        if kind == "another partner" and "&" not in firm.head:
            continue
        if kind == "another trade" and (not firm.trade or other.trade == firm.trade):
            continue
        if plain(other.core) in taken:
            continue
        domain = f"{plain(other.core)[:40]}.com"
        yield _with_domains(rng, Written(kind=kind, truth=None, name=other.name), replace(other, domain=domain), 0.3)
