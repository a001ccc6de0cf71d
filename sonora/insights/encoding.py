"""What this installation makes vectors with."""

from functools import cache

import structlog

from sonora.insights.embedding import sentence_encoder
from sonora.insights.encoders import Encoder, WordEncoder
from sonora.insights.grouping import Meaning
from sonora.insights.model_files import ModelUnusable

logger = structlog.get_logger(__name__)


@cache
def encoder() -> Encoder:
    """The encoder of what requests ask for; without its model, words alone tell what is alike."""
    try:
        return Meaning(sentence_encoder())
    except ModelUnusable as error:
        logger.warning("encoder_missing", reason=str(error))
        return WordEncoder()
