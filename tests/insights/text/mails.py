"""Mails as programs write them: words of a customer, with a signature below and a history under that, in six languages.

Every sentence was written for these tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass

WORDS = {
    "en": [
        "The export stopped at row 4,000 again.\nCould you look at our account before Friday?",
        "I love the new calendar, it saves us an hour a day.",
        "It would help a lot if invoices could be sent to two addresses.\n\nRight now I forward each one by hand.",
    ],
    "de": [
        "Der Import bleibt seit heute Morgen bei jeder zweiten Datei hängen.\nKönnen Sie sich das bitte ansehen?",
        "Die neue Übersicht ist wirklich gelungen, mein ganzes Team arbeitet gern damit.",
        "Schön wäre, wenn man Rechnungen gesammelt herunterladen könnte.\n\nBisher klicke ich jede einzeln an.",
    ],
    "fr": [
        "Depuis la mise à jour, la liste des clients reste vide.\nPourriez-vous vérifier notre compte ?",
        "Le nouveau tableau est très agréable, toute l'équipe s'en sert déjà.",
        "Il serait utile de pouvoir dupliquer un projet entier.\n\nAujourd'hui je recopie chaque tâche à la main.",
    ],
    "es": [
        "Desde ayer no llegan los avisos a nuestro correo.\n¿Podrían revisar qué ocurre con la cuenta?",
        "La búsqueda nueva es rapidísima y nos ahorra mucho tiempo cada mañana.",
        "Sería muy útil poder cambiar varias fechas a la vez.\n\nAhora abro cada ficha y la guardo de nuevo.",
    ],
    "pt": [
        "O relatório mensal mostra valores diferentes dos da fatura.\nPodem verificar o que aconteceu com a conta?",
        "A nova página de clientes ficou ótima, usamos todos os dias na equipa.",
        "Seria bom poder partilhar um painel com pessoas de fora.\n\nHoje envio capturas de ecrã por correio.",
    ],
    "nl": [
        "Sinds gisteren worden onze bestanden niet meer opgeslagen.\nKunnen jullie hier vandaag nog naar kijken?",
        "De nieuwe planning werkt heerlijk, het scheelt ons elke week veel werk.",
        "Het zou handig zijn als ik meerdere taken tegelijk kon verplaatsen.\n\nNu sleep ik ze stuk voor stuk.",
    ],
}

SIGNATURES = {
    "en": [
        "Best regards,\nJune Harrow",
        "-- \nJune Harrow\nHead of Finance\nHarrow & Sons Ltd | www.harrow.example",
        "Thanks,\nJune\n\nSent from my iPhone",
        "Kind regards\n\nJune Harrow\nTel: +44 20 7946 0000\njune@harrow.example",
        (
            "Cheers,\nJune\n\nThis e-mail and its attachments are confidential and for the named recipient only."
            " If you received it in error, please delete it."
        ),
        "Get Outlook for iOS",
    ],
    "de": [
        "Mit freundlichen Grüßen\nJonas Feld",
        "-- \nJonas Feld\nFeld Maschinenbau GmbH\nTel. 030 5550100",
        "Viele Grüße\nJonas\n\nVon meinem iPhone gesendet",
        "Vielen Dank\nJonas Feld\nLeiter Einkauf",
        "LG, Jonas",
        (
            "Freundliche Grüße\nJonas Feld\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der"
            " richtige Adressat sind, löschen Sie sie bitte."
        ),
    ],
    "fr": [
        "Cordialement,\nLucie Marchal",
        "-- \nLucie Marchal\nResponsable achats\nMarchal SARL",
        "Bien à vous\nLucie\n\nEnvoyé de mon iPhone",
        "Merci d'avance,\nLucie Marchal",
        "Bonne journée,\nLucie Marchal\nTél. : +33 1 99 00 00 00",
        (
            "Cordialement\nLucie Marchal\n\nCe message est confidentiel et réservé à son destinataire. Si vous l'avez"
            " reçu par erreur, merci de le détruire."
        ),
    ],
    "es": [
        "Saludos cordiales,\nInés Robledo",
        "-- \nInés Robledo\nDirectora de operaciones\nRobledo SL",
        "Un saludo\nInés\n\nEnviado desde mi iPhone",
        "Muchas gracias,\nInés Robledo",
        "Atentamente,\nInés Robledo\nTel.: +34 910 00 00 00",
        (
            "Saludos,\nInés\n\nEste mensaje es confidencial y va dirigido a su destinatario. Si lo recibió por error,"
            " le rogamos que lo elimine."
        ),
    ],
    "pt": [
        "Atenciosamente,\nRui Tavares",
        "-- \nRui Tavares\nDiretor financeiro\nTavares Lda",
        "Cumprimentos,\nRui\n\nEnviado do meu iPhone",
        "Obrigado,\nRui Tavares",
        "Com os melhores cumprimentos,\nRui Tavares\nTel: +351 210 000 000",
        (
            "Abraço,\nRui\n\nEsta mensagem é confidencial e destina-se apenas ao destinatário. Se a recebeu por engano,"
            " apague-a."
        ),
    ],
    "nl": [
        "Met vriendelijke groet,\nSanne Vos",
        "-- \nSanne Vos\nHoofd administratie\nVos Transport BV",
        "Groeten,\nSanne\n\nVerstuurd vanaf mijn iPhone",
        "Alvast bedankt,\nSanne Vos",
        "Mvg\nSanne Vos\nTel: 020 555 0100",
        (
            "Groet,\nSanne\n\nDit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde. Heeft u het per"
            " abuis ontvangen, verwijder het dan."
        ),
    ],
}

ATTRIBUTIONS = {
    "en": "On Tue, 3 Mar 2026 at 09:14, Support <help@vendor.example> wrote:",
    "de": "Am Di., 3. März 2026 um 09:14 Uhr schrieb Support <help@vendor.example>:",
    "fr": "Le mar. 3 mars 2026 à 09:14, Support <help@vendor.example> a écrit :",
    "es": "El mar, 3 mar 2026 a las 9:14, Support (<help@vendor.example>) escribió:",
    "pt": "Em ter., 3 de mar. de 2026 às 09:14, Support <help@vendor.example> escreveu:",
    "nl": "Op di 3 mrt 2026 om 09:14 schreef Support <help@vendor.example>:",
}
HEADERS = {
    "en": "From: Support <h@v.example>\nSent: Tuesday, 3 March 2026 09:14\nTo: June Harrow\nSubject: RE: Export",
    "de": "Von: Support <h@v.example>\nGesendet: Dienstag, 3. März 2026 09:14\nAn: Jonas Feld\nBetreff: AW: Import",
    "fr": "De : Support <help@vendor.example>\nEnvoyé : mardi 3 mars 2026 09:14\nÀ : Lucie Marchal\nObjet : RE: Liste",
    "es": "De: Support <h@v.example>\nEnviado: martes, 3 de marzo de 2026 9:14\nPara: Inés\nAsunto: RE: Avisos",
    "pt": "De: Support <h@v.example>\nEnviada em: terça-feira, 3 de março de 2026 09:14\nPara: Rui\nAssunto: RE: x",
    "nl": "Van: Support <h@v.example>\nVerzonden: dinsdag 3 maart 2026 09:14\nAan: Sanne\nOnderwerp: RE: Bestanden",
}
SEPARATORS = {
    "en": "-----Original Message-----",
    "de": "-----Ursprüngliche Nachricht-----",
    "fr": "-----Message d'origine-----",
    "es": "-----Mensaje original-----",
    "pt": "-----Mensagem original-----",
    "nl": "-----Oorspronkelijk bericht-----",
}
FORWARDS = {
    "en": "---------- Forwarded message ---------",
    "de": "---------- Weitergeleitete Nachricht ---------",
    "fr": "---------- Message transféré ---------",
    "es": "---------- Mensaje reenviado ---------",
    "pt": "---------- Mensagem encaminhada ---------",
    "nl": "---------- Doorgestuurd bericht ---------",
}
AGENT = [
    "Hello,",
    "",
    "thank you for writing. Which browser do you use?",
    "I hate to ask, but a screenshot would help.",
    "",
]


@dataclass(frozen=True)
class Mail:
    name: str
    language: str
    message: str
    words: str


def mails() -> Iterator[Mail]:
    """Each signature under some words and above some history, in plain text and in HTML."""
    for language, signatures in SIGNATURES.items():
        for number, signature in enumerate(signatures):
            words = WORDS[language][number % len(WORDS[language])]
            plain = f"{words}\n\n{signature}"
            for history, below in plain_histories(language).items():
                yield Mail(f"{language}-{number}-{history}", language, f"{plain}\n\n{below}", words)
            for history, below in html_histories(language).items():
                shown = words.replace("\n\n", "\n")  # a block without words is no line of its own
                yield Mail(f"{language}-{number}-{history}", language, html(plain) + below, shown)


def plain_histories(language: str) -> dict[str, str]:
    agent = "\n".join(AGENT)
    marked = "\n".join(f"> {line}" for line in AGENT)
    wrapped = ATTRIBUTIONS[language].replace(" Support ", "\nSupport ")
    return {
        "none": "",
        "gmail": f"{ATTRIBUTIONS[language]}\n\n{marked}",
        "gmail-wrapped": f"{wrapped}\n\n{marked}",
        "unmarked": f"{ATTRIBUTIONS[language]}\n{agent}",
        "outlook": f"{SEPARATORS[language]}\n{HEADERS[language]}\n\n{agent}",
        "outlook-line": f"{'_' * 32}\n{HEADERS[language]}\n\n{agent}",
        "forward": f"{FORWARDS[language]}\n{HEADERS[language]}\n\n{agent}",
    }


def html_histories(language: str) -> dict[str, str]:
    agent = html("\n".join(AGENT))
    attribution = escaped(ATTRIBUTIONS[language])
    headers = "<br>".join(f"<b>{escaped(line)}</b>" for line in HEADERS[language].split("\n"))
    return {
        "gmail-html": f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{attribution}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0">{agent}</blockquote></div>',
        "apple-html": f'<div><br><blockquote type="cite"><div>{attribution}</div><br>{agent}</blockquote></div>',
        "outlook-html": f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{headers}</div>{agent}',
        "thunderbird-html": f'<div class="moz-cite-prefix">{attribution}<br></div><blockquote>{agent}</blockquote>',
        "bare-html": f"<p>{attribution}</p>{agent}",
        "headers-html": f"<hr><p>{headers}</p>{agent}",
    }


def html(text: str) -> str:
    return "".join(f"<div>{escaped(line) or '<br>'}</div>" for line in text.split("\n"))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
