"""What this installation makes vectors with."""

from collections.abc import Sequence
from functools import cache

import structlog

from sonora.insights.embedding import Encoder as Model
from sonora.insights.embedding import sentence_encoder
from sonora.insights.encoders import Encoder, WordEncoder
from sonora.insights.model_files import ModelUnusable
from sonora.insights.vectors import Vectors

logger = structlog.get_logger(__name__)


class SentenceEncoder:
    """Vectors of what sentences mean."""

    version = "minilm-1"
    alike = 0.35

    def __init__(self, model: Model) -> None:
        self._model = model

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return self._model.vectors(texts)


@cache
def encoder() -> Encoder:
    """The encoder of sentences; without its model, words alone tell what is alike."""
    try:
        return SentenceEncoder(sentence_encoder())
    except ModelUnusable as error:
        logger.warning("encoder_missing", reason=str(error))
        return WordEncoder()
