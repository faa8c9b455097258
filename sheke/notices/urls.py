"""Addresses of notices, preferences, conversations and calendar feeds."""

from __future__ import annotations

from django.urls import path

from .views import inbox

app_name = "notices"
urlpatterns = [
    path("", inbox.index, name="index"),
    path("bell/", inbox.bell, name="bell"),
    path("reading/", inbox.read_all, name="read_all"),
    path("<int:pk>/reading/", inbox.read, name="read"),
]
