"""Words of firms' names that are not the name itself: abbreviations, what a firm does, where it is, how it is built.

Written down from general knowledge. Each word stands as `normal.words` leaves it.
"""


def _table(text: str) -> dict[str, str]:
    """*text* has a line for each word: the word, then its other spellings."""
    rows = (line.split() for line in text.strip().splitlines())
    return {spelling: first for first, *others in rows for spelling in others}


SAME = _table("""
international intl internat internatl internacional internazionale internationale
national natl nationale nacional
manufacturing mfg manuf manufg
management mgmt mgt
services svcs svc service servicios servizi servicos
solutions soln solns solution
systems sys system
technologies technology tech tecnologia technologie technologien teknologi
brothers bros
associates assoc assocs assn association
university univ universitat universite universita universidad
group grp gruppe groupe gruppo grupo groep gruppen
holdings holding hldg hldgs beteiligungen
engineering engr engrg eng
laboratories labs lab laboratory
pharmaceuticals pharma pharmaceutical
electronics electronic elec
communications comms comm communication
consulting consultants consultancy
construction constr constructions
distribution distr distributors distributor
development dev developments
department dept
industries ind inds industry industrie industria industrias
insurance ins insurances
hospital hosp
government govt
financial fin finance
marketing mktg
products prods product
production prod productions
supply supplies
center centre ctr centro zentrum
saint st sankt sant
mount mt
fort ft
first 1st
second 2nd
third 3rd
brewing brewery
germany deutschland allemagne german
france french frankreich
spain espana iberia espagne
italy italia italien
switzerland schweiz suisse svizzera
austria osterreich oesterreich
netherlands nederland holland dutch
poland polska polen
belgium belgie belgique belgien
sweden sverige schweden
norway norge
denmark danmark
finland suomi
brazil brasil
mexico mexiko mexique
japan nippon
uk gb britain
usa us america
europe emea eu europa
""")

JOINING = frozenset(["and", "und", "et", "og", "och", "y", "e", "i", "ve"])  # as an ampersand, between two words

PLACES = frozenset(
    """
    germany france spain italy switzerland austria netherlands poland belgium sweden norway denmark finland brazil
    mexico japan uk usa europe ireland portugal greece turkey czech hungary romania bulgaria croatia serbia slovenia
    ukraine russia india china taiwan singapore malaysia indonesia thailand vietnam philippines korea australia canada
    argentina chile colombia peru uruguay israel egypt morocco nigeria kenya ghana dubai uae africa asia apac latam
    nordic nordics nordisk benelux dach iberica scandinavia baltic americas pacific london paris berlin munich hamburg
    vienna wien zurich geneva amsterdam brussels madrid barcelona lisbon milan rome roma warsaw prague budapest
    bucharest athens istanbul stockholm oslo copenhagen helsinki dublin edinburgh manchester york boston chicago texas
    dallas houston austin california florida seattle denver atlanta toronto montreal vancouver sydney melbourne
    auckland mumbai delhi bangalore tokyo osaka shanghai beijing shenzhen hongkong north south east west northern
    southern eastern western central
    """.split()  # noqa: SIM905 - a page of words is easier to read and to mend
)

BUILT = frozenset(
    """
    group holdings international global worldwide national enterprises enterprise ventures partners partner associates
    company corporation firm business businesses hq headquarters division branch subsidiary filial niederlassung trust
    foundation of de la le les el los las das du des do da dos der die den van von het for fur pour per a the in by
    new old sons son brothers family online digital web app official team hub
    """.split()  # noqa: SIM905 - a page of words is easier to read and to mend
)

TRADES = frozenset(
    """
    services solutions systems technologies consulting manufacturing management engineering laboratories
    pharmaceuticals electronics communications construction distribution development industries insurance hospital
    financial marketing products production supply center software hardware logistics transport transportation
    shipping freight trading traders trade imports exports import export media studio studios design designs agency
    interactive productions films pictures music games gaming entertainment publishing press news books education
    academy school college university institute research science sciences health healthcare medical care clinic
    clinics dental pharmacy biotech bio energy power solar electric electrical gas oil petroleum water mining steel
    metal metals plastics chemicals chemical paper packaging foods food beverages coffee bakery restaurant restaurants
    catering kitchen hotel hotels resort resorts travel tours airlines airways aviation air marine maritime auto
    automotive motors motor cars parts tools machinery machines equipment bank banking capital invest investment
    investments investors fund funds wealth asset assets advisors advisory accounting tax legal law lawyers attorneys
    realty properties property estate estates homes housing building builders contractors roofing plumbing heating
    cooling hvac cleaning maintenance security safety fashion clothing apparel shoes jewelry beauty cosmetics salon
    spa fitness sports sport retail store stores shop market markets mart wholesale furniture interiors garden gardens
    farms farm agriculture agro seeds wine wines brewing telecom telecommunications network networks mobile wireless
    cloud data analytics robotics automation labs ai it computing computer computers cyber internet payments pay
    fintech staffing recruiting recruitment hr training coaching events advertising creative print printing photo
    photography video audio vision optics glass ceramics wood timber textile textiles leather toys pets pet veterinary
    animal environmental waste recycling green eco workshop works werke werk bau handel handels vertrieb technik
    maschinenbau elektro logistik spedition transporte verlag versicherung versicherungen bauunternehmen stiftung
    verein immobilien conseil assurances batiment boulangerie ingenieria construcciones transportes logistica
    comercial distribuciones alimentos seguros costruzioni trasporti alimentari assicurazioni tecnologias engenharia
    first second third united general american british european royal imperial universal premier prime super smart
    great advanced applied integrated independent professional modern standard superior quality total
    """.split()  # noqa: SIM905 - a page of words is easier to read and to mend
)

PLACE_WEIGHT, BUILT_WEIGHT, TRADE_WEIGHT = 0.3, 0.25, 0.5  # of a word that is the name itself: 1
