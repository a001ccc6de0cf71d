"""The reader of this machine, over a linear tier small enough to be read."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from ml.sums import record
from sonora.insights.local.cues import NAMES
from sonora.insights.local.linear import Floats, Linear
from sonora.insights.local.reader import WAY, LocalReader
from sonora.insights.local.settings import Calibration, Settings
from sonora.insights.model_files import FOLDER, ModelUnusable
from sonora.insights.readers import local_reader
from sonora.insights.reading import Label

# What each word says: negative, neutral, positive, asks.
WORDS = {"bad": (4, 0, -2, -2), "good": (-2, 0, 4, -2), "add": (0, 1, 0, 6), "hinzufügen": (0, 1, 0, 4.2)}
EVEN = Calibration(warmth=1, slope=1, offset=0, threshold=0.5, foreign_threshold=0.9)
SETTINGS = Settings(version="7", share=0.5, linear=EVEN, full=EVEN)


def linear() -> Linear:
    rows = np.array([*WORDS.values(), *[(0, 0, 0, 0)] * (1 + len(NAMES))], dtype=np.float32)
    return Linear(
        vocabularies=[list(WORDS), ["<x"]],
        idf=np.ones(len(WORDS) + 1, dtype=np.float32),
        weights=rows,
        bias=np.array([0, 1, 0, -3], dtype=np.float32),
    )


class Sure:
    """An encoder that takes every text for praise."""

    def outputs(self, texts: Sequence[str]) -> Mapping[str, Floats]:
        return {"scores": np.tile(np.array([0, 0, 40, -40], dtype=np.float32), (len(texts), 1))}


def test_readings_come_in_the_order_of_their_texts():
    found = LocalReader(linear(), None, SETTINGS).read(["bad", "", "good", "hello there", "add it"])
    assert [one.label for one in found] == [
        Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE, Label.NEUTRAL, Label.NEUTRAL,
    ]  # fmt: skip
    assert [one.quote for one in found] == [None, None, None, None, "add it"]


def test_a_score_is_what_speaks_for_good_less_what_speaks_for_bad():
    bad, good, nothing = LocalReader(linear(), None, SETTINGS).read(["bad", "good", "12"])
    assert bad.score == pytest.approx(-good.score)
    assert good.score > 0.8
    assert (nothing.score, nothing.confidence) == (0, 0)


def test_a_reading_names_the_sentence_that_it_rests_on():
    text = "Hello Tom.\nPlease add it! This is bad, very bad."
    (reading,) = LocalReader(linear(), None, SETTINGS).read([text])
    assert reading.label is Label.NEGATIVE
    assert reading.sentence == "This is bad, very bad."
    asking = "Hello Tom.\nPlease add it! Thanks."
    assert LocalReader(linear(), None, SETTINGS).read([asking])[0].quote == "Please add it!"


def test_other_languages_need_more_to_ask():
    german = "Könnten Sie das bitte zu unserer Übersicht hinzufügen?"
    (reading,) = LocalReader(linear(), None, SETTINGS).read([german])
    assert 0.5 < reading.request < 0.9
    assert reading.quote is None


def test_the_encoder_has_its_share_and_the_version_tells_who_read():
    alone, both = (LocalReader(linear(), encoder, SETTINGS) for encoder in (None, Sure()))
    assert both.read(["bad"])[0].label is Label.POSITIVE
    assert (alone.version, both.version) == (f"local-7.{WAY}-linear", f"local-7.{WAY}")


def test_a_tier_that_was_saved_scores_as_before(tmp_path: Path):
    linear().save(tmp_path / "linear.npz")
    again = Linear.load((tmp_path / "linear.npz").read_bytes())
    texts = ["bad and good", "please add a hat", ""]
    assert again.scores(texts) == pytest.approx(linear().scores(texts), abs=0.01)


def models(folder: Path) -> Path:
    linear().save(folder / "linear.npz")
    how = {"warmth": 1, "slope": 1, "offset": 0, "threshold": 0.5, "foreign_threshold": 0.9}
    content = {"version": "7", "share": 0.5, "linear": how, "full": how}
    (folder / "reader.json").write_text(json.dumps(content), encoding="utf-8")
    record(folder, ["linear.npz", "reader.json"])
    return folder


def test_without_an_encoder_the_linear_tier_answers_alone_and_says_so(tmp_path: Path):
    reader = local_reader(models(tmp_path))
    assert reader.version == f"local-7.{WAY}-linear"
    assert reader.read(["bad"])[0].label is Label.NEGATIVE


@pytest.mark.parametrize("name", ["linear.npz", "reader.json", "reader.onnx"])
def test_a_damaged_file_is_named_and_not_used(tmp_path: Path, name: str):
    with (models(tmp_path) / name).open("ab") as file:
        file.write(b"?")
    with pytest.raises(ModelUnusable, match=name):
        local_reader(tmp_path)


def test_where_the_encoder_cannot_run_the_linear_tier_answers_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "sonora.insights.embedding", raising=False)
    monkeypatch.delattr("sonora.insights.embedding", raising=False)
    assert local_reader(FOLDER).version.endswith("-linear")
    assert not local_reader(FOLDER).read(["Where is my invoice?"])[0].quote
