import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonora.core.html import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("words", "words"),
        ("<p>Hello <b>Ann</b>,</p><p>bye</p>", "Hello Ann,\nbye"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("one<br><br>three", "one\n\nthree"),
        ("one<br><br><br><br>two", "one\n\ntwo"),
        ("<div><div><p>deep</p></div></div>", "deep"),
        ("<ul><li>one</li><li>two <b>b</b></li></ul>after", "- one\n- two b\nafter"),
        ("<p>  much \n\t blank&nbsp;here </p>", "much blank here"),
        ("a &amp; b &lt;c&gt; &eacute; &#8217; &#x1F600; &zzz;", "a & b <c> é ’ 😀 &zzz;"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("see <a href='https://x.example/'>the page</a>.", "see the page."),
        ("<img src=x> <img src=x alt='a cat'>", "[image] [image: a cat]"),
        ("text<img src=https://x.example/p.gif width=1 height=1>", "text"),
        ("a<script>gone</script>b<style>gone</style>c<!-- gone -->d", "abcd"),
        ("a<svg><text>gone</text></svg>b", "ab"),
        ("<head><title>gone</title></head><body>kept</body>", "kept"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<h1>Title</h1>text<hr>more", "Title\ntext\nmore"),
        ("<pre>if x:\n    go()\n</pre>after", "if x:\n    go()\nafter"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a <b", "a <b"),
        ("cut <a href='https://x", "cut <a href='https://x"),
        ("no tags\nbut lines\r\nhere", "no tags\nbut lines\nhere"),
        ("<p>lines in\nhtml</p>", "lines in html"),
        ("a\0b\ud800c", "a�b�c"),
        ("\x1b[31mred\x07", "[31mred"),
        ("&#0;&#xD800;&#" + "9" * 5_000 + ";&#00000000065;", "���A"),
        ("<P>UPPER<BR>case</P>", "UPPER\ncase"),
        ("<p title='a > b'>text</p>", "text"),
        ("<o:p>odd</o:p><x-y>names</x-y>", "oddnames"),
        ("<p></p><p>&nbsp;</p><p>text</p>", "text"),
    ],
)
def test_html_becomes_the_text_that_a_person_reads(html: str, text: str):
    assert plain_text(html) == text


def test_nothing_is_cut():
    html = "".join(f"<p>paragraph {n}</p>" for n in range(40_000))
    assert plain_text(html).count("\n") == 39_999


@given(st.text(alphabet=st.sampled_from("<>/!-&;#x \n\"'=abr"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_text(html: str):
    result = plain_text(html)
    assert result == result.strip()
    assert not any(sign in result for sign in "\x01\x02")


PIECES = [
    "<",
    "<a",
    "<a>",
    "<a b='",
    '<a b="',
    "<!--",
    "<!-- -",
    "</",
    "<!",
    "<svg>",
    "<style>",
    "</style ",
    "&",
    "&#",
    "&amp;",
    "&#9",
]
BLANKS = [" ", "\n", "<br>", "<b> </b> ", "= ", "<p>", "<pre> ", "<li>", "\ud800", "\0", "<img alt='"]


@pytest.mark.parametrize("piece", PIECES + BLANKS)
@pytest.mark.parametrize("end", ["", ">"])
def test_the_time_grows_with_the_length_and_not_with_its_square(piece: str, end: str):
    def taken(size: int) -> float:
        html = piece * (size // len(piece)) + end
        start = time.process_time()
        plain_text(html)
        return time.process_time() - start

    assert taken(400_000) <= 24 * max(taken(50_000), 0.002)


def test_it_needs_neither_django_nor_settings():
    code = "import sys; from sonora.core.html import plain_text; plain_text('<p>x'); sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={})
