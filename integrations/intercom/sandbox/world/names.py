# ruff: noqa: E501  a sentence stays on one line
"""People's names and places by country. Any likeness to a living person is chance: first and last names are drawn apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country of customers: what people are called, which language they write, where they live."""

    name: str
    code: str
    continent: str
    language: str
    weight: int
    cities: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COUNTRIES = {
    "us": Country(
        name="United States", code="USA", continent="NA", language="en", weight=34,
        cities=("Columbus", "Denver", "Raleigh", "Portland", "Tulsa", "Minneapolis"),
        first=_words("Megan Tyler Alicia Brandon Denise Kevin Latoya Marcus Erin Derek Tanya Jared Monica Dwayne Heather Luis Carmen Trevor Janelle Scott"),
        last=_words("Whitaker Delgado Brooks Hensley Okafor Pruitt Navarro Langford Sykes Carver Mejia Holloway Bauer Tran Ellison Kowalski Hampton Reyes Stroud Vance"),
    ),
    "gb": Country(
        name="United Kingdom", code="GBR", continent="EU", language="en", weight=16,
        cities=("Leeds", "Bristol", "Cardiff", "Glasgow", "Norwich"),
        first=_words("Imogen Callum Harriet Gareth Priya Alistair Bethan Rhys Yasmin Oliver Niamh Stuart Fiona Jamal Poppy"),
        last=_words("Ashworth Pemberton Llewellyn Sutcliffe Begum Fairclough Nairn Patel Whitlock Drummond Osei Bramley Thackeray Kaur Hollis"),
    ),
    "ie": Country(
        name="Ireland", code="IRL", continent="EU", language="en", weight=4,
        cities=("Cork", "Galway", "Limerick"),
        first=_words("Aoife Cillian Saoirse Declan Orla Eoin Ciara Padraig"),
        last=_words("Gallagher Keane Brennan Tierney Nolan Hanlon Moriarty Quirke"),
    ),
    "au": Country(
        name="Australia", code="AUS", continent="OC", language="en", weight=6,
        cities=("Geelong", "Perth", "Hobart", "Newcastle"),
        first=_words("Lachlan Matilda Bronte Angus Tahlia Hamish Kirra Darcy"),
        last=_words("McAllister Nguyen Coombes Petrakis Lawson Tregenza Bourke Fraser"),
    ),
    "ca": Country(
        name="Canada", code="CAN", continent="NA", language="en", weight=5,
        cities=("Halifax", "Calgary", "Hamilton"),
        first=_words("Brianne Connor Shreya Mathieu Kelsey Gurpreet Noah Audrey"),
        last=_words("Fournier Sandhu MacLeod Bergeron Chow Leclair Wozniak Peters"),
    ),
    "in": Country(
        name="India", code="IND", continent="AS", language="en", weight=5,
        cities=("Pune", "Kochi", "Bengaluru"),
        first=_words("Ananya Rohan Meera Vikram Sneha Arjun Kavya Nikhil"),
        last=_words("Deshpande Iyer Menon Kulkarni Rao Bhatt Chandran Joshi"),
    ),
    "de": Country(
        name="Germany", code="DEU", continent="EU", language="de", weight=9,
        cities=("Münster", "Leipzig", "Augsburg", "Bremen"),
        first=_words("Katrin Jürgen Sabine Matthias Anke Thorsten Ulrike Emre Birgit Lukas Svenja Holger"),
        last=_words("Brandt Kühn Vogel Hartwig Schröder Yilmaz Lindner Böhm Reuter Krämer Thiele Paschke"),
    ),
    "at": Country(
        name="Austria", code="AUT", continent="EU", language="de", weight=2,
        cities=("Graz", "Linz"),
        first=_words("Elisabeth Florian Theresa Georg"),
        last=_words("Pichler Hofstätter Gruber Leitner"),
    ),
    "fr": Country(
        name="France", code="FRA", continent="EU", language="fr", weight=7,
        cities=("Nantes", "Lille", "Grenoble"),
        first=_words("Camille Julien Élodie Thibault Amandine Karim Margaux Sébastien Hélène Bastien"),
        last=_words("Lefèvre Moreau Garnier Benali Rousselet Chevallier Perrin Dubreuil Faure Marchand"),
    ),
    "es": Country(
        name="Spain", code="ESP", continent="EU", language="es", weight=5,
        cities=("Valencia", "Bilbao", "Zaragoza"),
        first=_words("Lucía Álvaro Nuria Iker Rocío Sergio Marta Joan"),
        last=_words("Ibáñez Romero Etxeberria Vidal Cabrera Serrano Molina Puig"),
    ),
    "mx": Country(
        name="Mexico", code="MEX", continent="NA", language="es", weight=3,
        cities=("Monterrey", "Puebla"),
        first=_words("Ximena Rodrigo Paola Emiliano Daniela Héctor"),
        last=_words("Villarreal Cárdenas Robles Zamora Treviño Aguirre"),
    ),
    "br": Country(
        name="Brazil", code="BRA", continent="SA", language="pt", weight=5,
        cities=("Curitiba", "Recife", "Campinas"),
        first=_words("Thaís Rafael Bruna Caio Letícia Gustavo Mariana João"),
        last=_words("Figueiredo Barros Siqueira Monteiro Prado Cavalcanti Teixeira Nogueira"),
    ),
    "jp": Country(
        name="Japan", code="JPN", continent="AS", language="ja", weight=4,
        cities=("Nagoya", "Fukuoka", "Sendai"),
        first=_words("Haruka Kenta Yumi Daisuke Aya Shota Mika Takeshi"),
        last=_words("Nakamura Fujita Okada Matsui Ueda Kobayashi Hirano Sakamoto"),
    ),
    "it": Country(
        name="Italy", code="ITA", continent="EU", language="it", weight=3,
        cities=("Parma", "Torino"),
        first=_words("Chiara Lorenzo Giulia Davide Elena Matteo"),
        last=_words("Bellini Ferraro Galli Moretti Rinaldi Conti"),
    ),
    "nl": Country(
        name="Netherlands", code="NLD", continent="EU", language="nl", weight=3,
        cities=("Utrecht", "Groningen"),
        first=_words("Femke Jeroen Sanne Wouter Lotte Bram"),
        last=_words("Verhoeven Dijkstra Postma Kuipers Hoekstra Smeets"),
    ),
    "se": Country(
        name="Sweden", code="SWE", continent="EU", language="en", weight=2,
        cities=("Malmö", "Uppsala"),
        first=_words("Linnea Oskar Ebba Johan"),
        last=_words("Lindqvist Bergström Nyberg Sandell"),
    ),
}  # fmt: skip

