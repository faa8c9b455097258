"""Addresses of the library. A block for each part."""

from __future__ import annotations

from django.urls import path

from .views import collections, experts, parts, people, works

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
    path("contributions/<int:pk>/", people.authorship, name="authorship"),
    # Experts
    path("experts/", experts.experts, name="experts"),
    path("experts/new/", experts.new, name="expert_new"),
    path("experts/same-names/", people.doubles, name="doubles"),
    path("experts/<int:pk>/", experts.expert, name="expert"),
    path("experts/<int:pk>/photo/", experts.photo, name="expert_photo"),
    path("experts/<int:pk>/edit/", experts.edit, name="expert_edit"),
    path("experts/<int:pk>/agreement/", experts.agreement, name="expert_agreement"),
    path("experts/<int:pk>/disagreement/", experts.disagreement, name="expert_disagreement"),
    path("experts/<int:pk>/publication/", experts.publication, name="expert_publication"),
    path("experts/<int:pk>/hiding/", experts.hiding, name="expert_hiding"),
    path("experts/<int:pk>/merges/", people.merging, name="merging"),
    path("experts/<int:pk>/distinctions/", people.distinction, name="distinction"),
    path("merges/<int:pk>/undoing/", people.parting, name="parting"),
    # Collections
    path("collections/", collections.collections, name="collections"),
    path("collections/new/", collections.new, name="collection_new"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("collections/<slug:slug>/cover/", collections.cover, name="collection_cover"),
    path("collections/<slug:slug>/edit/", collections.edit, name="collection_edit"),
    path("collections/<slug:slug>/placements/", collections.placements, name="placements"),
    path("collections/<slug:slug>/order/", collections.ordering, name="ordering"),
    path("collections/<slug:slug>/publication/", collections.publication, name="collection_publication"),
    path("collections/<slug:slug>/hiding/", collections.hiding, name="collection_hiding"),
    path("placements/<int:pk>/", collections.placement, name="placement"),
    path("placements/<int:pk>/removal/", collections.removal, name="placement_removal"),
]
