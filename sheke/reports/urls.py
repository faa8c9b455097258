"""Pages of templates and reports. The public page of a code is in `public_urls`."""

from __future__ import annotations

from django.urls import path

from sheke.reports import template_urls
from sheke.reports.views import figures, freezing, reports, verification

app_name = "reports"
urlpatterns = [
    *template_urls.urlpatterns,
    path("", reports.index, name="index"),
    path("new/", reports.new, name="new"),
    path("verification/", verification.verify, name="verify"),
    path("<int:pk>/", reports.report, name="report"),
    path("<int:pk>/title/", reports.title, name="title"),
    path("<int:pk>/filling/", reports.filling, name="filling"),
    path("<int:pk>/discarding/", reports.discarding, name="discarding"),
    path("<int:pk>/word/", reports.word, name="word"),
    path("<int:pk>/annex/", reports.annex, name="annex"),
    path("<int:pk>/rows/", reports.rows, name="rows"),
    path("<int:pk>/snapshot/", freezing.snapshot, name="snapshot"),
    path("<int:pk>/publication/", freezing.publication, name="publication"),
    path("<int:pk>/publication/withdrawal/", freezing.withdrawal, name="withdrawal"),
    path("<int:pk>/verification/", verification.verification, name="verification"),
    path("<int:pk>/comparison/", verification.comparison, name="comparison"),
    path("<int:pk>/copies/", verification.copies, name="copies"),
    path("<int:pk>/figures/<str:key>/", figures.figure, name="figure"),
    path("<int:pk>/figures/<str:key>/rows/", figures.rows, name="figure_rows"),
    path("<int:pk>/figures/<str:key>/wording/", figures.wording, name="wording"),
]
