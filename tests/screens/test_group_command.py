import io
import json

import pytest
from django.core.management import CommandError, call_command

from sonora.insights import model_files


def group(monkeypatch: pytest.MonkeyPatch, lines: str) -> list[dict[str, object]]:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    call_command("group", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_request_is_answered_in_order_without_a_database(monkeypatch: pytest.MonkeyPatch):
    texts = ["Please add SAML SSO", "dark mode pls", "We'd like to sign in with Okta.\n\nBest regards,\nAnn"]
    lines = [json.dumps({"id": f"r{number}", "text": text}) for number, text in enumerate(texts)]
    answers = group(monkeypatch, "\n\n".join(lines))
    assert [answer["id"] for answer in answers] == ["r0", "r1", "r2"]
    assert answers[0]["group"] == answers[2]["group"] != answers[1]["group"]
    assert answers[1]["title"] == "Dark mode"
    assert set(answers[0]) == {"id", "group", "title"}


def test_requests_without_words_are_answered_too(monkeypatch: pytest.MonkeyPatch):
    lines = '{"id": 1, "text": ""}\n{"id": null, "text": null}\n{"id": 3, "text": "😀"}\n'
    assert [answer["id"] for answer in group(monkeypatch, lines)] == [1, None, 3]
    assert group(monkeypatch, "") == []


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"id": 1}', '{"text": "a"}', '"text"', "[" * 100_000])
def test_a_line_that_is_no_request_is_named(monkeypatch: pytest.MonkeyPatch, line: str):
    with pytest.raises(CommandError, match="Line 2 is no JSON object"):
        group(monkeypatch, '{"id": 1, "text": "a"}\n' + line)


def test_a_model_that_is_damaged_is_told(monkeypatch: pytest.MonkeyPatch):
    def damaged() -> None:
        raise model_files.ModelUnusable("The model minilm.onnx is not the one that was built.")

    monkeypatch.setattr("sonora.screens.management.commands.group.sentence_encoder", damaged)
    with pytest.raises(CommandError, match="not the one that was built"):
        group(monkeypatch, '{"id": 1, "text": "a"}')
