"""The rival: a plain Django view that gives the bytes of a page as they are, and nothing else.

granian bench.plain:application with SHEKE_BENCH_BYTES, the folder of the pages.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


@cache
def content(name: str) -> bytes:
    return (Path(os.environ["SHEKE_BENCH_BYTES"]) / Path(name).name).read_bytes()


def page(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(content(name))


urlpatterns = [path("<str:name>", page)]


def start() -> object:
    """The application with Django's smallest useful middleware."""
    settings.configure(
        SECRET_KEY="plain", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    )  # fmt: skip
    return get_wsgi_application()


if os.environ.get("SHEKE_BENCH_BYTES"):
    application = start()
