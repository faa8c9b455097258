"""How jobs are printed."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.functional import Promise
from django.utils.translation import ngettext

from sheke.site.jobs.names import name_of

register = template.Library()
register.filter("task_name", lambda task: _name(task))


def _name(task: str) -> str | Promise:
    return name_of(task)


@register.filter
def span(length: object) -> str:
    """A length of time in one or two units: “3 minutes 20 seconds”; nothing for nothing."""
    if not isinstance(length, timedelta):
        return ""
    seconds = length.total_seconds()
    if seconds < 1:
        return ngettext("%(n)s second", "%(n)s seconds", 2) % {"n": f"{seconds:.1f}"}
    days, rest = divmod(round(seconds), 86400)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else "",
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes} if minutes else "",
        ngettext("%(n)s second", "%(n)s seconds", rest) % {"n": rest} if rest else "",
    ]
    return " ".join([part for part in parts if part][:2])
