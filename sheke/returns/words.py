"""Human words for the parts of a return form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERIODS = {
    "month": _("Every month"),
    "quarter": _("Every quarter"),
    "half": _("Every half-year"),
    "year": _("Every year"),
    "once": _("Once"),
}
KINDS = {
    "figure": pgettext_lazy("question", "Figure"),
    "text": pgettext_lazy("question", "Text"),
    "choice": pgettext_lazy("question", "One choice"),
    "choices": pgettext_lazy("question", "Several choices"),
    "file": pgettext_lazy("question", "Files"),
    "records": pgettext_lazy("question", "Records are complete"),
}
SEVERITIES = {
    "error": _("Cannot be sent"),
    "warning": _("Needs a remark"),
}
