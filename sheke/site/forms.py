"""The sign-in form."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Django's form with messages that say what to do next."""

    error_messages = {
        "invalid_login": _(
            "User name and password do not fit together. Check that Caps Lock is off; "
            "your federation's administrator can set a new password."
        ),
        "inactive": _("This account is switched off. Ask your federation's administrator."),
    }

    username = forms.CharField(label=_("User name"), max_length=150)
