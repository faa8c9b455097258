"""Addresses of notices, preferences, conversations and calendar feeds."""

from __future__ import annotations

from django.urls import path

from .views import calendar, conversations, failures, hooks, inbox, preferences

app_name = "notices"
urlpatterns = [
    path("", inbox.index, name="index"),
    path("bell/", inbox.bell, name="bell"),
    path("reading/", inbox.read_all, name="read_all"),
    path("<int:pk>/reading/", inbox.read, name="read"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/test/", preferences.test, name="test"),
    path("calendar/", calendar.feeds, name="feeds"),
    path("calendar/<int:pk>/ending/", calendar.ending, name="feed_ending"),
    path("calendar/<slug:token>.ics", calendar.feed, name="feed"),
    path("hooks/", hooks.index, name="hooks"),
    path("hooks/new/", hooks.new, name="hook_new"),
    path("hooks/<int:pk>/", hooks.change, name="hook"),
    path("hooks/<int:pk>/test/", hooks.test, name="hook_test"),
    path("hooks/<int:pk>/removal/", hooks.removal, name="hook_removal"),
    path("failures/", failures.index, name="failures"),
    path("failures/<int:pk>/sending/", failures.again, name="send_again"),
    path(
        "conversations/<slug:app>/<slug:model>/<int:pk>/", conversations.conversation,
        name="conversation",
    ),
    path(
        "conversations/<slug:app>/<slug:model>/<int:pk>/people/", conversations.people,
        name="conversation_people",
    ),
    path("comments/<int:pk>/revision/", conversations.revision, name="comment_revision"),
    path("comments/<int:pk>/withdrawal/", conversations.withdrawal, name="comment_withdrawal"),
]  # fmt: skip
