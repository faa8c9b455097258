"""The pages of django-allauth that we offer, under the names that it knows them by.

What is not here does not exist: sign-up, mail addresses, its own sign-in and password pages.
"""

from __future__ import annotations

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView

from .views import security

sign_in = login_not_required(RedirectView.as_view(pattern_name="site:sign_in", query_string=True))
mine = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("again/", reauthenticate, name="account_reauthenticate"),
    path("security/", security.security, name="mfa_index"),
    path("code/", factors.authenticate, name="mfa_authenticate"),
    path("again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/removal/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", never_cache(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("keys/", mine, name="mfa_list_webauthn"),
    path("keys/new/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("keys/<int:pk>/name/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/removal/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("keys/again/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/sign-in/", login_not_required(keys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "service/<slug:provider_id>/", require_POST(openid.login),
        name="openid_connect_login",
    ),
    path("service/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("service-cancelled/", sign_in, name="socialaccount_login_cancelled"),
    path("service-error/", sign_in, name="socialaccount_login_error"),
    path("service/", mine, name="socialaccount_connections"),
]  # fmt: skip
