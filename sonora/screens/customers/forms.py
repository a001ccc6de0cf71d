from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from sonora.customers.imports import LARGEST_FILE


class ImportForm(forms.Form):
    """A file of customers; with *seen*, the fingerprint of the file whose preview the person saw."""

    file = forms.FileField(
        label="CSV file",
        max_length=255,
        allow_empty_file=True,  # the import says what is missing
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={"required": "Choose a CSV file.", "missing": "Choose a CSV file."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("The file is larger than 20 MB. Split it, or ask an operator to import it.")
        return file
