"""The text of a report's page. One tag for a whole paragraph: no white space may come between pieces."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sheke.reports.models import Report
from sheke.reports.reading import Piece

register = template.Library()

_LOOKS = {
    "traced": "slot--good",
    "warn": "slot--warn",
    "plain": "slot--plain",
    "typed": "slot--plain figure-link--typed",
}


@register.simple_tag
def pieces(report: Report, items: list[Piece]) -> SafeString:
    """A paragraph's pieces: text, figures that open their records, doubtful places."""
    return format_html_join("", "{}", ((_piece(report, item),) for item in items))


def _piece(report: Report, piece: Piece) -> str | SafeString:
    if piece.figure is not None:
        key = piece.figure.slot.key
        return format_html(
            '<a class="slot {}" id="figure-{}" href="{}" data-drawer="wide"'
            ' data-figures-target="stop">{}</a>',
            _LOOKS[piece.look],
            key,
            reverse("reports:figure", args=[report.pk, key]),
            piece.text if piece.look != "warn" else _blank(piece.text),
        )
    if piece.flag is not None:
        return format_html(
            '<span class="doubt" id="flag-{}" tabindex="0" title="{}" data-figures-target="stop">{}'
            '<span class="visually-hidden"> ({})</span></span>',
            piece.number,
            piece.flag.message,
            piece.text,
            piece.flag.message,
        )
    return format_html('<b class="run-in">{}</b>', piece.text) if piece.head else piece.text


def _blank(text: str) -> SafeString:
    return format_html(
        '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
        text,
        _("blank"),
    )
