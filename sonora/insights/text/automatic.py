"""Messages that no person wrote: absence notes, receipts, failed deliveries, machines."""

import re

LOOKED_AT = 1_500  # characters: a machine says what it is at the beginning
LONGEST_NOTE = 1_200
SENDER = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|notifications?|auto-?reply|automailer)\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"\W*(?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|automatische antwort|abwesenheit\w*|abwesend"
    r"|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|resposta automática"
    r"|automatisch antwoord|afwezig\w*|undeliver\w+|delivery (?:status notification|failure|has failed)|mail delivery"
    r"|returned mail|unzustellbar|non remis|no se puede entregar|não (?:foi )?entregue|onbestelbaar|failure notice)",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"this is an? (?:automated|automatic|auto-?generated|system[- ]generated) (?:message|e-?mail|reply|response"
    r"|notification)"
    r"|this (?:message|e-?mail) (?:was|has been) (?:automatically )?generated automatically"
    r"|(?:please )?do not (?:reply|respond) to this (?:e-?mail|message)|auto(?:mated|matic)?[- ]?(?:reply|response)\s*:"
    r"|this mailbox is (?:not|un)\s?monitored"
    r"|dies ist eine automatisch (?:generierte|erstellte|erzeugte)|diese (?:e-?mail|nachricht) wurde automatisch"
    r"|bitte antworten sie nicht auf diese|automatische antwort\s*:"
    r"|(?:ceci est un|cet?) (?:message|e-?mail|courriel) (?:est )?(?:automatique|a été (?:généré"
    r"|envoyé) automatiquement)"
    r"|merci de ne pas répondre à ce|ne pas répondre à ce (?:message|mail|courriel)|réponse automatique\s*:"
    r"|est(?:e|a) es un(?:a)? (?:mensaje|correo|respuesta) (?:generad[oa] )?automátic|por favor,? no responda a este"
    r"|respuesta automática\s*:|esta é uma (?:mensagem|resposta) automática|(?:por favor,? )?não responda a est"
    r"|resposta automática\s*:|dit is een automatisch|automatisch (?:gegenereerd|antwoord\s*:)|niet te beantwoorden"
    r"|beantwoord dit bericht niet",
    re.IGNORECASE,
)
DELIVERY = re.compile(
    r"(?:mail delivery (?:sub)?system|delivery (?:to the following recipients?|status notification|has failed)"
    r"|(?:your|the following) message (?:to .{1,80} )?(?:could ?n[o']t|was not|wasn't|cannot) be(?:en)? delivered"
    r"|your message wasn't delivered|undeliverable:|address (?:not found|rejected)|recipient address rejected"
    r"|mailbox (?:is full|unavailable)|ihre nachricht konnte nicht zugestellt|die folgende nachricht konnte nicht"
    r"|votre message n['’]a pas pu être (?:remis|livré)|no se ha podido entregar|no se pudo entregar (?:tu|su"
    r"|el) mensaje"
    r"|(?:sua|a) mensagem não (?:pôde|foi) (?:ser )?entregue|uw bericht (?:is niet|kon niet))",
    re.IGNORECASE,
)
RECEIPT = re.compile(
    r"(?:we(?: have|['’]ve) received your (?:request|e-?mail|message|ticket|enquiry|inquiry)"
    r"|your (?:request|ticket|case) (?:\W?\w*\d+\W? )?(?:has been|was) (?:received|created|opened|logged|registered)"
    r"|(?:a )?(?:ticket|case) (?:\W?\w*\d+\W? )?(?:has been|was) (?:created|opened) for (?:you|your)"
    r"|thank you for (?:contacting|reaching out to|e-?mailing) .{1,60}\. (?:we|our|a member)"
    r"|wir haben ihre (?:anfrage|e-?mail|nachricht) erhalten|ihr ticket .{0,30}(?:wurde|ist) (?:erstellt|eingegangen)"
    r"|nous avons bien reçu votre|votre (?:demande|ticket) .{0,30}a (?:bien )?été (?:reçue?|enregistrée?|créée?)"
    r"|hemos recibido su (?:solicitud|mensaje|correo|consulta)|su (?:solicitud|ticket|caso) .{0,30}ha sido"
    r"|recebemos (?:a )?sua (?:mensagem|solicitação)|(?:seu|o seu) (?:chamado|ticket) .{0,30}foi"
    r"|(?:we|wij) hebben (?:uw|je) (?:bericht|aanvraag|e-?mail|verzoek) ontvangen|uw ticket .{0,30}is aangemaakt)",
    re.IGNORECASE,
)
ABSENT = re.compile(
    r"(?:\bi(?:['’]m| am| will be)(?: currently| now)? (?:out of (?:the )?office|away from (?:the office"
    r"|my desk)|on (?:annual |parental |maternity |sick )?leave"
    r"|on (?:vacation|holiday)|travell?ing|ooo)|\bout of (?:the )?office (?:until|from|through|with)"
    r"|ich bin .{0,60}(?:nicht im (?:büro|haus)|abwesend|im urlaub|nicht erreichbar|außer haus)"
    r"|je suis (?:actuellement )?(?:absente?|en congés?|en vacances|en déplacement)|je serai absente?"
    r"|(?:me encuentro|estoy|estaré) (?:actualmente )?(?:fuera de la oficina|de vacaciones|ausente)"
    r"|(?:estou|estarei) (?:atualmente |neste momento )?(?:fora do escritório|de férias|ausente)"
    r"|ik ben .{0,60}(?:afwezig|niet op kantoor|met vakantie|op vakantie|met verlof|niet bereikbaar))",
    re.IGNORECASE,
)
RETURN = re.compile(
    r"\b(?:until|return(?:ing)?|back (?:on|in)|limited access|in (?:urgent|my absence)|urgent|(?:will"
    r"|shall) (?:reply|respond|get back)"
    r"|bis (?:zum|einschließlich)|zurück|in dringenden|dringend|vertretung|jusqu['’]au|de retour|mon retour"
    r"|en cas d['’]urgence"
    r"|mon absence|hasta el|regreso|vuelta|en caso de urgencia|urgente|até|retorno|regresso|em caso de urgência"
    r"|tot (?:en met)?"
    r"|terug|dringende|spoed)\b",
    re.IGNORECASE,
)


def is_automatic(text: str, *, subject: str = "", sender: str = "") -> bool:
    """Whether a machine wrote *text*, by what it says of itself, by its *subject* or by the address of its *sender*."""
    if SENDER.match(sender) or SUBJECT.match(subject[:LOOKED_AT]):
        return True
    head = " ".join(text[:LOOKED_AT].split())
    if any(sign.search(head[:400]) for sign in (DELIVERY, RECEIPT)) or MACHINE.search(head):
        return "?" not in head or SUBJECT.match(head) is not None
    return _is_absence_note(head, length=len(text))


def _is_absence_note(head: str, *, length: int) -> bool:
    """An absence and its end or a stand-in, and nothing asked: a person who writes before a journey asks something."""
    if length > LONGEST_NOTE or "?" in head:
        return False
    if SUBJECT.match(head):
        return True
    absent = ABSENT.search(head[:400])
    return absent is not None and RETURN.search(head) is not None
