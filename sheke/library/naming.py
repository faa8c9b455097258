"""A work as a person names it on the command line."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from .links import read_name
from .models import Work


def work_named(name: str) -> Work:
    """By its number, the name of its lasting link, or the link itself. Raises BadInput."""
    number = whole_number(name)
    found = Work.objects.filter(pk=number).first() if number is not None else None
    if found is None:
        last = re.sub(r"^.*/id/", "", name)
        found = Work.objects.filter(link__name=read_name(last)).first()
    if found is None:
        raise BadInput(
            _("There is no work “%(name)s”: give its number or its lasting link.") % {"name": name}
        )
    return found
