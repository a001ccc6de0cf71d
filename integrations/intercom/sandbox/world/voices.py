# ruff: noqa: E501  a sentence stays on one line
"""How people begin and end a message, in each language, and what machines say."""

from dataclasses import dataclass

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Greetings and closings of customers and of the team."""

    hello: Lines
    bye: Lines
    team_hello: Lines
    team_bye: Lines
    out_of_office: Lines
    quoted: str  # what a mail program writes above a quotation; {date} and {who}


VOICES = {
    "en": Voice(
        hello=("Hi,", "Hello,", "Hi there,", "Good morning,", "Hello team,", "Hey,", ""),
        bye=("Thanks, {me}", "Best, {me}", "Kind regards, {me}", "Cheers, {me}", "{me}", ""),
        team_hello=("Hi {you},", "Hello {you},", "Good morning {you},", "Thanks for writing, {you}.", "Hey {you}!"),
        team_bye=("Best, {me}", "All the best, {me}", "{me}, Northwind Support", "Talk soon, {me}", ""),
        out_of_office=("I am out of the office until Monday and read mail only now and then. In urgent cases please call our main number.",
                       "Thank you for your message. I am on leave, my colleagues at the dispatch desk will help."),
        quoted="On {date}, {who} wrote:",
    ),
    "de": Voice(
        hello=("Guten Tag,", "Hallo,", "Guten Morgen,", "Sehr geehrte Damen und Herren,"),
        bye=("Viele Grüße, {me}", "Mit freundlichen Grüßen, {me}", "Danke und Gruß, {me}", ""),
        team_hello=("Hallo {you},", "Guten Tag {you},"),
        team_bye=("Viele Grüße, {me}", "Beste Grüße, {me}"),
        out_of_office=("Ich bin bis Montag nicht im Büro. In dringenden Fällen wenden Sie sich bitte an die Zentrale.",),
        quoted="Am {date} schrieb {who}:",
    ),
    "fr": Voice(
        hello=("Bonjour,", "Bonjour à tous,", "Bonsoir,"),
        bye=("Merci, {me}", "Cordialement, {me}", "Bonne journée, {me}", ""),
        team_hello=("Bonjour {you},",),
        team_bye=("Bien à vous, {me}", "À bientôt, {me}"),
        out_of_office=("Je suis absent jusqu’à lundi. Pour toute urgence, merci d’appeler le standard.",),
        quoted="Le {date}, {who} a écrit :",
    ),
    "es": Voice(
        hello=("Hola,", "Buenos días,", "Buenas tardes,"),
        bye=("Gracias, {me}", "Un saludo, {me}", "Saludos, {me}", ""),
        team_hello=("Hola {you}:", "Buenos días, {you}:"),
        team_bye=("Un saludo, {me}", "Gracias por su paciencia, {me}"),
        out_of_office=("Estoy fuera de la oficina hasta el lunes. Si es urgente, llame a la centralita.",),
        quoted="El {date}, {who} escribió:",
    ),
    "pt": Voice(
        hello=("Olá,", "Bom dia,", "Boa tarde,"),
        bye=("Obrigado, {me}", "Abraço, {me}", "Atenciosamente, {me}", ""),
        team_hello=("Olá {you},", "Oi {you},"),
        team_bye=("Abraço, {me}", "Até logo, {me}"),
        out_of_office=("Estou fora do escritório até segunda-feira.",),
        quoted="Em {date}, {who} escreveu:",
    ),
    "it": Voice(
        hello=("Buongiorno,", "Salve,"),
        bye=("Grazie, {me}", "Cordiali saluti, {me}", ""),
        team_hello=("Buongiorno {you},",),
        team_bye=("Un saluto, {me}",),
        out_of_office=("Sono fuori ufficio fino a lunedì.",),
        quoted="Il {date}, {who} ha scritto:",
    ),
    "nl": Voice(
        hello=("Hallo,", "Goedemorgen,", "Beste,"),
        bye=("Groet, {me}", "Met vriendelijke groet, {me}", ""),
        team_hello=("Hoi {you},", "Beste {you},"),
        team_bye=("Groeten, {me}",),
        out_of_office=("Ik ben tot maandag afwezig.",),
        quoted="Op {date} schreef {who}:",
    ),
    "ja": Voice(
        hello=("お世話になっております。", "いつもお世話になります。", "こんにちは。"),
        bye=("よろしくお願いいたします。{me}", "{me}", ""),
        team_hello=("{you} 様",),
        team_bye=("Northwind サポート {me}",),
        out_of_office=("月曜日まで不在にしております。",),
        quoted="{date} {who}:",
    ),
}  # fmt: skip

WELCOMES = (
    "You have reached Northwind. We usually answer within an hour on working days.",
    "Thanks for getting in touch. The team will be back soon, you will also get the answer by e-mail.",
)
FIN_ANSWERS = (
    "I found this in our help centre: open the setting in question, choose the depot and press Save. Did that answer your question?",
    "Here is what I found. Admins can change this under Settings; dispatchers need the permission 'Plan'. Was that helpful?",
    "This usually happens when the browser keeps an old session. Signing out and in again helps in most cases. Shall I get a person?",
)
FIN_REPLIES = (
    "Yes, thanks",
    "That worked",
    "No, I want to talk to a person",
    "ok",
    "Not really, but I found it myself",
)
CHATTER = (
    "Still running, batch {n} is through.", "Batch {n} looks fine on our side.", "{n} checked.", "Small hiccup at {n}, trying again.",
    "Seen. Go on with the next one.", "Row {n} has no postcode, skip it?", "Yes, skip it.", "Done with {n}, carrying on.",
)  # fmt: skip
OUTREACH = (
    "Hi {you}, I saw that the {site} depot went live. How has the first week been, and is there anything that is in your way?",
    "Hello {you}, our autumn release changed the route board quite a bit. May I show you what is new in 20 minutes?",
    "Hi {you}, you have not planned a job for a while. Is everything all right, or have you moved on?",
)
OUTREACH_REPLIES = (
    "Thanks for asking, it went well. The planners would like a bit more training.", "Honestly we had no time for it yet.",
    "Sure, send me an invitation for {day}.", "All good, it is just the quiet season here.", "We are looking around at the moment, to be open with you.",
)  # fmt: skip
