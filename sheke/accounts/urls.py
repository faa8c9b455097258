"""Addresses of accounts: invitations, second factors, sessions, tokens."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []
