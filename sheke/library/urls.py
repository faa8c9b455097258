"""Addresses of the library. A block for each part."""

from __future__ import annotations

from django.urls import path

from .views import parts, works

app_name = "library"
urlpatterns = [
    # Keeping works
    path("works/", works.works, name="works"),
    path("works/works.xlsx", works.works_export, name="works_export"),
    path("works/new/", works.new, name="work_new"),
    path("works/publications/", works.publications, name="publications"),
    path("works/<int:pk>/edit/", works.edit, name="work_edit"),
    path("works/<int:pk>/publication/", works.publication, name="publication"),
    path("works/<int:pk>/withdrawal/", works.withdrawal, name="withdrawal"),
    path("works/<int:pk>/discarding/", works.discarding, name="discarding"),
    path("works/<int:pk>/adoptions/", parts.adoption, name="adoption"),
    path("adoptions/<int:pk>/withdrawal/", parts.adoption_withdrawal, name="adoption_withdrawal"),
    path("files/<int:pk>/access/", parts.file_access, name="file_access"),
]
