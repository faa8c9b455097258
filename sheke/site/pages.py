"""The addresses of the site's own pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from sheke.accounts.views.passwords import password

from . import views
from .administering import administration, guide_ending
from .checks.views import installation
from .design import design
from .search import palette, search
from .sheets import sheet
from .workbench import views as workbench

app_name = "site"
urlpatterns = [
    path("", workbench.home, name="home"),
    path("workbench/week/", workbench.week, name="week"),
    path("workbench/machine/", workbench.machine, name="machine"),
    path("workbench/quick/", workbench.quick, name="quick"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("password/", password, name="password"),
    path("acting/", views.acting, name="acting"),
    path("language/", views.set_language, name="language"),
    path("sheets/", sheet, name="sheet"),
    path("search/", search, name="search"),
    path("search/palette/", palette, name="palette"),
    path("design/", design, name="design"),
    path("administration/", administration, name="administration"),
    path("guide/ending/", guide_ending, name="guide_ending"),
    path("installation/", installation, name="installation"),
    path("jobs/", include("sheke.site.jobs.urls")),
]
