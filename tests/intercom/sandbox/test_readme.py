"""The README of the sandbox names everything that it can be told."""

from dataclasses import fields

from integrations.intercom.sandbox.control import ROOT
from integrations.intercom.sandbox.mutations import Mutations
from integrations.intercom.sandbox.options import Options, parser
from integrations.intercom.sandbox.state import Behaviour, start
from integrations.intercom.sandbox.trouble import KINDS

README = (ROOT / "integrations/intercom/sandbox/README.md").read_text()


def test_every_flag_setting_kind_and_mutation_is_documented():
    flags = {flag for action in parser()._actions for flag in action.option_strings if flag not in {"-h", "--help"}}
    settings = {field.name for field in fields(Behaviour)}
    mutations = set(Mutations(start(Options(conversations=1).settled()))._doers)
    for name in flags | settings | (KINDS - {"mutate"}) | mutations:
        assert f"`{name}`" in README, name
