"""The grammar that the models learn from."""

import json
import re
from itertools import islice
from pathlib import Path

from ml.grammar.kinds import KINDS
from ml.grammar.lists import WORDS, Lists
from ml.grammar.messages import messages

DEV = Path(__file__).resolve().parents[2] / "ml" / "dev"


def test_the_same_seed_gives_the_same_messages_and_another_gives_others():
    first, again, other = (list(messages(50, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_no_message_comes_twice_and_both_answers_are_common():
    drawn = list(messages(3_000, seed=5))
    assert len({message.text for message in drawn}) == 3_000
    assert 0.2 < sum(message.asks for message in drawn) / 3_000 < 0.6


def test_every_feeling_is_shared_out_whole():
    assert [kind.core for kind in KINDS if abs(sum(kind.feeling) - 1) > 1e-9] == []


def test_every_list_that_a_sentence_or_a_kind_names_is_there():
    words = "".join(path.read_text(encoding="utf-8") for path in WORDS.glob("*.txt"))
    named = set(re.findall(r"\{(\w+)\}", words)) | {name for kind in KINDS for name in kind.core}
    assert named - Lists().names() == set()


def test_choices_are_balanced():
    lines = [line for path in WORDS.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if line.count("[") != line.count("]") or line.count("{") != line.count("}")] == []


def test_no_row_that_measures_is_one_that_teaches():
    lines = [line for path in DEV.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    measured = {json.loads(line)["text"].lower() for line in lines}
    assert len(measured) > 700
    assert measured & {message.text.lower() for message in islice(messages(3_000, seed=1), 3_000)} == set()
