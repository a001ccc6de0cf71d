"""Templates hold nothing that the content security policy refuses, and no class without a style."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import CommentNode, LoadNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
NAMES = [str(path.relative_to(TEMPLATES)) for path in FILES]
OURS = [path for path in FILES if path.parent == TEMPLATES or path.parent.name in {"design", "errors"}]


def without_comments(path: Path) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)


def offences(pattern: str) -> dict[str, list[str]]:
    return {
        name: found
        for name, path in zip(NAMES, FILES, strict=True)
        if (found := re.findall(pattern, without_comments(path)))
    }


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a style attribute", r"<[^>]*\sstyle\s*="),
        ("an inline handler", r"<[^>]*\son[a-z]+\s*="),
        ("an htmx handler", r"\shx-on[:\s=-]"),
        ("an inline script", r"<script(?![^>]*\ssrc=)[^>]*>"),
        ("an inline style", r"<style[\s>]"),
        ("a script: address", r"(?i)javascript:"),
        ("a file from elsewhere", r"<(?:script|link|img|iframe|source)\b[^>]*\s(?:src|href)=[\"'](?:https?:)?//"),
    ],
)
def test_no_template_holds(what: str, pattern: str):
    assert offences(pattern) == {}, what


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str):
    assert get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_that_extends_says_nothing_outside_its_blocks(name: str):
    """Django runs none of it, and says nothing either."""
    assert unheard(get_template(name).template.nodelist) == []


def test_what_stands_outside_a_block_is_found():
    source = (
        '{% extends "base.html" %}{% load sonora %} {% block a %}{% now "Y" as b %}{% endblock %}{% now "Y" as c %}d'
    )
    assert len(unheard(engines["django"].from_string(source).template.nodelist)) == 2


def unheard(nodes: NodeList) -> list[Node]:
    """What of a template that extends another one stands outside its blocks."""
    harmless = (BlockNode, LoadNode, CommentNode)
    inner = [node for extending in nodes.get_nodes_by_type(ExtendsNode) for node in extending.nodelist]
    return [
        node
        for node in inner
        if not isinstance(node, harmless) and not (isinstance(node, TextNode) and not node.s.strip())
    ]


def test_every_class_in_the_shared_templates_has_a_style_or_a_script():
    styles = "".join(path.read_text() for path in (ROOT / "static/css").glob("*.css"))
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", styles))
    unknown: dict[str, set[str]] = {}
    for path in OURS:
        attributes = re.findall(r"class=\"([^\"]*)\"", without_comments(path))
        words = {word for value in attributes for word in re.sub(r"{[{%].*?[%}]}", " ", value).split()}
        # A name that a variable completes ("banner-") is checked where it is written out.
        if missing := {word for word in words - known if not word.endswith("-")}:
            unknown[path.name] = missing
    assert unknown == {}


def test_htmx_is_told_to_evaluate_nothing_and_to_stay_at_home():
    base = (TEMPLATES / "base.html").read_text()
    for setting in (
        '"allowEval":false',
        '"selfRequestsOnly":true',
        '"includeIndicatorStyles":false',
        '"historyCacheSize":0',
    ):
        assert setting in base


def test_each_stylesheet_is_linked_once():
    linked = re.findall(r"css/(\w+)\.css", (TEMPLATES / "_styles.html").read_text())
    assert sorted(linked) == sorted(path.stem for path in (ROOT / "static/css").glob("*.css"))
    assert linked[0] == "tokens"


def test_the_engine_reads_the_templates_of_the_project():
    assert TEMPLATES in [Path(folder) for folder in engines["django"].dirs]
