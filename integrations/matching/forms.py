"""The three questions of matching."""

from collections.abc import Mapping
from typing import Any

from django import forms

from sonora.customers.models import ExternalId, MatchingRules

ANY = "any"
NO = "no"
FACTS = ("by_id", "source", "names", "normal_forms", "use_domains", "offer_creation")


class RulesForm(forms.Form):
    """What companies are compared with. `rules()` is what it means once the form is valid."""

    compare = forms.ChoiceField(
        label="Does the company ID hold an ID we know? Compare it with",
        help_text="The ID that your own systems gave the company, such as a CRM's account ID.",
    )
    names = forms.ChoiceField(choices=MatchingRules.Names.choices, label="Match by name")
    normal_forms = forms.BooleanField(required=False, label="Ignore case, punctuation and legal forms (Inc, GmbH, Ltd)")
    use_domains = forms.BooleanField(required=False, label="Use websites and people's mail addresses too")
    creation = forms.ChoiceField(
        choices=(("leave", "Leave unmatched"), ("offer", "Offer to create")), label="Companies with no customer"
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, held: MatchingRules) -> None:
        self.held = held
        super().__init__(data, initial=_initial(held))
        self.fields["compare"].choices = _sources(held)  # type: ignore[attr-defined]

    def rules(self) -> MatchingRules:
        """The rules that the form asks for: the row of the connection with other values, not saved."""
        cleaned = self.cleaned_data
        compare = cleaned["compare"]
        return MatchingRules(
            pk=self.held.pk,
            workspace_id=self.held.workspace_id,
            connection_id=self.held.connection_id,
            by_id=compare != NO,
            source="" if compare in (ANY, NO) else compare.removeprefix("of:"),
            names=cleaned["names"],
            normal_forms=cleaned["normal_forms"],
            use_domains=cleaned["use_domains"],
            offer_creation=cleaned["creation"] == "offer",
        )


def facts(rules: MatchingRules) -> dict[str, Any]:
    """*rules* for the audit trail."""
    return {name: getattr(rules, name) for name in FACTS}


def _initial(held: MatchingRules) -> dict[str, Any]:
    return {
        "compare": (f"of:{held.source}" if held.source else ANY) if held.by_id else NO,
        "names": held.names,
        "normal_forms": held.normal_forms,
        "use_domains": held.use_domains,
        "creation": "offer" if held.offer_creation else "leave",
    }


def _sources(held: MatchingRules) -> list[tuple[str, str]]:
    """Any ID, each source that gave one (and the one chosen before), none."""
    known = set(ExternalId.objects.order_by().values_list("source", flat=True).distinct()) | {held.source}
    named = [(f"of:{source}", f"IDs from {source}") for source in sorted(known - {""})]
    return [(ANY, "Any known ID"), *named, (NO, "Nothing: it holds no ID we know")]
