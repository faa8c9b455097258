"""What anyone may open who has a report's code."""

from __future__ import annotations

from django.urls import path

from sheke.reports.views import public

app_name = "verify"
urlpatterns = [
    path("", public.form, name="form"),
    path("<str:code>/", public.code, name="code"),
]
