import pytest

from sonora.insights.text import own_words

MACHINES = [
    "Automatic reply: I am back on Monday.",
    "I am out of the office until 12 May with limited access to e-mail.",
    "Hello, I'm currently on annual leave and will return on 3 June. In urgent cases call my colleague.",
    "This is an automated message. Your mailbox is 95 % full.",
    "Please do not reply to this email. The build has finished.",
    "We have received your request and will answer within a day.",
    "Your ticket #4711 has been created.",
    "Mail Delivery Subsystem\nThe following message to nobody@x.example was undeliverable.",
    "Delivery has failed to these recipients: a@b.example",
    "Ich bin bis zum 12. Mai nicht im Büro. In dringenden Fällen hilft meine Kollegin.",
    "Vielen Dank, ich bin vom 3. bis 9. Juni im Urlaub und danach zurück.",
    "Wir haben Ihre Anfrage erhalten und melden uns.",
    "Dies ist eine automatisch generierte Nachricht.",
    "Je suis absente jusqu'au 12 mai. En cas d'urgence, appelez le standard.",
    "Nous avons bien reçu votre demande.",
    "Ceci est un message automatique, merci de ne pas répondre à ce mail.",
    "Estoy fuera de la oficina hasta el 12 de mayo. En caso de urgencia escriba a mi compañera.",
    "Hemos recibido su solicitud y responderemos pronto.",
    "Estou de férias até 12 de maio. Em caso de urgência contacte a equipa.",
    "Recebemos a sua mensagem.",
    "Ik ben tot en met 12 mei afwezig. Bij spoed belt u mijn collega.",
    "Wij hebben uw bericht ontvangen.",
]
PEOPLE = [
    "The out of office setting in your app is broken.",
    "I am out of office from Friday, so could you look at this before that?",
    "When a customer writes, please let us send an automatic reply.",
    "We have received the invoice but it is wrong.",
    "The mail was not delivered to my customer, why?",
    "Ich war im Urlaub und habe Ihre Mail erst heute gelesen.",
    "Your ticket page never loads.",
    "The page says we have received your request, but nobody answers. Why?",
    "I am on vacation until Monday. Could you mend it before I am back?",
    "I am on holiday until Monday, and " + "here is what we saw in all those weeks: the import stops. " * 25,
    "Je suis absolument ravie.",
    "Estoy de acuerdo con la propuesta.",
    "Our auto-reply goes out twice since the update.",
    "",
]


@pytest.mark.parametrize("text", MACHINES)
def test_a_machine_is_recognised_by_what_it_says(text: str):
    assert own_words(text).automatic


@pytest.mark.parametrize("text", PEOPLE)
def test_a_person_who_writes_about_such_messages_is_none(text: str):
    assert not own_words(text).automatic


@pytest.mark.parametrize("subject", ["Automatic reply: Invoice", "Abwesenheitsnotiz", "Undeliverable: Hello"])
def test_a_machine_is_recognised_by_its_subject(subject: str):
    assert own_words("Back soon.", subject=subject).automatic
    assert not own_words("Back soon.", subject="Re: Invoice").automatic


@pytest.mark.parametrize("sender", ["mailer-daemon@x.example", "no-reply@x.example", "noreply@x.example"])
def test_a_machine_is_recognised_by_its_address(sender: str):
    assert own_words("Hello.", sender=sender).automatic
    assert not own_words("Hello.", sender="norbert@x.example").automatic
