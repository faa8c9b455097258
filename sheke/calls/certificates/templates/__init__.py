"""Templates that come with the product, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sheke.core.typesetting import BUNDLED, Layout

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Template:
    """A layout by name. needs: fields of a Certificate that may not be empty, beyond the common."""

    key: str
    name: str | Promise
    layout: Layout
    needs: frozenset[str] = frozenset()


def shipped(key: str, name: Promise, *needs: str) -> Template:
    """The template in this folder's `<key>.typ`."""
    source = (HERE / f"{key}.typ").read_text(encoding="utf-8")
    return Template(key, name, Layout(source, HERE, (BUNDLED,)), frozenset(needs))


TEMPLATES = {
    template.key: template
    for template in (
        shipped("award", _("Award certificate, A4 landscape"), "programme", "level"),
        shipped("closing", _("Project closing certificate, A4 portrait"), "work", "programme"),
        shipped("accreditation", _("Accreditation certificate, A4 landscape"), "programme"),
    )
}
