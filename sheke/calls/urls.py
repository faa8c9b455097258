"""Addresses of calls."""

from __future__ import annotations

from django.urls import path

from .views import index

app_name = "calls"
urlpatterns = [
    path("", index.index, name="index"),
    # the office's side
    # the organisations' side
    # the applicants' side
    # the reviewers' side
]
