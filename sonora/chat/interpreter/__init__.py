"""Questions in plain words, read by rules over the workspace's own names: the same question gives the same query."""

from sonora.chat.interpreter.interpreting import interpret
from sonora.chat.interpreter.reply import Ignored, Interpretation, Why

__all__ = ["Ignored", "Interpretation", "Why", "interpret"]
