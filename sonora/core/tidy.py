"""Rebuilds a message's HTML from its words, a few tags without attributes, and links that say where they lead."""

from collections import Counter

from sonora.core import links
from sonora.core.html_tokens import Token, attribute, decoded, tokens

DEEPEST = 100

INLINE = {
    "b": "b", "strong": "strong", "i": "i", "em": "em", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
    "sub": "sub", "sup": "sup", "code": "code", "tt": "code", "kbd": "code", "samp": "code",
}  # fmt: skip
BLOCK = {
    "p": "p", "pre": "pre", "blockquote": "blockquote", "ul": "ul", "ol": "ol", "li": "li",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "p"),
    **dict.fromkeys(
        (
            "address", "article", "aside", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
            "fieldset", "figcaption", "figure", "footer", "form", "header", "legend", "main", "menu", "nav",
            "section", "summary", "table", "tr",
        ),
        "div",
    ),
}  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PARAGRAPHS = ("p", *sorted(HEADINGS))
CELLS = frozenset({"td", "th"})
LISTS = frozenset({"ul", "ol"})
OUTPUT_TAGS = frozenset({*INLINE.values(), *BLOCK.values(), "a", "bdi", "br", "hr", "small"})
LOOSE = "(loose items)"  # no tag is called so
MOST_LINKS = 1_000  # in one message; the others are shown as words
MOST_LOOKUPS = 50  # of hosts outside ASCII, each of which takes a fraction of a millisecond
LONGEST_LABEL = 500  # characters of a link that are compared with its host


class TooDeep(Exception):
    """More than 100 elements within one another."""


def tidy(html: str) -> str:
    """*html* as a well-formed fragment of OUTPUT_TAGS alone; only ``a`` has an attribute, ``href``. Raises TooDeep."""
    builder = _Builder()
    for token in tokens(html):
        builder.take(token)
    return builder.finish()


class _Builder:
    """Keeps the output well formed: what is opened is closed, paragraphs and links hold no others, lists hold items."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # the tag as it came and as it went out
        self._names: Counter[str] = Counter()  # how often each stands in _open
        self._links_left = MOST_LINKS
        self._lookups_left = MOST_LOOKUPS
        self._link: links.Link | None = None
        self._label: list[str] = []

    def take(self, token: Token) -> None:
        if not token.name:
            self._text(token.text)
        elif token.is_end:
            self._close(token.name)
        elif token.name in INLINE:
            self._start(token.name, INLINE[token.name])
        elif token.name in BLOCK:
            self._block(token.name)
        else:
            self._special(token)

    def finish(self) -> str:
        while self._open:
            self._pop()
        return "".join(self._out)

    def _text(self, text: str) -> None:
        if not text.strip() and self._inside_list():
            return
        self._item_if_list()
        if self._link:
            self._label.append(text)
        self._out.append(text.replace("<", "&lt;").replace(">", "&gt;"))

    def _block(self, name: str) -> None:
        if self._link:  # a button of a newsletter: a link around a table
            self._out.append(" ")
            return
        self._close_paragraph()
        tag = BLOCK[name]
        if tag == "li":
            self._close_item()
            if not self._inside_list():
                self._start(LOOSE, "ul")
        self._start(name, tag)
        if name in HEADINGS:
            self._start("strong", "strong")

    def _special(self, token: Token) -> None:
        if token.name == "a":
            self._close("a")
            self._item_if_list()
            self._open_link(attribute(token.attributes, "href"))
        elif token.name == "img":
            self._item_if_list()
            self._image(attribute(token.attributes, "src"))
        elif token.name == "br":
            self._item_if_list()
            self._out.append("<br>")
        elif token.name == "hr" and not self._link:
            self._close_paragraph()
            self._item_if_list()
            self._out.append("<hr>")
        elif token.name in CELLS:
            self._out.append(" ")

    def _open_link(self, href: str | None) -> None:
        self._link = self._read(href)
        if self._link:
            self._label = []
            self._start("a", "a", f'<a href="{_escaped(self._link.href)}"><bdi>')

    def _image(self, src: str | None) -> None:
        source = self._read(src)
        words = f"Image hidden ({source.place})" if source and "@" not in source.place else "Image hidden"
        if source and not self._link and "@" not in source.place:
            self._out.append(f'<a href="{_escaped(source.href)}">{words}</a>')
        else:
            self._out.append(words)

    def _read(self, address: str | None) -> links.Link | None:
        self._links_left -= 1
        if address and not address.isascii():
            self._lookups_left -= 1
        return links.read(address) if address and self._links_left >= 0 and self._lookups_left >= 0 else None

    def _start(self, name: str, tag: str, markup: str = "") -> None:
        if tag != "li":
            self._item_if_list()
        if len(self._open) >= DEEPEST:
            raise TooDeep
        self._push(name, tag, markup or f"<{tag}>")

    def _push(self, name: str, tag: str, markup: str) -> None:
        self._open.append((name, tag))
        self._names[name] += 1
        self._out.append(markup)

    def _item_if_list(self) -> None:
        """What is about to be written is no item: a list gets one around it, unless it was made for loose items."""
        if not self._inside_list():
            return
        if self._open[-1][0] == LOOSE:
            self._pop()
        else:
            self._push("li", "li", "<li>")

    def _inside_list(self) -> bool:
        return bool(self._open) and self._open[-1][1] in LISTS

    def _close_item(self) -> None:
        """Close the open item of the innermost list, if there is one."""
        inner = next((tag for _, tag in reversed(self._open) if tag == "li" or tag in LISTS), "")
        if inner == "li":
            self._close("li")

    def _close_paragraph(self) -> None:
        """A block ends the paragraph or heading that is open; there is one at most, and nothing but words within it."""
        for name in PARAGRAPHS:
            self._close(name)

    def _close(self, name: str) -> None:
        if self._names[name]:
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name, tag = self._open.pop()
        self._names[name] -= 1
        if tag != "a":
            self._out.append(f"</{tag}>")
        else:
            self._end_link()
        return name

    def _end_link(self) -> None:
        link, self._link = self._link, None
        self._out.append("</bdi></a>")
        if link and not links.says_where(decoded("".join(self._label)[:LONGEST_LABEL]), link):
            self._out.append(f" <small><bdi>({_escaped(link.place)})</bdi></small>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
