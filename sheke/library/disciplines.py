"""Disciplines by GB/T 13745—2009: the classes of the first level that social science works with.

A work may carry a deeper code (790.51, 790.5110); it is named by its first level.
"""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from sheke.core.errors import BadInput

DISCIPLINES: dict[str, Promise] = {
    "710": pgettext_lazy("discipline", "Marxism"),
    "720": pgettext_lazy("discipline", "Philosophy"),
    "730": pgettext_lazy("discipline", "Religious studies"),
    "740": pgettext_lazy("discipline", "Linguistics"),
    "750": pgettext_lazy("discipline", "Literature"),
    "760": pgettext_lazy("discipline", "Art"),
    "770": pgettext_lazy("discipline", "History"),
    "780": pgettext_lazy("discipline", "Archaeology"),
    "790": pgettext_lazy("discipline", "Economics"),
    "810": pgettext_lazy("discipline", "Political science"),
    "820": pgettext_lazy("discipline", "Law"),
    "830": pgettext_lazy("discipline", "Military science"),
    "840": pgettext_lazy("discipline", "Sociology"),
    "850": pgettext_lazy("discipline", "Ethnology and culture"),
    "860": pgettext_lazy("discipline", "Journalism and communication"),
    "870": pgettext_lazy("discipline", "Library, information and archives"),
    "880": pgettext_lazy("discipline", "Education"),
    "890": pgettext_lazy("discipline", "Sports science"),
    "910": pgettext_lazy("discipline", "Statistics"),
    "630": pgettext_lazy("discipline", "Management"),
    "190": pgettext_lazy("discipline", "Psychology"),
}
CODE = re.compile(r"\d{3}(\.\d{2}(\d{2})?)?")


def discipline_name(code: str) -> str:
    """The name of the code's first level; the code itself where it is of another field."""
    return str(DISCIPLINES.get(code[:3], code))


def discipline_code(text: str) -> str:
    """The code that is meant by a code or a name of the first level.

    Raises BadInput for anything else.
    """
    text = text.strip()
    named = {str(name): code for code, name in DISCIPLINES.items()}
    code = named.get(text, text)
    if not CODE.fullmatch(code):
        raise BadInput(
            _("“%(text)s” is no discipline of GB/T 13745; write a code such as 790 or 790.51.")
            % {"text": text}
        )
    return code
