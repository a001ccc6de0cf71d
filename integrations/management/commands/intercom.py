"""`manage.py intercom …`: check, connect, sync, status, recount, export and disconnect without a browser."""

import sys
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from integrations.checks import NotUsable
from integrations.commands import A_PERSON_MUST_ACT, FAILED, Output, Stopped
from integrations.refusals import Refused

SUBCOMMANDS = ("check", "connect", "sync", "status", "recount", "export", "disconnect")


class Command(BaseCommand):
    help = "Connect, sync, read and disconnect Intercom."

    def add_arguments(self, parser: CommandParser) -> None:
        subparsers = parser.add_subparsers(dest="subcommand", required=True, parser_class=ArgumentParser)
        for name in SUBCOMMANDS:
            module = import_module(f"integrations.commands.{name}")
            module.add_arguments(subparsers.add_parser(name, help=module.HELP, description=module.HELP))

    def handle(self, *_: object, **options: Any) -> None:
        """Run the subcommand; the process ends with its exit code. Trouble is told in the words of the pages."""
        module = import_module(f"integrations.commands.{options['subcommand']}")
        try:
            code = module.run(options, Output(self.stdout, self.stderr))  # type: ignore[arg-type]
        except Stopped as stopped:
            code = self._tell(stopped.sentence, stopped.code)
        except NotUsable as typed:
            code = self._tell(typed.user_message, A_PERSON_MUST_ACT)
        except Refused as refused:
            code = self._tell(refused.user_message, A_PERSON_MUST_ACT if refused.a_person_can_correct_it else FAILED)
        if code:
            sys.exit(code)

    def _tell(self, sentence: str, code: int) -> int:
        self.stderr.write(sentence)
        return code
