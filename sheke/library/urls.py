"""Addresses of the library. A block for each part."""

from __future__ import annotations

from django.urls import path

from .views import collections, experts, intake, pages, parts, people, reading, works

app_name = "library"
urlpatterns = [
    # Reading: open to everybody
    path("works/<int:pk>/", reading.work, name="work"),
    path("works/<int:pk>/citation/<slug:style>/", reading.citation, name="citation"),
    path("files/<int:pk>/read/", reading.read, name="reader"),
    path("files/<int:pk>/read/<int:number>/", reading.read, name="page"),
    path("files/<int:pk>/pages/<int:number>.webp", reading.page_image, name="page_image"),
    path("files/<int:pk>/download/", reading.download, name="download"),
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
    # Intake
    path("intake/", intake.batches, name="intake"),
    path("intake/new/", intake.new, name="intake_new"),
    path("intake/<int:pk>/", intake.batch, name="batch"),
    path("intake/<int:pk>/files/", intake.batch_files, name="batch_files"),
    path("intake/<int:pk>/same-files/", intake.same_files, name="same_files"),
    path("intake/items/<int:pk>/", intake.item, name="item"),
    path("intake/items/<int:pk>/again/", intake.again, name="item_again"),
    path("intake/items/<int:pk>/dropping/", intake.dropping, name="item_dropping"),
    path("intake/items/<int:pk>/decision/", intake.decision, name="item_decision"),
    path("intake/items/<int:pk>/thumbnail.webp", intake.thumbnail, name="item_thumbnail"),
    path("files/<int:pk>/pages/<int:number>/", pages.correction, name="correction"),
    path("files/<int:pk>/pages/<int:number>/replacement/", pages.replacement, name="replacement"),
    path("page-versions/<int:pk>/restoration/", pages.restoration, name="restoration"),
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
    path(
        "collections/<slug:slug>/publication/",
        collections.publication,
        name="collection_publication",
    ),
    path("collections/<slug:slug>/hiding/", collections.hiding, name="collection_hiding"),
    path("placements/<int:pk>/", collections.placement, name="placement"),
    path("placements/<int:pk>/removal/", collections.removal, name="placement_removal"),
]
