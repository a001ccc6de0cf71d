"""The passage that a conclusion rests on is marked where it stands, whatever the markup around it."""

import time

import pytest
from django.utils.safestring import mark_safe

from sonora.core.highlight import marked
from sonora.core.safe_html import sanitise


@pytest.mark.parametrize(
    ("shown", "passage", "result"),
    [
        ("<p>One. Two.</p>", "Two.", "<p>One. <mark>Two.</mark></p>"),
        ("<p>I can&#39;t  &amp; won't.</p>", "can't & won't", "<p>I <mark>can&#39;t  &amp; won't</mark>.</p>"),
        ("<p>It <b>is</b> late</p>", "It is late", "<p><mark>It </mark><b><mark>is</mark></b><mark> late</mark></p>"),
        ("<p>one<br>two</p>", "one\ntwo", "<p><mark>one</mark><br><mark>two</mark></p>"),
        ("<p>a</p><p>b</p>", "a b", "<p><mark>a</mark></p><p><mark>b</mark></p>"),
        ('<a href="x?a=1>2">late</a>', "late", '<a href="x?a=1>2"><mark>late</mark></a>'),
        ("<p>la\u200bte</p>", "late", "<p><mark>la\u200bte</mark></p>"),
        ("<p>One.</p>", "Two.", "<p>One.</p>"),
        ("<p>One.</p>", " ", "<p>One.</p>"),
        ('<p title="late">x</p>', "late", '<p title="late">x</p>'),
    ],
)
def test_a_passage_is_marked(shown: str, passage: str, result: str) -> None:
    assert marked(mark_safe(shown), passage) == result


def test_what_a_passage_says_adds_no_markup() -> None:
    shown = sanitise("&lt;script&gt;alert(1)&lt;/script&gt; is late")
    found = marked(shown, "<script>alert(1)</script> is late")
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt; is late</mark>" in found
    assert "<script>" not in found


def test_a_long_message_takes_no_time() -> None:
    shown = sanitise("<p>" + "late again " * 20_000 + "</p>")
    began = time.process_time()
    assert marked(shown, "late again never").count("<mark>") == 0
    assert marked(shown, "again late").count("<mark>") == 1
    assert time.process_time() - began < 2