# Firms that send technicians out: the customers of a dispatching product.
COMPANY_HEADS = _words(
    "Harbor Copper Summit Redwood Beacon Granite Blueline Juniper Northgate Silverbrook Ironbridge Lakeshore Cedar Keystone "
    "Prairie Falcon Meridian Oakfield Clearwater Stonegate Brightwell Tidewell Highland Ridgeway Westmoor Amberly Fairmont "
    "Cobalt Larkspur Kestrel Millbrook Anchor Pinecrest Sterling Marlowe Hawthorn Bayview Crestline Dunmore Eastbrook"
)
COMPANY_TRADES = {
    "us": ("Heating & Air", "Plumbing", "Elevator Co.", "Facility Services", "Fire Protection", "Home Services", "Solar", "Medical Devices"),
    "gb": ("Lifts Ltd", "Gas & Heating", "Facilities", "Security Systems", "Refrigeration", "Catering Equipment"),
    "de": ("Haustechnik GmbH", "Aufzüge GmbH", "Kältetechnik", "Gebäudeservice AG", "Medizintechnik GmbH"),
    "fr": ("Chauffage SARL", "Ascenseurs", "Maintenance SAS", "Froid Services"),
    "es": ("Climatización S.L.", "Ascensores", "Mantenimientos", "Instalaciones S.A."),
    "br": ("Refrigeração Ltda", "Elevadores", "Manutenção S.A."),
    "jp": ("設備サービス", "エレベーター", "空調"),
    "it": ("Impianti S.r.l.", "Ascensori", "Assistenza Tecnica"),
    "nl": ("Installatietechniek BV", "Liften BV", "Servicegroep"),
}  # fmt: skip
LOCAL_HEADS = {
    "de": _words("Nordlicht Rheintal Hansa Falkenberg Oberland Elbufer Sonnfeld Altmark"),
    "at": _words("Dachstein Donauland Enzian Semmering"),
    "fr": _words("Valmont Rivesud Clairefontaine Beaulieu Montagnac Loirenord"),
    "es": _words("Montesol Riberalta Levante Pirineo Castellar Guadiana"),
    "mx": _words("Sierra-Norte Tonalá Bajío Altamira"),
    "br": _words("Serramar Ipiranga Vale-Verde Paranapá Litoral"),
    "jp": _words("Minato Aozora Tokiwa Hayabusa Asahigaoka"),
    "it": _words("Valtellina Adriatica Montechiaro Brenta"),
    "nl": _words("Waterland Veluwe Zuiderhaven Amstelkade"),
}
TRADES_LIKE = {"ie": "gb", "au": "gb", "ca": "us", "in": "gb", "at": "de", "mx": "es", "se": "gb"}
JOB_TITLES = (
    "Dispatch manager", "Head of field operations", "Service coordinator", "IT administrator", "Operations director",
    "Office manager", "Finance manager", "Field service lead", "Systems engineer", "Customer care lead",
)  # fmt: skip

ADMINS = (
    ("Priya Raman", "Head of Support"), ("Tom Hale", "Support engineer"), ("Ines Duarte", "Customer success manager"),
    ("Marek Novotny", "Support specialist"), ("Grace Adeyemi", "Customer success manager"),
    ("Felix Aumann", "Solutions engineer"), ("Dana Kessler", "Billing specialist"), ("Owen Price", "Support specialist"),
    ("Rina Sato", "Support specialist"), ("Carlos Medina", "Account manager"),
)  # fmt: skip
TEAMS = ("Support", "Customer Success", "Billing")
TAGS = (
    "feature request", "bug", "outage", "billing", "churn risk", "praise", "onboarding", "how-to", "SSO", "CSV export",
    "dark mode", "API", "audit log", "mobile app", "integrations", "VIP", "escalated", "renewal 2026", "beta programme",
    "security review", "German", "French", "Spanish", "feature request", "notifications", "route board", "invoicing", "webinar lead",
)  # fmt: skip
SEGMENTS = ("Active users", "New this month", "Slipping away", "Enterprise accounts", "Leads from the website")
PLANS = (("Starter", 190), ("Team", 690), ("Business", 1900), ("Enterprise", 5200))
