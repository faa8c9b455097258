"""What anyone may open who has a certificate's code."""

from __future__ import annotations

from django.urls import path

from .views import certificates

app_name = "certificates"
urlpatterns = [
    path("", certificates.form, name="form"),
    path("<str:code>/", certificates.verify, name="code"),
]
