"""What a meeting is called when nobody says it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Meeting


def default_title(kind: Meeting.Kind, number: int | None, starts_at: datetime) -> str:
    """“Council no. 3”, or with the day where it has no number."""
    if number:
        return _("%(kind)s no. %(number)s") % {"kind": kind.label, "number": number}
    day = timezone.localtime(starts_at).date()
    return _("%(kind)s of %(day)s") % {"kind": kind.label, "day": day.isoformat()}
