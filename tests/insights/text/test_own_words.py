import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sonora.insights.text import own_words
from sonora.insights.text.lines import lines
from tests.insights.text.growth import assert_linear

ANSWERED = "On 3 Mar 2026, at 09:14, Support <help@vendor.example> wrote:"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        # below and between the quote
        (f"{ANSWERED}\n> Which plan are you on?\n\nThe team plan.", "The team plan."),
        (f"{ANSWERED}\n> Which plan?\n\nTeam.\n\n> How many seats?\n\nEleven.", "Team.\n\nEleven."),
        (f"Answers below.\n\n{ANSWERED}\n>> older\n> newer\nYes, it works.", "Answers below.\n\nYes, it works."),
        ("> Did you try again?\nYes, twice.", "Yes, twice."),
        (
            (
                '<div>Hi</div><div class="gmail_quote"><blockquote class="gmail_quote">Which one?</blockquote>'
                '<div>The second.</div><blockquote class="gmail_quote">Since when?</blockquote><div>Monday.</div></div>'
            ),
            "Hi\nThe second.\nMonday.",
        ),
        ("<blockquote>one<blockquote>two</blockquote>three</blockquote><p>mine</p>", "mine"),
        ("<blockquote>never closed <p>still theirs", "never closed\nstill theirs"),
        ("mine<blockquote>never closed <p>still theirs", "mine"),
        ("2026-03-03 9:14 GMT+01:00 Sam <sam@vendor.example>:\n> Does it work?\n\nYes.", "Yes."),
        # what is no quote
        (">50 users cannot sign in", ">50 users cannot sign in"),
        ("a >= b fails, 1 < 2 too", "a >= b fails, 1 < 2 too"),
        ("On the pricing page you wrote:\nall plans have SSO", "On the pricing page you wrote:\nall plans have SSO"),
        ("From: is a field I cannot edit.", "From: is a field I cannot edit."),
        ("To: and Cc: are swapped in the form.", "To: and Cc: are swapped in the form."),
        ("> the only thing I have to say", "the only thing I have to say"),
        # nothing but history
        (f"{ANSWERED}\n> only theirs", ""),
        (f"{ANSWERED}\nonly theirs", ""),
        ("Begin forwarded message:\n\nFrom: Ann\nDate: today\nTo: me\n\ntheirs", ""),
        # marks of ticket systems
        ("Fixed now\n##- Please type your reply above this line -##\nYour request (71) …", "Fixed now"),
        ("Geht wieder\n-- Bitte antworten Sie oberhalb dieser Linie --\nalt", "Geht wieder"),
        # header blocks that a program made one line of
        ("ok\nFrom: A Sent: Tuesday To: B Subject: C\ntheirs", "ok"),
        ("ok\n*From:* A\n*Sent:* Tuesday\n*To:* B\n*Subject:* C\ntheirs", "ok"),
        # signatures
        ("It works.\nThanks", "It works.\nThanks"),
        ("Thanks\nIt works now", "Thanks\nIt works now"),
        ("Thanks\nGreat!", "Thanks\nGreat!"),
        ("All is set.\nThanks, that was quick", "All is set.\nThanks, that was quick"),
        ("Best regards", "Best regards"),
        ("Please call me.\nBest,\nAnn\nP.S. the logo is blurred", "Please call me.\nP.S. the logo is blurred"),
        ("The best,\nby far.", "The best,\nby far."),
        ("No.\n--\nAnn", "No."),
        ("My steps:\n--\none\n--\ntwo " + "x" * 130, "My steps:\n--\none\n--\ntwo " + "x" * 130),
        ("Sent from my iPhone", "Sent from my iPhone"),
        ("Hi\n\n-----\nWhat about the price?", "Hi\n\n-----\nWhat about the price?"),
        ("Hi\n--\nWhat about the price?", "Hi\n--\nWhat about the price?"),
        ("Thanks!\n\nJohn Smith\nCEO", "Thanks!"),
        ("Call me back.\n\nAnn Lee\n+1 555 010 0100", "Call me back."),
        ("The number is wrong:\n+1 555 010 0100", "The number is wrong:\n+1 555 010 0100"),
        ('<p>Yes.</p><div class="gmail_signature">Ann, Acme</div>', "Yes."),
        ('<p>Yes.</p><div id="x_Signature"><p>Ann</p></div>', "Yes."),
        # what mail servers add
        ("[EXTERNAL]\nHow do I export?", "How do I export?"),
        ("CAUTION: This email originated from outside of Acme. Do not click.\nHow?", "How?"),
        ("This is confidential, so please don't share it.", "This is confidential, so please don't share it."),
        ("Done.\n\nPlease consider the environment before printing this e-mail.", "Done."),
        # signs that nobody sees
        ("\ufeffse\u200bcret \0word\u00ad", "secret word"),
        ("نريد التصدير إلى إكسل\u200f", "نريد التصدير إلى إكسل"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d💻👍", "👩\u200d💻👍"),
        ("", ""),
        (" \n\t\n ", ""),
        ("<p></p>", ""),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("line\u2028break\x85here", "line\nbreak\nhere"),
        # code, logs, tables
        ("if (a<b && c>d) {\n  run();\n}", "if (a<b && c>d) {\nrun();\n}"),
        ("12:01 ERROR db timeout\n12:02 ERROR db timeout", "12:01 ERROR db timeout\n12:02 ERROR db timeout"),
        ("<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>", "a 1\nb 2"),
        ("Ann <ann@acme.example> cannot log in\nsince noon", "Ann <ann@acme.example> cannot log in\nsince noon"),
    ],
)
def test_what_the_author_says_is_kept_and_nothing_else(message: str, words: str):
    assert own_words(message).text == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Can you add SSO?", None),
        ("ok", None),
        ("😀😀😀", None),
        ("12:01 ERROR 0x8f /var/log/app.log {a=1}", None),
        ("The invoices are missing since Monday", "en"),
        ("Wann kommt die neue Version heraus?", "de"),
        ("請問如何匯出所有客戶的資料", "zh"),
        ("نريد تصدير جميع البيانات إلى ملف واحد", "ar"),
    ],
)
def test_the_language_is_told_when_there_are_words_enough(text: str, language: str | None):
    assert own_words(text).language == language


