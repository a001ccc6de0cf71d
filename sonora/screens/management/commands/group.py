"""`manage.py group`: feature requests on stdin, a JSON line each, put into groups. Needs no database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sonora.insights.embedding import sentence_encoder
from sonora.insights.grouping import Meaning, in_groups
from sonora.insights.model_files import ModelUnusable
from sonora.insights.text import own_words
from sonora.screens.management import lines


class Command(BaseCommand):
    help = 'Reads {"id", "text"} and writes {"id", "group", "title"}, a JSON object a line, in order.'
    requires_system_checks = []

    def handle(self, *_: Any, **__: Any) -> None:
        requests = list(lines.lines())
        wrong = lines.tell_wrong(requests, self.stderr)
        texts = [own_words(request.text).text or request.text for request in requests]
        try:
            placed = in_groups(texts, Meaning(sentence_encoder()))
        except ModelUnusable as error:
            raise CommandError(str(error)) from error
        for request, one in zip(requests, placed, strict=True):
            lines.answer({"id": request.id, "group": one.group, "title": one.title}, self.stdout)
        lines.end(wrong)
