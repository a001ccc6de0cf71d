"""A reader that asks a language model of the operator's choice, over any OpenAI-compatible endpoint. Pure.

Off by default. What is sent is masked; what comes back is believed only where it fits the texts.
"""

from sonora.insights.llm.client import LlmClient
from sonora.insights.llm.endpoint import Endpoint, EndpointRefused, endpoint
from sonora.insights.llm.reader import LlmReader

__all__ = ["Endpoint", "EndpointRefused", "LlmClient", "LlmReader", "endpoint"]
