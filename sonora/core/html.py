"""HTML as text for people. Pure: neither Django nor settings are needed."""

from sonora.core.html_tokens import Token, attribute, decoded, tokens

__all__ = ["plain_text"]

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
# Control characters cannot come from the input: `tokens` takes them out.
BLOCK, LINE, BLANK = "\x01", "\n", "\x02"
PIXEL = frozenset({"0", "1", "0px", "1px"})


def plain_text(html: str) -> str:
    """*html* as text, whole: a line for each block and each ``<br>``, ``- `` before list items, entities decoded.

    Links keep their words, an image becomes ``[image]`` or ``[image: its alternative text]``. Text without any tag
    keeps its lines. Takes time proportional to the length, whatever the input.
    """
    if "<" not in html:
        return _lines(decoded("".join(token.text for token in tokens(html))).replace("\r\n", LINE))
    pieces: list[str] = []
    within_pre = 0
    for token in tokens(html):
        if token.name == "pre":
            within_pre = max(0, within_pre + (-1 if token.is_end else 1))
        pieces.append(_piece(token, verbatim=within_pre > 0))
    return _lines("".join(pieces))


def _piece(token: Token, *, verbatim: bool) -> str:
    if not token.name:
        return _words(token.text, verbatim=verbatim)
    if token.name == "br":
        return LINE
    if token.name == "li" and not token.is_end:
        return f"{BLOCK}- "
    if token.name in BLOCKS:
        return BLOCK
    if token.name == "img":
        return _image(token.attributes)
    return " " if token.name in CELLS else ""


def _words(text: str, *, verbatim: bool) -> str:
    text = decoded(text)
    if verbatim:
        return text.replace("\r\n", LINE).replace(" ", BLANK)
    return text.replace("\n", " ").replace("\r", " ")


def _image(attributes: str) -> str:
    if attribute(attributes, "width") in PIXEL or attribute(attributes, "height") in PIXEL:
        return ""  # it is there to be counted, not seen
    words = " ".join((attribute(attributes, "alt") or "").split())
    return f"[image: {words}]" if words else "[image]"


def _lines(text: str) -> str:
    """Blanks in one, blocks without words away, at most one empty line together."""
    lines: list[str] = []
    for part in text.split(LINE):
        blocks = [line for line in (" ".join(block.split()) for block in part.split(BLOCK)) if line]
        if blocks or (lines and lines[-1]):
            lines += blocks or [""]
    return "\n".join(lines).strip().replace(BLANK, " ")
