"""Invented firms of many countries: groups that share a name, numbers, initials, families, scripts."""

import random
from dataclasses import dataclass

from anyascii import anyascii

# Country, ending of its domains | legal forms, the frequent ones first | trades
_TABLE = """
us com | Inc.; LLC; Corp.; Inc; Corporation; LLP | Software; Foods; Bank; Health; Energy; Insurance; Robotics
uk co.uk | Ltd; Limited; PLC; LLP | Trading; Logistics; Consulting; Bakery; Motors; Estates; Media; Brewing
de de | GmbH; AG; GmbH & Co. KG; KG; UG (haftungsbeschränkt); e.K. | Maschinenbau; Logistik; Bau; Versicherung
fr fr | SAS; S.A.; SARL; SASU | Conseil; Énergie; Bâtiment; Assurances; Santé; Boulangerie
es es | S.L.; S.A.; S.L.U. | Construcciones; Alimentación; Transportes; Seguros; Ingeniería
it it | S.r.l.; S.p.A.; SRL | Costruzioni; Trasporti; Moda; Alimentari; Meccanica
nl nl | B.V.; N.V.; BV | Bouw; Zorg; Techniek; Groothandel
se se | AB; Aktiebolag | Bygg; Skog; Möbler; Frakt
dk dk | A/S; ApS | Rederi; Byg; Møbler
no no | AS; ASA | Fisk; Shipping; Eiendom
fi fi | Oy; Oyj; Oy Ab | Rakennus; Metsä; Kala
pl pl | Sp. z o.o.; S.A.; sp.k. | Budownictwo; Transport; Żegluga
cz cz | s.r.o.; a.s. | Stavby; Doprava; Nábytek
hu hu | Kft.; Zrt. | Építő; Szállítás
ro ro | S.R.L.; S.A. | Construcții; Transport
hr hr | d.o.o.; d.d. | Gradnja; Brodogradnja
tr com.tr | A.Ş.; Ltd. Şti. | İnşaat; Gıda; Lojistik
br com.br | Ltda.; S.A.; EIRELI | Construções; Alimentos; Tecnologia
pt pt | Lda.; S.A. | Têxteis; Cortiça
mx com.mx | S.A. de C.V.; S. de R.L. de C.V. | Alimentos; Aceros
ch ch | AG; SA; Sagl; GmbH | Treuhand; Uhren
at at | GmbH; AG; OG | Holzbau; Seilbahnen
be be | BVBA; NV; SPRL | Chocolaterie; Transport
au com.au | Pty Ltd; Pty. Limited; Ltd | Mining; Wines; Plumbing
in in | Pvt. Ltd.; Private Limited; Ltd. | Textiles; Infotech; Chemicals
sg com.sg | Pte. Ltd.; Pte Ltd | Marine; Capital
my com.my | Sdn. Bhd.; Berhad | Plantations; Electronics
ee ee | OÜ; AS | Ehitus; Puit
lt lt | UAB | Statyba
lv lv | SIA | Būve
id co.id | PT | Makmur; Sejahtera
jp co.jp | 株式会社; Co., Ltd.; K.K. | 電機; 商事; 建設
cn cn | 有限公司; Co., Ltd. | 科技; 贸易; 电子
kr co.kr | 주식회사; Co., Ltd. | 전자; 건설
ru ru | ООО; АО | Строй; Логистика; Энерго
ua ua | ТОВ | Агро; Буд
gr gr | Α.Ε.; ΕΠΕ | Ναυτιλία; Τρόφιμα
"""
CJK = "\u2e80"  # scripts from here on have no blanks


def _countries() -> dict[str, "Country"]:
    rows = (line.split(" | ") for line in _TABLE.strip().splitlines())
    return {
        head.split()[0]: Country(tuple(forms.split("; ")), tuple(trades.split("; ")), head.split()[1])
        for head, forms, trades in rows
    }


@dataclass(frozen=True, slots=True)
class Country:
    """How firms of a country are named."""

    forms: tuple[str, ...]
    trades: tuple[str, ...]
    ending: str


