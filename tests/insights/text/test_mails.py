import pytest

from sonora.insights.text import own_words
from tests.insights.text.mails import Mail, mails

MAILS = list(mails())


def test_there_are_mails_enough_to_trust_the_rules():
    assert len({mail.message for mail in MAILS}) >= 400


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_only_the_customers_words_are_left(mail: Mail):
    found = own_words(mail.message)
    assert found.text == mail.words
    assert found.language == mail.language
    assert not found.automatic
