"""The addresses of the site; each app brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("sheke.site.pages")),
    path("api/", include("sheke.api.urls")),
    path("definitions/", include("sheke.definitions.urls")),
    path("organisations/", include("sheke.directory.urls")),
    path("accounts/", include("sheke.accounts.urls")),
    path("accounts/", include("sheke.accounts.routes")),
    path("notices/", include("sheke.notices.urls")),
    path("ledger/", include("sheke.ledger.urls")),
    path("indicators/", include("sheke.indicators.urls")),
    path("returns/", include("sheke.returns.urls")),
    path("library/", include("sheke.library.urls")),
    path("", include("sheke.library.public_urls")),
    path("calls/", include("sheke.calls.urls")),
    path("certificates/", include("sheke.calls.public_urls")),
    path("plans/", include("sheke.plans.urls")),
    path("meetings/", include("sheke.meetings.urls")),
    path("reports/", include("sheke.reports.urls")),
    path("verify/", include("sheke.reports.public_urls")),
]

handler403 = "sheke.site.views.forbidden"
handler404 = "sheke.site.views.not_found"
