"""Addresses of the definitions' pages."""

from __future__ import annotations

from django.urls import path, register_converter

from . import editors, views
from .converters import KindConverter

register_converter(KindConverter, "kind")

app_name = "definitions"
urlpatterns = [
    path("", views.index, name="index"),
    path("types/", views.types, name="types"),
    path("programmes/", views.programmes, name="programmes"),
    path("indicators/new/", editors.indicator, name="indicator_new"),
    path("indicators/<slug:key>/edit/", editors.indicator, name="indicator_edit"),
    path("types/new/", editors.record_type, name="record_type_new"),
    path("types/<slug:key>/edit/", editors.record_type, name="record_type_edit"),
    path("<kind:kind>/yaml/", editors.yaml, name="yaml_new"),
    path("<kind:kind>/<slug:key>/yaml/", editors.yaml, name="yaml_edit"),
    path("<kind:kind>/<slug:key>/", views.detail, name="detail"),
    path("<kind:kind>/<slug:key>/compare/", views.comparison, name="compare"),
    path("<kind:kind>/<slug:key>/export/", views.export, name="export"),
    path("<kind:kind>/<slug:key>/retirement/", views.retirement, name="retirement"),
    path("<kind:kind>/<slug:key>/restoration/", views.restoration, name="restoration"),
]
