"""The addresses of the pages about background jobs."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="jobs"),
    path("schedule/runs/", views.run, name="schedule_run"),
    path("<uuid:number>/", views.detail, name="job"),
    path("<uuid:number>/attempts/", views.attempt, name="job_attempt"),
    path("<uuid:number>/cancellation/", views.cancellation, name="job_cancellation"),
]
