"""What a person may type about a customer, and the sentence beside each field."""

from collections.abc import Callable
from typing import Any

from django import forms

from sonora.core.text import clean_text
from sonora.customers import editing
from sonora.customers.models import Customer
from sonora.customers.rows import LONGEST, RefusedRow, amount, day_of, host_of

SOURCES = ("salesforce", "hubspot", "csv", "custom")


class Line(forms.CharField):
    """One line of text, without what a database refuses; no longer than the column of its *name*."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(required=False, strip=True, **options)
        self._name = name

    def clean(self, value: Any) -> str:
        text = " ".join(clean_text(str(super().clean(value) or "")).split())
        if len(text) > LONGEST[self._name]:
            raise forms.ValidationError(f"This is longer than {LONGEST[self._name]} characters. Shorten it.")
        return text


class CustomerForm(forms.Form):
    """The facts of one customer. `facts()` is what they mean once the form is valid."""

    name = Line("name", label="Name")
    domain = Line("domain", label="Domain", help_text="Of its website or mail, such as halden.example.")
    tier = Line("tier", label="Tier")
    arr = forms.CharField(required=False, label="ARR", help_text="Yearly recurring revenue, digits only.")
    renewal_date = forms.CharField(
        required=False,
        label="Renewal",
        help_text="A day, such as 2027-01-31.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    owner = Line("owner", label="Owner", help_text="Who looks after this customer.")
    health = Line(
        "health", label="Health", help_text="In your own word, such as Good, At risk or Poor. Empty: not shown."
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name:
            raise forms.ValidationError("Type the name of the customer.")
        return name

    def clean_domain(self) -> str:
        return host_of(self.cleaned_data["domain"])

    def clean_arr(self) -> Any:
        return _read(amount, self.cleaned_data["arr"])

    def clean_renewal_date(self) -> Any:
        return _read(day_of, self.cleaned_data["renewal_date"])

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in editing.FACTS}


class ExternalIdForm(forms.Form):
    """One id of a customer and who gave it."""

    source = Line(
        "source",
        label="Source",
        widget=forms.TextInput(attrs={"list": "id-sources", "autocomplete": "off"}),
        help_text="Where the ID is from.",
    )
    value = Line(
        "external_id",
        label="ID",
        widget=forms.TextInput(attrs={"class": "input-mono", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"].lower()
        if not source:
            raise forms.ValidationError("Type where the ID is from, such as salesforce.")
        return source

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        if not value:
            raise forms.ValidationError("Type the ID.")
        return value


def of(customer: Customer) -> dict[str, Any]:
    """What a form about *customer* shows at first."""
    return {name: editing.plain(getattr(customer, name)) for name in editing.FACTS}


def _read(how: Callable[[str], Any], text: str) -> Any:
    try:
        return how(text.strip())
    except RefusedRow as refused:
        raise forms.ValidationError(str(refused)) from None