COUNTRIES = _countries()
IN_FRONT = {"ООО", "АО", "ТОВ", "UAB", "SIA", "PT", "株式会社", "주식회사"}
SOUNDS = {
    "ru": ("ва ро ми ле на ст ра то ка бе ло да се ни гор вол", ""),
    "ua": ("ва ро ми ле на ст ра то ка бе ло да зе лю", ""),
    "gr": ("κα λο μι ρα νε το σα πε δη φω λυ", ""),
    "jp": ("トヨ サク ミナ カワ ヒカ タカ ナル アオ ヤマ シロ", ""),
    "cn": ("华 东 海 天 龙 金 盛 远 达 通 明 瑞 恒 鑫 泰 安", ""),
    "kr": ("한 성 대 영 미 래 동 진 우 명 신 세", ""),
    "de": ("hal ber stein wald mül kön strö gra feld grün bach brü hof lin", "er ing mann au"),
    "fr": ("bel mar cha ville ron beau dé mon lière cler é roux", "eau ier ain"),
    "tr": ("yıl çe ka şa de gü öz bay ar kır", "lar oğlu maz"),
    "pl": ("kow wró łu bia za gó świ ra sta bo", "ski wicz na"),
}
LATIN = ("ka lo vi ten dra mor sel pra no qui bal zen tor fin hal mer gus rax ver dal", "ia on is ex ora ent um ix")
HEADS = """
Summit Atlas Horizon Pioneer Apex Beacon Vertex Cascade Harbor Granite Falcon Orchard Meridian Cobalt Juniper
Sterling Lighthouse Evergreen Redwood Ironwood Silverline Bluestone Northwind Eastgate Westbrook Southfork Copper
Amber Crescent Phoenix Titan Nova Zenith Quantum Aurora Liberty Patriot Heritage Keystone Landmark Milestone Compass
""".split()  # noqa: SIM905 - a page of words is easier to mend
SURNAMES = """
Smith Jones Johnson Müller Schröder García López Fernández Rossi Bianchi Dubois Lefèvre Nowak Kowalski Andersen
Lindqvist Jensen Yılmaz O'Brien McAllister Nguyen Patel Silva Novák Horváth Kovač VandenBerg DeVries
""".split()  # noqa: SIM905 - a page of words is easier to mend
PLACES = ["Germany", "France", "Spain", "UK", "Nordic", "Asia", "Iberia", "USA", "Italia", "Benelux"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A firm: its name without a legal form, in parts, and its domain."""

    head: str
    trade: str = ""
    tail: str = ""  # Group, Holding, Germany, 54, …
    form: str = ""
    country: str = "us"
    domain: str = ""

    @property
    def core(self) -> str:
        parts = (self.head, self.trade, self.tail)
        return ("" if self.country in {"jp", "cn", "kr"} and self.head[:1] > CJK else " ").join(filter(None, parts))

    @property
    def name(self) -> str:
        return with_form(self.core, self.form)


def with_form(core: str, form: str) -> str:
    if not form:
        return core
    if form in IN_FRONT:
        return form + ("" if form[0] > CJK else " ") + core
    return f"{core}{'' if form == '有限公司' else ' '}{form}"


def firms(rng: random.Random, count: int) -> list[Firm]:
    """*count* firms, no two of the same words."""
    found: dict[str, Firm] = {}
    while len(found) < count:
        for firm in _family(rng):
            found.setdefault(plain(firm.core), firm)
    return list(found.values())[:count]


def plain(text: str) -> str:
    return "".join(letter for letter in anyascii(text).lower() if letter.isalnum())


def _family(rng: random.Random) -> list[Firm]:
    """One firm, or several that share their first word: a group's firms, or strangers."""
    country = rng.choices(list(COUNTRIES), [8 if code in {"us", "uk", "de", "fr"} else 2 for code in COUNTRIES])[0]
    head = _head(rng, country)
    kind = rng.random()
    if kind < 0.70:
        return [_firm(rng, country, head)]
    if kind < 0.85:  # a group: the parent and its subsidiaries
        trades = rng.sample(COUNTRIES[country].trades, min(2, len(COUNTRIES[country].trades)))
        tails = ["Group", "Holding", *rng.sample(PLACES, 2)]
        parent = [_made(rng, country, head, tail=rng.choice(["", "Group", "Holding"]))]
        return [*parent, *(_made(rng, country, head, one) for one in trades), _made(rng, country, head, tail=tails[-1])]
    if kind < 0.93:  # strangers in several countries
        return [_firm(rng, rng.choice(["us", "uk", "au", "sg"]), head) for _ in range(3)]
    return [_made(rng, country, head, tail=str(number)) for number in rng.sample(range(2, 99), 2)]


def _firm(rng: random.Random, country: str, head: str) -> Firm:
    return _made(rng, country, head, rng.choice([*COUNTRIES[country].trades, *([""] if len(head) > 5 else [])]))


def _made(rng: random.Random, country: str, head: str, trade: str = "", tail: str = "") -> Firm:
    form = rng.choice(COUNTRIES[country].forms) if rng.random() < 0.7 else ""
    firm = Firm(head=head, trade=trade, tail=tail, form=form, country=country)
    host = plain(firm.core) if rng.random() < 0.5 else "-".join(map(plain, firm.core.split()))
    ending = rng.choice([COUNTRIES[country].ending, "com"])
    return Firm(head=head, trade=trade, tail=tail, form=form, country=country, domain=f"{host[:40]}.{ending}")


def _head(rng: random.Random, country: str) -> str:
    kind = rng.random()
    if country in {"ru", "ua", "gr", "jp", "cn", "kr"} or kind < 0.5:
        syllables, endings = SOUNDS.get(country, LATIN)
        sounds = syllables.split()
        size = rng.choice([2, 3]) if country not in {"cn", "kr"} else 3
        word = "".join(rng.sample(sounds, size))
        return (word + (rng.choice(endings.split()) if endings else "")).capitalize()
    if kind < 0.65:
        return f"{rng.choice(SURNAMES)} & {rng.choice(SURNAMES)}"
    if kind < 0.75:
        return "".join(rng.choices("ABCDEFGHKLMNPRSTVWXZ", k=rng.choice([3, 4])))
    if kind < 0.85:
        return f"{rng.choice(HEADS)} {rng.choice(HEADS)}"
    return rng.choice(HEADS)
