import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sonora.insights import model_files


class Said:
    def __init__(self, written: str, errors: str) -> None:
        self.written, self.errors = written, errors
        self.answers: list[dict[str, Any]] = [json.loads(line) for line in written.splitlines()]


def group(monkeypatch: pytest.MonkeyPatch, lines: str, *, fails: bool = False) -> Said:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(lines.encode())))
    out, errors = io.StringIO(), io.StringIO()
    if fails:
        with pytest.raises(CommandError, match="could not be read"):
            call_command("group", stdout=out, stderr=errors)
    else:
        call_command("group", stdout=out, stderr=errors)
    return Said(out.getvalue(), errors.getvalue())


def test_each_request_is_answered_in_order_without_a_database(monkeypatch: pytest.MonkeyPatch):
    texts = ["Please add SAML SSO", "dark mode pls", "We'd like to sign in with Okta.\n\nBest regards,\nAnn"]
    lines = [json.dumps({"id": f"r{number}", "text": text}) for number, text in enumerate(texts)]
    answers = group(monkeypatch, "\n\n".join(lines)).answers
    assert [answer["id"] for answer in answers] == ["r0", "r1", "r2"]
    assert answers[0]["group"] == answers[2]["group"] != answers[1]["group"]
    assert answers[1]["title"] == "Dark mode"
    assert set(answers[0]) == {"id", "group", "title"}


def test_requests_without_words_are_answered_too(monkeypatch: pytest.MonkeyPatch):
    lines = '\ufeff{"id": 1, "text": ""}\n{"id": null, "text": " "}\n{"id": 3, "text": "😀"}\n'
    assert [answer["id"] for answer in group(monkeypatch, lines).answers] == [1, None, 3]
    assert group(monkeypatch, "").answers == []


def test_answers_can_be_written_to_any_terminal(monkeypatch: pytest.MonkeyPatch):
    said = group(monkeypatch, '{"id": "№1", "text": "Добавьте тёмную тему"}\n{"id": 2, "text": "\\ud800 half"}')
    assert said.written.isascii()
    assert [answer["id"] for answer in said.answers] == ["№1", 2]


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"id": 1}', '{"text": "a"}', '"text"', "[" * 100_000])
def test_a_line_that_is_no_request_is_named_and_the_others_are_answered(monkeypatch: pytest.MonkeyPatch, line: str):
    said = group(
        monkeypatch, f'{{"id": 1, "text": "dark mode"}}\n\n{line}\n{{"id": 3, "text": "night mode"}}', fails=True
    )
    assert said.errors.startswith("Line 3: it")
    assert [answer["id"] for answer in said.answers] == [1, 1 if "id" in line else None, 3]
    assert said.answers[0]["title"] == "Dark mode"


def test_a_model_that_is_damaged_is_told(monkeypatch: pytest.MonkeyPatch):
    def damaged() -> None:
        raise model_files.ModelUnusable("The model minilm.onnx is not the one that was built.")

    monkeypatch.setattr("sonora.screens.management.commands.group.sentence_encoder", damaged)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b'{"id": 1, "text": "a"}')))
    with pytest.raises(CommandError, match="not the one that was built"):
        call_command("group")
