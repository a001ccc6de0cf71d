"""The words that close a mail, in the languages of the product: en de es fr pt nl."""

import re

FAREWELLS = frozenset({
    "best regards", "kind regards", "kindest regards", "warm regards", "warmest regards", "with best regards",
    "with kind regards", "regards", "rgds", "best", "all the best", "best wishes", "cheers", "sincerely",
    "yours sincerely", "sincerely yours", "yours truly", "yours faithfully", "respectfully", "take care", "br", "kr",
    "thanks and regards", "thanks & regards", "thanks and best regards", "have a great day", "have a nice day",
    "have a good day", "greetings", "warmly", "cordially",
    "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichen gruessen", "mit freundlichem gruß",
    "mit freundlichem gruss", "mit besten grüßen", "freundliche grüße", "freundliche grüsse", "viele grüße",
    "viele grüsse", "beste grüße", "beste grüsse", "liebe grüße", "liebe grüsse", "schöne grüße", "herzliche grüße",
    "mit herzlichen grüßen", "sonnige grüße", "mfg", "lg", "vg", "gruß", "gruss", "grüße", "grüsse", "hochachtungsvoll",
    "schönen tag noch",
    "cordialement", "bien cordialement", "très cordialement", "bien à vous", "salutations", "meilleures salutations",
    "sincères salutations", "salutations distinguées", "cordiales salutations", "bonne journée", "belle journée",
    "bonne réception", "amicalement", "cdlt", "bien à toi", "à bientôt", "respectueusement",
    "saludos", "un saludo", "saludos cordiales", "un cordial saludo", "cordialmente", "atentamente", "atte",
    "muy atentamente", "un abrazo", "reciba un cordial saludo", "que tenga un buen día", "quedo atento", "quedo atenta",
    "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "melhores cumprimentos", "com cumprimentos",
    "cordiais cumprimentos", "abraço", "abraços", "um abraço", "att", "saudações", "respeitosamente", "bom trabalho",
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten",
    "met hartelijke groet", "hartelijke groeten", "hartelijke groet", "groeten", "groetjes", "groet", "mvg",
    "hoogachtend", "fijne dag", "fijne dag nog",
})  # fmt: skip
# Thanks are a closing only above a name: alone they are something said.
THANKS = frozenset({
    "thanks", "thank you", "many thanks", "thanks a lot", "thanks again", "thanks in advance", "thank you in advance",
    "thank you very much", "thx", "ty", "danke", "vielen dank", "besten dank", "danke im voraus", "danke schön",
    "vielen dank im voraus", "danke und viele grüße", "vielen dank und viele grüße",
    "vielen dank und freundliche grüße",
    "merci", "merci beaucoup", "merci d'avance", "merci d’avance", "merci par avance", "en vous remerciant",
    "gracias", "muchas gracias", "gracias de antemano", "mil gracias", "gracias y saludos", "gracias y un saludo",
    "obrigado", "obrigada", "muito obrigado", "muito obrigada", "desde já obrigado", "desde já obrigada", "grato",
    "grata", "bedankt", "alvast bedankt", "hartelijk dank", "dank je wel", "dank u wel", "dank u", "dankjewel",
    "bij voorbaat dank",
})  # fmt: skip
PARTICLES = frozenset({
    "of", "and", "at", "for", "the", "in", "to", "de", "del", "la", "los", "da", "do", "dos", "das", "di", "du", "des",
    "le", "les", "van", "der", "den", "het", "ter", "von", "zu", "zur", "und", "für", "et", "y", "e", "en", "voor",
})  # fmt: skip
A_DEVICE = r"(?:.{1,40})"
DEVICE = re.compile(
    rf"sent from (?:my |the )?{A_DEVICE}|sent (?:via|with|using) {A_DEVICE}|get outlook for {A_DEVICE}"
    rf"|von mein(?:em|er) {A_DEVICE} gesendet|gesendet (?:von|mit|über) {A_DEVICE}|outlook für {A_DEVICE} beziehen"
    rf"|holen sie sich outlook für {A_DEVICE}"
    rf"|envoyé (?:de|depuis|à partir de|avec) (?:mon |ma )?{A_DEVICE}|télécharge[rz] outlook pour {A_DEVICE}"
    rf"|obtenez outlook pour {A_DEVICE}"
    rf"|enviado (?:desde|con) (?:mi )?{A_DEVICE}|obtener outlook para {A_DEVICE}|obtenga outlook para {A_DEVICE}"
    rf"|enviad[oa] (?:do|da|de|a partir do|pelo) (?:meu |minha )?{A_DEVICE}|obter o outlook para {A_DEVICE}"
    rf"|obtenha o outlook para {A_DEVICE}"
    rf"|(?:verstuurd|verzonden) (?:vanaf|vanuit|met|via) (?:mijn )?{A_DEVICE}|outlook voor {A_DEVICE} downloaden"
    rf"|download outlook voor {A_DEVICE}|inviato da {A_DEVICE}",
    re.IGNORECASE,
)
