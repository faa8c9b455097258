"""Forms of accounts."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.directory.queries import reachable_organisations

from .identifiers import account_for
from .models import Invitation
from .queries import invitable_people
from .rules import grantable_roles
from .sending import ready_channels


class SignInForm(AuthenticationForm):
    """User name, phone number or mail, with messages that say what to do next."""

    error_messages = {
        "invalid_login": _(
            "User name and password do not fit together. Check that Caps Lock is off; "
            "your federation's administrator can set a new password."
        ),
        "inactive": _("This account is switched off. Ask your federation's administrator."),
    }

    username = forms.CharField(label=_("User name, phone number or mail"), max_length=150)

    def clean_username(self) -> str:
        """The user name that is meant; what means nobody stays, so that the password is tried on it."""
        given: str = self.cleaned_data["username"].strip()
        account = account_for(given)
        return account.get_username() if account else given


class NewPasswordForm(forms.Form):
    """A password that is chosen: typed once, and looked at with the eye."""

    password = forms.CharField(
        label=_("New password"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, not only digits, nothing that everybody uses."),
    )  # fmt: skip


class ChangePasswordForm(PasswordChangeForm):
    """Django's, without a list of rules under each field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = " ".join(password_validators_help_texts())


class ResetForm(forms.Form):
    identifier = forms.CharField(label=_("User name, phone number or mail"), max_length=150)


class AcceptForm(NewPasswordForm):
    """What the invited choose."""

    name = forms.CharField(label=_("Your name"), max_length=100)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    mail = forms.EmailField(label=_("Mail"), required=False)
    username = forms.CharField(
        label=_("User name"), max_length=150, validators=[UnicodeUsernameValidator()],
        help_text=_("You can also sign in with your phone number or mail."),
    )  # fmt: skip

    field_order = ("name", "phone", "mail", "username", "password")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        if invitation.person_id:
            for name in ("name", "phone", "mail"):
                del self.fields[name]
        else:
            for name in ("name", "phone", "mail"):
                self.fields[name].initial = getattr(invitation, name)


class InviteForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="code"
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("directory", "Role"), initial=Tenure.Role.SECRETARY,
        help_text=_("All but reviewers and members may act for the organisation and what lies below it."),
    )  # fmt: skip
    post = forms.CharField(label=pgettext_lazy("directory", "Post"), max_length=100, required=False)
    person = forms.ModelChoiceField(
        label=_("Person of the directory"), queryset=Person.objects.none(), required=False,
        help_text=_("Only somebody who is in the directory and has no account; else leave it empty."),
    )  # fmt: skip
    name = forms.CharField(
        label=pgettext_lazy("directory", "Name"), max_length=100,
        error_messages={"required": _("Whom do you invite?")},
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("The link"), required=False, widget=forms.RadioSelect,
        choices=[("", _("I hand it over myself"))],
    )  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    mail = forms.EmailField(label=_("Mail"), required=False)

    def __init__(self, *args: Any, account: Account, here: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = reachable_organisations(account)  # type: ignore[attr-defined]
        self.fields["organisation"].initial = here.code
        people = invitable_people(account)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        # Either of the two: without anybody to choose, the name is no option.
        self.fields["name"].required = not people.exists()
        roles = grantable_roles(account, here)
        self.fields["role"].choices = [c for c in Tenure.Role.choices if c[0] in roles]  # type: ignore[attr-defined]
        words = {"mail": _("by mail"), "sms": _("by text message")}
        self.fields["channel"].choices += [(key, words[key]) for key in ready_channels()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            not data.get("name")
            and not data.get("person")
            and not self.errors.keys() & {"name", "person"}
        ):
            self.add_error("name", _("Whom do you invite?"))
        needed = {"mail": "mail", "sms": "phone"}.get(data.get("channel") or "")
        if needed and not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Give the address to which the invitation is sent."))
        return data


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=150, validators=[UnicodeUsernameValidator()]
    )


class CodeForm(AuthenticateForm):
    """allauth's; a code that signed in once does so no more, also in another process of the site.

    allauth remembers used codes in the cache alone, and for less time than a code is good for.
    """

    def clean_code(self) -> str:
        code: str = super().clean_code()
        used = salted_hmac("accounts.used_code", code).hexdigest()
        if self.authenticator.data.get("used") == used:
            raise get_adapter().validation_error("incorrect_code")
        if self.authenticator.type == Authenticator.Type.TOTP:
            self.authenticator.data["used"] = used
            self.authenticator.save(update_fields=["data"])
        return code


class AddPasskeyForm(AddWebAuthnForm):
    """allauth's, with our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("So that you tell it apart: “phone”, “office computer”.")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].help_text = _(
            "The device asks for its PIN, fingerprint or face instead."
        )
        self.fields["passwordless"].initial = True
