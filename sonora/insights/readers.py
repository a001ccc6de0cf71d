"""What this installation reads customers' words with."""

from functools import cache
from pathlib import Path

from sonora.insights.local.linear import Linear
from sonora.insights.local.reader import Encoder, LocalReader
from sonora.insights.local.settings import Settings
from sonora.insights.model_files import FOLDER, model_file
from sonora.insights.reading import Reader

ENCODER = "reader.onnx"


@cache
def reader() -> Reader:
    """The reader of this process, loaded once. Raises ModelUnusable when there are no models, or damaged ones."""
    return local_reader(FOLDER)


def local_reader(folder: Path) -> LocalReader:
    """The reader of the models in *folder*; without the encoder the linear tier alone, which its version says.

    Raises ModelUnusable when the linear tier or the settings are missing, or any of the files is damaged.
    """
    linear = Linear.load(model_file("linear.npz", folder=folder))
    settings = Settings.read(model_file("reader.json", folder=folder))
    return LocalReader(linear, _encoder(folder), settings)


def _encoder(folder: Path) -> Encoder | None:
    """None where the encoder's file or the packages that run it are missing: the linear tier can do without both."""
    if not (folder / ENCODER).exists():
        return None
    try:
        from sonora.insights import embedding
    except ImportError:
        return None
    return embedding.Encoder.load(ENCODER, folder=folder)
