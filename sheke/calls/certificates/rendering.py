"""From data to PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.typesetting import check_characters, typeset

from .certificate import Certificate
from .templates import TEMPLATES, Template

PART = 200  # pages set together
COMMON = ("number", "issuers", "recipients")


def render(template: Template | str, certificates: Sequence[Certificate]) -> Iterator[bytes]:
    """One PDF for each certificate, in order, made as they are asked for.

    Everything that can be checked without setting is checked before the first one. Raises
    BadInput that names the certificate, for an empty field, a font or a character lacking.
    """
    chosen, data = _prepared(template, certificates)
    return (_set(chosen, [one], str(one["number"])) for one in data)


def render_merged(template: Template | str, certificates: Sequence[Certificate]) -> bytes:
    """One PDF with a page for each, for the printer.

    Set in parts of PART pages, so that memory stays flat; each part brings its fonts. Raises
    BadInput as `render` does, and for an empty list.
    """
    chosen, data = _prepared(template, certificates)
    if not data:
        raise BadInput(_("There is no certificate to print."))
    parts = [
        _set(chosen, data[start : start + PART], str(chosen.name))
        for start in range(0, len(data), PART)
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: list[bytes]) -> bytes:
    """The pages of all parts; the same parts give the same bytes."""
    import pikepdf

    joined, out = pikepdf.new(), BytesIO()
    for part in parts:
        joined.pages.extend(pikepdf.open(BytesIO(part)).pages)
    joined.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _prepared(
    template: Template | str, certificates: Sequence[Certificate]
) -> tuple[Template, list[dict[str, object]]]:
    chosen = _known(template) if isinstance(template, str) else template
    data = [one.data() for one in certificates]
    for place, one in enumerate(data, 1):
        for field in (*COMMON, *sorted(chosen.needs)):
            if not one[field]:
                raise BadInput(
                    _("Certificate %(place)s (%(number)s): %(field)s is empty.")
                    % {"place": place, "number": one["number"] or "–", "field": field}
                )
    check_characters(chosen.layout, data)
    return chosen, data


def _known(key: str) -> Template:
    if key not in TEMPLATES:
        raise BadInput(
            _("There is no template “%(key)s”; there are %(known)s.")
            % {"key": key, "known": ", ".join(sorted(TEMPLATES))}
        )
    return TEMPLATES[key]


def _set(template: Template, data: list[dict[str, object]], what: str) -> bytes:
    return typeset(template.layout, data, what=what)
