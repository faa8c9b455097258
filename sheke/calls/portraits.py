"""What calls know of a person for their profile: projects they led, and, for the office alone, reviews.

Who reviewed what is nobody else's to know; the profile counts rounds by year, without the call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.library.portrait import Service, register

from .models import Project, Reviewer


@register
def services_of(person: int) -> Iterator[Service]:
    """Two queries."""
    led = Project.objects.filter(lead=person, award__revoked_at=None)
    for project in led.select_related("award__call").order_by("-starts_on", "-pk"):
        yield Service(
            "projects", project.title, f"{project.award.call.title} · {project.award.number}",
            reverse("calls:project", args=[project.pk]), open=True,
        )  # fmt: skip
    asked = Reviewer.objects.filter(person=person, accepted=True).values_list(
        "call__year", flat=True
    )
    for year, count in sorted(Counter(asked).items(), reverse=True):
        yield Service(
            "service", _("Reviewer in %(n)s calls of %(year)s") % {"n": count, "year": year}
        )
