"""The colours live in one file, and each promised pair of them can be read."""

import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKENS = ROOT / "static/css/tokens.css"
HEX = r"#[0-9a-fA-F]{3,8}\b"
PAINT = rf"(?:fill|stroke|color|background|border)[\w-]*\s*[=:]\s*[\"']?\s*{HEX}"
SURFACES = ["bg", "nav", "surface", "raised", "sunken", "hover"]
STATES = ["neutral", "ok", "warn", "error", "info"]
SENTIMENTS = ["pos", "neu", "neg", "mix"]
TINTS = [f"{name}-bg" for name in (*STATES, *SENTIMENTS, "accent")]

PAIRS: list[tuple[str, str, float]] = [
    *((word, ground, 4.5) for word, ground in product(["text", "muted", "faint", "accent"], SURFACES)),
    *((word, tint, 4.5) for word, tint in product(["text", "muted", "faint"], TINTS)),
    *((state, ground, 4.5) for state, ground in product(STATES, ["bg", "surface", "raised"])),
    *((state, f"{state}-bg", 4.5) for state in STATES),
    *((f"{name}-text", ground, 4.5) for name in SENTIMENTS for ground in ("bg", "surface", "raised", f"{name}-bg")),
    *((name, ground, 3.0) for name, ground in product(SENTIMENTS, ["bg", "surface", "raised"])),
    *((f"c{n}", ground, 3.0) for n, ground in product(range(1, 9), ["bg", "surface", "raised"])),
    *(("border-strong", ground, 3.0) for ground in SURFACES),
    *(("accent", ground, 5.5) for ground in SURFACES),
    ("accent", "accent-bg", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    ("on-error", "error", 4.5),
    ("text", "mark", 4.5),
    ("mark-line", "surface", 3.0),
    ("mark-line", "bg", 3.0),
]


def read_tokens() -> dict[str, tuple[str, str]]:
    found = re.findall(rf"--([\w-]+): light-dark\(({HEX}), ({HEX})\);", TOKENS.read_text())
    return {name: (light, dark) for name, light, dark in found}


TOKEN_VALUES = read_tokens()


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_promised_pair_can_be_read(front: str, ground: str, least: float, theme: str):
    index = ["light", "dark"].index(theme)
    measured = contrast(TOKEN_VALUES[front][index], TOKEN_VALUES[ground][index])
    assert measured >= least, f"{front} on {ground}, {theme}: {measured:.2f}, needs {least}"


def painted(path: Path) -> list[str]:
    text = path.read_text()
    if path.suffix == ".css":
        return re.findall(rf"{HEX}|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\([^)]*\)", text)
    return re.findall(PAINT, text) + re.findall(r"[\"']#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})[\"']", text)


@pytest.mark.parametrize("folder", ["static", "templates", "sonora", "integrations"])
def test_no_colour_is_named_by_number_outside_the_tokens(folder: str):
    kinds = {".css", ".html", ".js", ".svg"} if folder in {"static", "templates"} else {".html", ".py"}
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in kinds and path != TOKENS]
    assert {str(path.relative_to(ROOT)): found for path in files if (found := painted(path))} == {}


def test_every_token_that_the_styles_use_is_declared():
    styles = {path: path.read_text() for path in (ROOT / "static/css").glob("*.css")}
    declared = set(re.findall(r"--([\w-]+):", "".join(styles.values())))
    used = set(re.findall(r"var\(--([\w-]+)", "".join(styles.values())))
    assert used - declared == set()


def test_text_sizes_are_in_rem_so_that_they_follow_the_reader():
    fixed = {
        path.name: found
        for path in (ROOT / "static/css").glob("*.css")
        if (found := re.findall(r"font(?:-size)?:[^;]*?\d+px[^;]*", path.read_text()))
    }
    assert fixed == {}
