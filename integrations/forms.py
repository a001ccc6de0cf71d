"""What a person may type to connect a provider, and the sentence beside each field."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.conf import settings

from integrations.checks import NotUsable, RegionChoice
from integrations.models import Connection
from integrations.providers import Access, Provider
from integrations.refusals import Refused
from integrations.resyncs import Choice
from sonora.core.secret import SecretStr

LOOKBACKS = (
    ("0", "None"),
    ("30", "30 days"),
    ("90", "90 days"),
    ("180", "180 days"),
    ("365", "365 days"),
    ("all", "All"),
    ("custom", "Custom…"),
)
INTERVALS = ((300, "5 min"), (900, "15 min"), (1800, "30 min"), (3600, "60 min"), (86_400, "day"))
LONGEST_LOOKBACK = 36_500  # days
SWITCHES = ("show_internal_notes", "analyse_sentiment", "analyse_requests")
DEFAULTS = {"lookback": "90", "interval": 900, **dict.fromkeys(SWITCHES, True)}


class TokenField(forms.Field):
    """Takes whatever was pasted; it is never written back into a page."""

    widget = forms.PasswordInput


class AccessForm(forms.Form):
    """Token, region and address. `access()` is what they mean once the form is valid.

    The address that was typed counts. Only where it still is the one that the page came with does the region chosen
    count: that is a browser in which no script copied the region's address into the field.
    """

    token = TokenField(
        required=False,
        label="Access token",
        help_text="Stored encrypted. We show only the last four characters afterwards.",
    )
    region = forms.CharField(required=False)
    base_url = forms.Field(
        required=False,
        label="API base URL",
        widget=forms.TextInput(
            attrs={"class": "input-mono", "autocomplete": "off", "spellcheck": "false", "inputmode": "url"}
        ),
    )
    base_url_came_as = forms.Field(required=False, widget=forms.HiddenInput)
    keep_base_url = forms.BooleanField(required=False)

    refused: Refused | None = None  # why the last try to save was refused

    def __init__(self, data: Mapping[str, Any] | None = None, *, provider: Provider, **options: Any) -> None:
        self.provider = provider
        if data is not None:  # what is shown again after a mistake is the address that was meant
            data = {**dict(data.items()), "base_url": _meant_address(provider, data)}
        super().__init__(data, **options)
        usual = provider.regions()[0].base_url
        address = self.initial.setdefault("base_url", usual)
        self.initial["base_url_came_as"] = address

    def regions(self) -> list[tuple[RegionChoice, bool]]:
        """Each region to choose, and whether it is the chosen one."""
        address = str(self["base_url"].value() or "").strip().rstrip("/")
        return [(choice, choice.base_url == address) for choice in self.provider.regions()]

    def clean_token(self) -> SecretStr:
        try:
            return self.provider.clean_token(str(self.cleaned_data.get("token") or ""))
        except NotUsable as typed:
            raise forms.ValidationError(typed.user_message) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            cleaned["base_url"] = self.provider.parse_base_url(self.data["base_url"])
        except NotUsable as typed:
            self.add_error("base_url", typed.user_message)
        return cleaned

    def access(self) -> Access:
        return Access(token=self.cleaned_data["token"], base_url=self.cleaned_data["base_url"])


def _meant_address(provider: Provider, data: Mapping[str, Any]) -> str:
    typed = str(data.get("base_url", ""))
    if typed != data.get("base_url_came_as"):
        return typed
    chosen = [one.base_url for one in provider.regions() if one.base_url == data.get("region")]
    return chosen[0] if chosen else typed


class BringInForm(forms.Form):
    """How far back, how often, who sees internal notes, and what is analysed."""

    lookback = forms.ChoiceField(choices=LOOKBACKS, label="Closed conversations from the last")
    lookback_days = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LONGEST_LOOKBACK,
        label="Days, for Custom",
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Give a whole number of days.",
            "min_value": f"Give a number of days from 0 to {LONGEST_LOOKBACK:,}.",
            "max_value": f"Give a number of days from 0 to {LONGEST_LOOKBACK:,}.",
        },
    )
    interval = forms.TypedChoiceField(choices=INTERVALS, coerce=int, label="Sync every")
    show_internal_notes = forms.BooleanField(required=False, label="Show internal notes to members")
    analyse_sentiment = forms.BooleanField(required=False, label="Sentiment")
    analyse_requests = forms.BooleanField(required=False, label="Feature requests")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        missing = cleaned.get("lookback_days") is None and "lookback_days" not in self.errors
        if cleaned.get("lookback") == "custom" and missing:
            self.add_error("lookback_days", "Give a whole number of days.")
        return cleaned

    @property
    def read_where(self) -> str:
        """Who reads customers' messages in this installation, in words."""
        if settings.INSIGHTS_LLM is None:
            return "Sonora itself reads customers' messages, on the machine it runs on. They are sent to nobody."
        host = urlsplit(settings.INSIGHTS_LLM.url).hostname
        return f"Customers' own words are sent to {host} to be read, with addresses and numbers in them replaced."

    def bring_in(self) -> dict[str, Any]:
        """The arguments of `connections.connect` and `connections.change_settings`."""
        return {
            "lookback_days": self._days(),
            "interval": self.cleaned_data["interval"],
            **{name: self.cleaned_data[name] for name in SWITCHES},
        }

    def _days(self) -> int | None:
        chosen = self.cleaned_data["lookback"]
        if chosen == "custom":
            days: int = self.cleaned_data["lookback_days"]
            return days
        return None if chosen == "all" else int(chosen)


