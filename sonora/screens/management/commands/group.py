"""`manage.py group`: feature requests on stdin, a JSON line each, put into groups. Needs no database."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sonora.insights.embedding import sentence_encoder
from sonora.insights.grouping import Meaning, in_groups
from sonora.insights.model_files import ModelUnusable
from sonora.insights.text import own_words


class Command(BaseCommand):
    help = 'Reads {"id", "text"} and writes {"id", "group", "title"}, a JSON object a line, in order.'
    requires_system_checks = []

    def handle(self, *_: Any, **__: Any) -> None:
        ids, texts = _requests(sys.stdin)
        try:
            placed = in_groups(texts, Meaning(sentence_encoder()))
        except ModelUnusable as error:
            raise CommandError(str(error)) from error
        for identity, one in zip(ids, placed, strict=True):
            line = {"id": identity, "group": one.group, "title": one.title}
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def _requests(lines: Iterable[str]) -> tuple[list[Any], list[str]]:
    """The ids and the plain texts in *lines*; empty lines mean nothing. Raises CommandError, naming the line."""
    ids, texts = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            identity, text = request["id"], str(request["text"] or "")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise CommandError(f'Line {number} is no JSON object with "id" and "text".') from error
        ids.append(identity)
        texts.append(own_words(text).text or text)
    return ids, texts
