from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from sonora.screens.account import throttle
from sonora.workspaces.models import User


class SignInForm(forms.Form):
    """E-mail and password. An unknown e-mail and a wrong password are told with the same words, in the same time."""

    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Enter your e-mail address.", "invalid": "Enter a whole e-mail address."},
    )
    password = forms.CharField(
        label="Password",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )
    stay = forms.BooleanField(label="Keep me signed in on this device", required=False, initial=True)

    user: User

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        self._request = request

    def clean(self) -> None:
        email, password = self.cleaned_data.get("email"), self.cleaned_data.get("password")
        if not email or not password:
            return
        if throttle.is_closed(self._request, email):
            raise ValidationError(f"Too many tries. Wait {throttle.MINUTES} minutes, then try again.", code="closed")
        user = authenticate(self._request, username=email, password=password)
        if not isinstance(user, User):
            throttle.count_failure(self._request, email)
            raise ValidationError("This e-mail and password don't fit. Check both and try again.", code="unknown")
        throttle.forget(self._request, email)
        self.user = user
