"""What the analysis reads with: the models of this installation, or in front of them a language model."""

from functools import cache

from django.conf import settings

from sonora.insights import allowance, readers
from sonora.insights.llm.client import LlmClient
from sonora.insights.llm.reader import LlmReader
from sonora.insights.reading import Reader


@cache
def reader() -> Reader:
    """The reader of this process's analysis, to be used in the scope of one workspace at a time.

    Raises ModelUnusable as `readers.reader` does: without the local models nothing is read.
    """
    local = readers.reader()
    if settings.INSIGHTS_LLM is None:
        return local
    return LlmReader(local, LlmClient(settings.INSIGHTS_LLM), allowance=allowance.taken)