class ConnectForm(AccessForm, BringInForm):
    """The whole wizard."""

    field_order = ("token", "region", "base_url", "lookback", "lookback_days", "interval", *SWITCHES)

    def clean(self) -> dict[str, Any]:
        return {**BringInForm.clean(self), **AccessForm.clean(self)}


class SettingsForm(BringInForm):
    """The settings of a connection that stands, and what it is called."""

    name = forms.CharField(
        required=False,
        max_length=100,
        label="Connection name",
        help_text="Shown before the workspace's name. May be empty.",
        error_messages={"max_length": "Give a name of 100 characters at most."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, connection: Connection) -> None:
        super().__init__(data, initial={**brought_in(connection), "name": connection.name})


def brought_in(connection: Connection) -> dict[str, Any]:
    """The initial values of a BringInForm for *connection*."""
    days = connection.lookback_days
    listed = "all" if days is None else str(days)
    return {
        "lookback": listed if listed in dict(LOOKBACKS) else "custom",
        "lookback_days": None if listed in dict(LOOKBACKS) else days,
        "interval": connection.interval,
        **{name: getattr(connection, name) for name in SWITCHES},
    }


class ResyncForm(forms.Form):
    """What is to be read again."""

    objects = forms.MultipleChoiceField(error_messages={"required": "Choose what to read again."})

    def __init__(self, data: Mapping[str, Any] | None = None, *, choices: Sequence[Choice]) -> None:
        super().__init__(data)
        self.offered = choices
        objects = cast("forms.MultipleChoiceField", self.fields["objects"])
        objects.choices = [(one.key, one.title) for one in choices]

    @property
    def requests(self) -> int:
        """About how many requests the choice costs."""
        return sum(one.requests for one in self.offered if one.key in self.cleaned_data["objects"])


class DisconnectForm(forms.Form):
    """Keep the data, or delete it once the provider's workspace has been named."""

    choice = forms.ChoiceField(choices=(("keep", "Keep the data"), ("delete", "Delete the data")), initial="keep")
    typed = forms.CharField(
        required=False, max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, name: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.name = name
        self.fields["typed"].label = f"To delete, type the workspace's name: {name}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("choice") == "delete" and cleaned.get("typed", "").strip() != self.name:
            self.add_error("typed", f"Type {self.name} to delete its data. Nothing was deleted.")
        return cleaned

    @property
    def deletes(self) -> bool:
        return bool(self.cleaned_data["choice"] == "delete")
