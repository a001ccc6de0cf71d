"""Texts that speak to a machine: they are never followed, and readers are told. Pure."""

import re

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous|prior)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|<\|?(?:im_start|im_end|system|assistant|endoftext)|\[/?INST\]"
    r"|\byou are (?:now )?(?:an? )?(?:ai|llm|language model|assistant|gpt|chatbot)\b|\"(?:readings|sentiment)\"\s*:"
    r"|\b(?:ignoriere|vergiss)\b.{0,40}\b(?:anweisung|anweisungen|regeln)\b|\bignore[zr]?\b.{0,40}\binstructions?\b"
    r"|\bignor[ae]r?\b.{0,40}\binstruc\w+|\bnegeer\b.{0,40}\binstructies\b",
    re.IGNORECASE | re.DOTALL,
)


def gives_orders(text: str) -> bool:
    """Whether *text* looks like instructions to a machine that reads it."""
    return _ORDERS.search(text) is not None