PIECES = [
    "\n", "> ", ">\n", "--\n", "a\n", "word ", "____", "-----", "a@", "1:00 ", ": ", "\u200b", "\0", "日本", "+1 555 ",
    "On ", "On 3 Mar 2026 wrote ", "wrote:\n", "From: ", "From: a\n", "From: a\nTo: b\n",
    "Best,\n", "Thanks,\nAnn\n", "PS: a\n", "Sent from my iPhone\n", "[EXTERNAL]\n", "confidential ",
    "This e-mail is confidential.\n\n", "This e-mail is confidential.\n", "I am out of office ",
    "<div>", "<blockquote>", "</blockquote>", '<div class="', '<div class="gmail_attr">',
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_the_time_grows_with_the_length_and_not_with_its_square(piece: str):
    assert_linear(own_words, piece)


SNIPPETS = st.sampled_from(
    [*PIECES, ANSWERED, "Subject: x\n", "The import fails.\n", "Mit freundlichen Grüßen\n", "\n\n", "> quoted\n"]
)
MESSAGES = st.lists(SNIPPETS | st.text(max_size=12), max_size=30).map("".join)


@given(MESSAGES)
@settings(max_examples=400, deadline=None)
@example("<p>&amp;lt;</p>")
def test_any_message_has_own_words_that_stand_in_it(message: str):
    found = own_words(message).text
    words = {word for line in lines(message) for word in line.text.lstrip("> ").split()}
    shown = {word for line in lines(message) for word in line.text.split()}
    assert set(found.split()) <= words | shown


@given(MESSAGES.filter(lambda message: "<" not in message))
@settings(max_examples=400, deadline=None)
def test_own_words_have_the_same_own_words(message: str):
    once = own_words(message).text
    assert own_words(once).text == once
