"""Addresses of accounts: invitations, sessions, passwords; allauth's stand in routes.py."""

from __future__ import annotations

from django.urls import path

from .views import accepting, administration, invitations, passwords, security

app_name = "accounts"
urlpatterns = [
    path("second-factor/", security.second_factor, name="second_factor"),
    path("sessions/<int:pk>/end/", security.end_session, name="end_session"),
    path("sessions/end/", security.end_other_sessions, name="end_other_sessions"),
    path("identities/<int:pk>/removal/", security.unlink, name="unlink"),
    path("forgotten/", passwords.forgotten, name="forgotten"),
    path("reset/<str:number>/<str:token>/", passwords.reset, name="reset"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/<int:pk>/sending/", invitations.send_again, name="send_again"),
    path("invitations/<int:pk>/withdrawal/", invitations.withdraw, name="withdraw"),
    path("invitations/open/<str:token>/", accepting.invitation, name="invitation"),
    path("people/<int:pk>/", administration.create, name="create"),
    path("<int:pk>/password/", administration.password, name="password"),
    path("<int:pk>/deactivation/", administration.deactivate, name="deactivate"),
    path("<int:pk>/activation/", administration.activate, name="activate"),
    path("<int:pk>/sign-ins/", administration.sign_ins, name="sign_ins"),
    path("<int:pk>/second-factors/removal/", administration.remove_factors, name="remove_factors"),
]
