"""What the project promises about its own files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations import errors

CHECKOUT = Path(__file__).resolve().parents[1]
LONGEST = 400  # lines of a Python file
LONGEST_WAIT = 30  # seconds that a Celery message may be postponed
SETTING = re.compile(r"""(?:env\.\w+|_secret)\(\s*"([A-Z_]+)\"""")
EXAMPLE = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)
# In two parts, so that this file does not break its own rule.
MACHINE = ["/wo" + "rk/", "/ro" + "ot/"]
REGISTRIES = ["files.python" + "hosted.org", "registry.npm" + "js.org", "pypi" + ".org"]
MAKERS = ["chat" + "gpt", "clau" + "de", "anth" + "ropic", "copi" + "lot", "co-authored" + "-by", "generated " + "with"]
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
BOTH_SIDES = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)  # as Git leaves them for a person to choose
OWN_WORDS = {"uv.lock", "tokenizer.json"}  # name the registry on purpose; hold all words there are


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("This copy of the project is no git checkout, so its own files are not known.")
    paths = [CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def texts(*endings: str) -> Iterator[tuple[Path, str]]:
    for path in tracked():
        if endings and path.suffix not in endings:
            continue
        try:
            yield path.relative_to(CHECKOUT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # an image


def test_every_setting_is_explained_in_the_example_and_the_other_way_round() -> None:
    read = set(SETTING.findall((CHECKOUT / "sonora/settings.py").read_text(encoding="utf-8")))
    composed = set(re.findall(r"\$\{([A-Z_]+)", (CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8")))
    explained = set(EXAMPLE.findall((CHECKOUT / ".env.example").read_text(encoding="utf-8")))
    assert len(read) > 10
    assert explained == read | composed


def test_no_link_is_a_file_of_the_project() -> None:
    staged = subprocess.run(["git", "ls-files", "-s"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert [line for line in staged.stdout.splitlines() if line.startswith("120000")] == []


@pytest.mark.parametrize("words", [MACHINE, REGISTRIES, MAKERS], ids=["machine", "registries", "makers"])
def test_no_file_tells_where_or_by_what_it_was_made(words: list[str]) -> None:
    pattern = re.compile("|".join(rf"(?<![\w.]){re.escape(word)}" for word in words), re.IGNORECASE)
    found = [
        f"{path}: {match[0]}"
        for path, text in texts()
        if path.name not in OWN_WORDS
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    assert [
        str(path) for path, text in texts(".py", ".html", ".css", ".js", ".md", "") if UNFINISHED.search(text)
    ] == []


def test_no_file_holds_both_sides_of_a_conflict() -> None:
    assert [str(path) for path, text in texts() if BOTH_SIDES.search(text)] == []


def test_no_certificate_goes_unchecked() -> None:
    pattern = re.compile(r"verify\s*=\s*Fal" + "se|CERT_NO" + "NE")
    assert [str(path) for path, text in texts(".py") if pattern.search(text)] == []


def test_no_python_file_is_longer_than_a_person_reads() -> None:
    long = [str(path) for path, text in texts(".py") if text.count("\n") >= LONGEST and "migrations" not in path.parts]
    assert long == []


def test_no_celery_message_waits_long_or_joins_others() -> None:
    found = [f"{path}:{line} {what}" for path, text in product_code() for line, what in _forbidden_in(ast.parse(text))]
    assert found == []


def test_only_the_client_of_a_provider_speaks_http() -> None:
    assert importers_of("httpx") <= {"integrations/intercom", "sonora/insights/llm"}


def test_a_provider_and_its_sandbox_never_import_the_database() -> None:
    assert not {folder for folder in importers_of("django.db") if folder.startswith("integrations/intercom")}


def test_the_lint_for_celery_finds_what_it_forbids() -> None:
    postponed = "t.apply_async(countdown=31)\nt.apply_async(eta=now)\nt.apply_async(countdown=5)\n"
    source = "from celery import chord\n" + postponed + "group(t)\nt.delay()\n"
    assert [line for line, _ in _forbidden_in(ast.parse(source))] == [1, 2, 3, 5, 6]


def test_every_error_of_a_provider_tells_the_user_something_whole() -> None:
    classes = list(_subclasses(errors.ProviderError))
    assert len(classes) > 4
    assert [cls.__name__ for cls in classes if not cls.user_message.endswith(".")] == []


def product_code() -> Iterator[tuple[Path, str]]:
    for path, text in texts(".py"):
        if path.parts[0] in {"sonora", "integrations"}:
            yield path, text


def importers_of(module: str) -> set[str]:
    """The folders of the product whose files import *module* or what is in it."""
    pattern = re.compile(rf"^\s*(?:import|from) {re.escape(module)}(?:[.\s]|$)", re.MULTILINE)
    return {path.parent.as_posix() for path, text in product_code() if pattern.search(text)}


def _forbidden_in(tree: ast.AST) -> list[tuple[int, str]]:
    return sorted({found for node in ast.walk(tree) for found in _forbidden_at(node)})


def _forbidden_at(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("celery"):
        yield from ((node.lineno, name.name) for name in node.names if name.name in {"chord", "group", "chain"})
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id in {"chord", "group"}:
        yield node.lineno, node.func.id
    if isinstance(node.func, ast.Attribute) and node.func.attr == "delay":
        yield node.lineno, "delay(): use sonora.celery.publish"
    for keyword in node.keywords:
        if keyword.arg == "eta":
            yield node.lineno, "eta"
        if keyword.arg == "countdown" and not _is_short(keyword.value):
            yield node.lineno, "countdown"


def _is_short(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float) and value.value <= LONGEST_WAIT


def _subclasses(cls: type) -> Iterator[type[errors.ProviderError]]:
    for child in cls.__subclasses__():
        yield child
        yield from _subclasses(child)
