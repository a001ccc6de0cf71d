"""What this installation makes vectors with."""

from functools import cache, lru_cache

import structlog

from sonora.insights.aliases import Names
from sonora.insights.embedding import sentence_encoder
from sonora.insights.encoders import Encoder, WordEncoder
from sonora.insights.grouping import Meaning
from sonora.insights.model_files import ModelUnusable

logger = structlog.get_logger(__name__)

KEPT = 4  # tables of names; the vectors of one take 4 MB


@lru_cache(maxsize=KEPT)
def encoder(names: Names) -> Encoder:
    """The encoder of what requests ask for where things have *names* as well as those of the common vocabulary.

    Without its model, words alone tell what is alike.
    """
    common = _common()
    return common.knowing(names.lines) if common else WordEncoder()


@cache
def _common() -> Meaning | None:
    try:
        return Meaning(sentence_encoder())
    except ModelUnusable as error:
        logger.warning("encoder_missing", reason=str(error))
        return None
