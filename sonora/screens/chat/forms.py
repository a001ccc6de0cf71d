"""What somebody may say of an answer."""

from django import forms

from sonora.chat.models import LONGEST_REASON, Turn
from sonora.core.text import clean_text


class OpinionForm(forms.Form):
    """Whether it helped (empty: nothing is said), and why."""

    opinion = forms.ChoiceField(choices=Turn.Opinion.choices, required=False)
    reason = forms.CharField(required=False, max_length=LONGEST_REASON)

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])
