# ruff: noqa: E501  a sentence stays on one line
"""What customers write in German."""

from integrations.intercom.sandbox.world.stories.story import Story

PROBLEM = Story(
    key="de_problem", weight=5, mood="bad", tags=("bug", "mobile app"), language="de",
    subjects=("App meldet Techniker ab", "Fotos fehlen im Auftrag {order}", "Einsatzplan lädt sehr langsam", "Falsche Fahrzeiten", "Synchronisation steht schon wieder"),
    openers=(
        "Seit dem Update auf {version} meldet die App unsere Techniker gegen Mittag ab.", "Bei Auftrag {order} fehlen alle Fotos, obwohl sie hochgeladen wurden.",
        "Der Einsatzplan braucht heute über {minutes} Minuten zum Laden.", "Die Fahrzeiten für {site} stimmen überhaupt nicht.",
        "Zum dritten Mal in diesem Monat ist die Synchronisation stehen geblieben.",
    ),
    details=("Betroffen sind {count} Geräte.", "Ein Neustart hilft nur kurz.", "Die Kollegen schreiben inzwischen wieder auf Papier.", "Das ist für uns so nicht tragbar."),
    asks=("Können Sie das bitte prüfen?", "Bis wann ist mit einer Lösung zu rechnen?", "Was können wir bis dahin tun?"),
    answers=("vielen Dank für die Auftragsnummer. Ich kann den Fehler nachstellen und gebe ihn an die Entwicklung weiter.", "das Problem ist bekannt, die Korrektur kommt voraussichtlich am {day}."),
    follow_ups=("Am {day} ist es schon wieder passiert.", "Danke, das hilft uns erst einmal.", "Bei zwei Geräten besteht der Fehler weiterhin."),
    resolutions=("Die neue Version {version} ist jetzt verfügbar. Können Sie es bitte noch einmal versuchen?", "Es ist behoben, bitte einmal neu anmelden."),
    endings=("Jetzt läuft es, vielen Dank!", "Sieht gut aus, danke für die schnelle Hilfe.", "Es funktioniert, aber es hat viel zu lange gedauert."),
    notes=("Same bug as in the English queue, MOB-{order}.",),
)  # fmt: skip
WISH = Story(
    key="de_wish", weight=4, mood="neutral", tags=("feature request", "CSV export"), language="de",
    subjects=("Wunsch: Export nach Excel", "Anmeldung mit Firmenkonto?", "Dunkles Design", "Änderungsprotokoll", "Limit der Schnittstelle"),
    openers=(
        "Es wäre schön, wenn wir die Auftragsliste nach Excel exportieren könnten.", "Wir würden uns gerne mit unseren Firmenkonten anmelden, am liebsten über Entra.",
        "Gibt es Pläne für ein dunkles Design? Unsere Nachtschicht wäre dankbar.", "Uns fehlt ein Protokoll, das zeigt, wer einen Auftrag geändert hat.",
        "Bitte erhöhen Sie das Limit der Schnittstelle, unser Import bricht jede Nacht ab.",
    ),
    details=("Das kostet uns jeden Monat Stunden.", "Unsere IT verlangt das ab {month}.", "Der Wettbewerb bietet das längst."),
    asks=("Ist so etwas geplant?", "Wer entscheidet darüber?", "Wir testen gerne mit."),
    answers=("danke für den Vorschlag, ich habe ihn an das Produktteam gegeben.", "das steht auf unserer Liste, einen Termin kann ich leider noch nicht nennen."),
    follow_ups=("Danke für die ehrliche Antwort.", "Das haben wir vor einem Jahr schon einmal gehört."),
    resolutions=("Ich melde mich, sobald es Neuigkeiten gibt.", "Sie stehen auf der Liste für die Beta im {month}."),
    endings=("Gut, danke.", "Wir freuen uns darauf."),
)  # fmt: skip
MONEY = Story(
    key="de_billing", weight=3, mood="neutral", team=2, tags=("billing",), language="de",
    subjects=("Rechnung {order}: USt-IdNr. fehlt", "Doppelte Abbuchung", "Kündigungsfrist", "Zahlung per Überweisung"),
    openers=(
        "Auf Rechnung {order} fehlt unsere Umsatzsteuer-Identifikationsnummer.", "Uns wurde der {month} doppelt berechnet.",
        "Bitte teilen Sie uns die Kündigungsfrist mit, wir überlegen zu wechseln.", "Können wir künftig per Überweisung zahlen?",
    ),
    details=("Es geht um {amount}.", "Die Buchhaltung braucht das bis {day}.", "Bitte nicht bis zum Monatsende warten."),
    asks=("Bitte um Korrektur.", "Um kurze Rückmeldung wird gebeten."),
    answers=("die berichtigte Rechnung finden Sie im Anhang.", "ich habe den Betrag soeben erstattet, das dauert drei bis fünf Tage.",
             "die Frist beträgt 30 Tage zum Laufzeitende. Darf ich vorher anrufen und hören, was fehlt?", "gerne, ich stelle das zum nächsten Zeitraum um."),
    follow_ups=("Bei uns ist noch nichts angekommen.", "Danke, das passt so."),
    resolutions=("Ich habe es eben noch einmal geprüft, es ist alles veranlasst.", "Erledigt."),
    endings=("Besten Dank.", "Alles klar, danke."),
)  # fmt: skip
PRAISE = Story(
    key="de_praise", weight=2, mood="good", tags=("praise",), language="de",
    subjects=("Ein Lob", "Die neue Plantafel", "Danke an {teammate}"),
    openers=("Heute einmal keine Frage, sondern ein großes Lob an Ihr Team.", "Die neue Plantafel ist wirklich gelungen.", "Vielen Dank an {teammate}, so stelle ich mir Support vor."),
    details=("Wir planen {site} jetzt in {minutes} Minuten.", "Sogar unsere alten Hasen sind begeistert."),
    asks=("Weiter so!",),
    answers=("das freut uns sehr, ich gebe es gerne weiter.",),
    follow_ups=("Sehr gerne.",), resolutions=("Schöne Woche noch!",), endings=("Ihnen auch!",),
)  # fmt: skip

STORIES = (PROBLEM, WISH, MONEY, PRAISE)
