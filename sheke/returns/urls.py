"""Addresses of data returns."""

from __future__ import annotations

from django.urls import path

from .views import answers, exchange, forms, office, overview, series

app_name = "returns"
urlpatterns = [
    path("", overview.index, name="index"),
    path("overview/", overview.matrix, name="overview"),
    path("new/", office.new, name="new"),
    path("forms/", forms.index, name="forms"),
    path("forms/new/", forms.edit, name="form_new"),
    path("forms/<slug:key>/", forms.edit, name="form"),
    path("series/", series.index, name="series"),
    path("series/<int:pk>/ending/", series.ending, name="series_ending"),
    path("<int:pk>/", office.detail, name="return"),
    path("<int:pk>/answers.xlsx", office.export, name="export"),
    path("<int:pk>/acceptances/", office.acceptances, name="acceptances"),
    path("<int:pk>/organisations/", office.additions, name="additions"),
    path("<int:pk>/reminder/", office.reminder, name="reminder"),
    path("<int:pk>/closure/", office.closure, name="closure"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("answers/<int:pk>/draft/", answers.draft, name="draft"),
    path("answers/<int:pk>/sending/", answers.sending, name="sending"),
    path("answers/<int:pk>/withdrawal/", answers.withdrawal, name="withdrawal"),
    path("answers/<int:pk>/correction/", answers.correction, name="correction"),
    path("answers/<int:pk>/acceptance/", answers.acceptance, name="acceptance"),
    path("answers/<int:pk>/sending-back/", answers.sending_back, name="sending_back"),
    path("answers/<int:pk>/sheet.xlsx", exchange.sheet, name="sheet"),
    path("answers/<int:pk>/import/", exchange.importing, name="import"),
    path("answers/<int:pk>/files/", exchange.upload, name="upload"),
    path("files/<int:pk>/", exchange.download, name="file"),
    path("files/<int:pk>/removal/", exchange.removal, name="removal"),
]
