"""A reader that asks a language model of the operator's choice, over any OpenAI-compatible endpoint. Pure.

Off by default. What is sent is masked; what comes back is believed only where it fits the texts.
"""
