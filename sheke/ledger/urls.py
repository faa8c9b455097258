"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path, re_path

from .views import closings, confirming, correction, entry, evidence, imports, options, records

app_name = "ledger"
urlpatterns = [
    path("", records.index, name="index"),
    re_path(r"^export\.(?P<kind>xlsx|csv)$", records.export, name="export"),
    path("organisations/", options.organisations, name="organisations"),
    path("new/", entry.new, name="new"),
    path("new/<slug:key>/", entry.entry, name="entry"),
    path("new/<slug:key>/duplicates/", entry.duplicates, name="duplicates"),
    path("confirmations/", confirming.confirmations, name="confirmations"),
    path(
        "confirmations/<uuid:batch>/withdrawal/",
        confirming.withdrawal,
        name="confirmations_withdrawal",
    ),
    path("queries/<int:pk>/reply/", confirming.reply, name="reply"),
    path("queries/<int:pk>/withdrawal/", confirming.query_withdrawal, name="query_withdrawal"),
    path("closings/", closings.closings, name="closings"),
    path("closings/<int:pk>/", closings.closing, name="closing"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.run, name="import"),
    path("imports/<int:pk>/posting/", imports.posting, name="posting"),
    path("imports/<int:pk>/problems.xlsx", imports.problems, name="problems"),
    path("templates/<slug:key>.xlsx", imports.blank, name="template"),
    path("evidence/<int:pk>/", evidence.download, name="download"),
    path("evidence/<int:pk>/thumbnail/", evidence.small, name="thumbnail"),
    path("evidence/<int:pk>/withdrawal/", evidence.withdraw, name="withdrawal"),
    path("<int:pk>/", records.record, name="record"),
    path("<int:pk>/revision/", correction.revision, name="revision"),
    path("<int:pk>/revision/difference/", correction.difference, name="difference"),
    path("<int:pk>/reversal/", correction.reversal, name="reversal"),
    path("<int:pk>/confirmation/", confirming.confirmation, name="confirmation"),
    path("<int:pk>/queries/", confirming.ask, name="ask"),
    path("<int:pk>/evidence/", evidence.attach, name="evidence"),
]
