"""A form in a drawer that does one verb to an organisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ..models import Organisation
from .access import account, done, go


@dataclass(frozen=True)
class Drawer:
    """`write` is called with `by` and the form's data; `said` is printed with them afterwards."""

    form: Any
    write: Callable[..., object]
    title: str
    button: str
    said: str = ""

    def answer(self, request: HttpRequest, subject: Organisation | None) -> HttpResponse:
        """The form; when it was posted and done, on to the organisation's page."""

        def write() -> None:
            self.write(by=account(request), **self.form.cleaned_data)

        if request.method == "POST" and done(self.form, write):
            if self.said:
                messages.success(request, self.said % self.form.cleaned_data)
            code = self.form.cleaned_data["code"] if subject is None else subject.code
            return go(request, "organisation", code)
        back = reverse("directory:organisation", args=[subject.code]) if subject else None
        context = {
            "form": self.form, "title": self.title, "subject": subject, "button": self.button,
            "back": back or reverse("directory:index"),
        }  # fmt: skip
        status = 422 if self.form.errors else 200
        return render(request, "directory/form.html", context, status=status)
