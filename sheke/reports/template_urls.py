"""Addresses of templates."""

from __future__ import annotations

from django.urls import path

from sheke.reports.views import binding, templates

urlpatterns = [
    path("templates/", templates.templates, name="templates"),
    path("templates/new/", templates.upload, name="template_upload"),
    path("templates/<int:pk>/", binding.template, name="template"),
    path("templates/<int:pk>/removal/", templates.removal, name="template_removal"),
    path("templates/<int:pk>/carrying/", templates.carrying, name="template_carrying"),
    path("templates/<int:pk>/acceptance/", binding.acceptance, name="template_acceptance"),
    path("templates/<int:pk>/undo/", binding.undo, name="template_undo"),
    path("templates/<int:pk>/slots/", binding.adding, name="slot_adding"),
    path("templates/<int:pk>/slots/<slug:key>/", binding.slot, name="slot"),
    path("templates/<int:pk>/slots/<slug:key>/binding/", binding.binding, name="slot_binding"),
    path("templates/<int:pk>/slots/<slug:key>/detail/", binding.detail, name="slot_detail"),
    path(
        "templates/<int:pk>/slots/<slug:key>/unbinding/", binding.unbinding, name="slot_unbinding"
    ),
    path("templates/<int:pk>/slots/<slug:key>/removal/", binding.removing, name="slot_removal"),
]
