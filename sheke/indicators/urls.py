"""Addresses of the indicators' pages."""

from __future__ import annotations

from django.urls import path

from . import previews, views

app_name = "indicators"
urlpatterns = [
    path("", views.index, name="index"),
    path("preview/", previews.preview, name="preview"),
    path("organisations/", views.organisations, name="organisations"),
    path("groups/<slug:key>/", views.group, name="group"),
    path("<slug:key>/", views.detail, name="detail"),
    path("<slug:key>/rows/", views.rows, name="rows"),
    path("<slug:key>/rows.xlsx", views.rows_xlsx, name="rows_xlsx"),
    path("<slug:key>/table.xlsx", views.table_xlsx, name="table_xlsx"),
]
