"""`sheke library cite`: a list of references on the command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.directory.commands import print_json

from ..links import read_name
from ..models import Work
from .entries import entries_of, read_on
from .styles import cite, style_named


def cite_works(names: Sequence[str], *, style: str, as_json: bool) -> None:
    """Print works in the order in which they were named; nothing is printed when one is unknown."""
    chosen = style_named(style)
    works = [_work_named(name) for name in names]
    today = timezone.localdate()
    entries = [read_on(entry, today) for entry in entries_of(works)]
    if as_json:
        print_json([
            {"id": work.pk, "key": entry.key, "style": chosen.name, "text": cite([entry], style).strip()}
            for work, entry in zip(works, entries, strict=True)
        ])  # fmt: skip
        return
    sys.stdout.write(cite(entries, style))


def _work_named(name: str) -> Work:
    """By its number, the name of its lasting link, or the link itself."""
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
