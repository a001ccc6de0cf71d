"""What somebody may say of a conversation."""

from django import forms

from sonora.insights.corrections import CHOICES


class CorrectionForm(forms.Form):
    """How the customer feels, and why the reader thinks so."""

    label = forms.ChoiceField(choices=[(one.value, one.label) for one in CHOICES])
    note = forms.CharField(required=False, max_length=500)
