"""The report of a check as a PDF, with its seal at the foot of each page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sheke.core.typesetting import BUNDLED, Layout, typeset
from sheke.core.typesetting.fonts import characters

from ..models import Check
from .sight import SeenSource, words_of

SOURCES, PASSAGES = 100, 400  # told one by one
LONGEST = 1_500  # characters of a passage on paper
FOLDER = Path(__file__).parent


def report_pdf(check: Check, sources: Sequence[SeenSource]) -> bytes:
    """The report as who asks for it may see the sources."""
    layout = Layout((FOLDER / "report.typ").read_text(encoding="utf-8"), FOLDER)
    return typeset(layout, _printable(_data(check, sources)), what=_("Report of copied passages"))


def _data(check: Check, sources: Sequence[SeenSource]) -> dict[str, Any]:
    shown, left = sources[:SOURCES], PASSAGES
    told = []
    for seen in shown:
        pairs = _pairs(check, seen, left)
        left -= len(pairs)
        told.append(_source(check, seen, pairs))
    more = len(sources) - len(shown)
    return {
        "title": check.title, "seal": check.seal, "lang": (get_language() or "zh")[:2],
        "words": _words(), "facts": _facts(check), "figures": _figures(check), "sources": told,
        "more": ngettext("%(n)s more source is not listed.", "%(n)s more sources are not listed.", more)
        % {"n": more} if more else "",
    }  # fmt: skip


def _words() -> dict[str, Any]:
    return {
        "heading": _("Report of copied passages"),
        "seal": _("Seal (SHA-256)"),
        "explained": _(
            "Shares of the Han characters, letters and digits of the text. A passage stands elsewhere "
            "character by character, whatever the script and the punctuation. Whether something was "
            "copied is for people to judge."
        ),
        "sources": _("Sources"),
        "columns": [_("No."), _("Source"), _("Share"), _("Passages")],
        "nothing": _("No passage of this text was found elsewhere."),
        "there": _("In the source"),
    }


def _facts(check: Check) -> list[list[str]]:
    done = timezone.localtime(check.done_at) if check.done_at else None
    facts = [
        [_("For"), check.organisation.name],
        [_("Authors"), "、".join(check.authors)],
        [_("Checked"), date_format(done, "DATETIME_FORMAT") if done else ""],
        [_("Compared with"), ngettext("%(n)s text", "%(n)s texts", check.documents or 0) % {"n": check.documents}],
        [_("Characters"), f"{check.characters:,}"],
        [_("Shortest passage"), str(check.minimum)],
        [_("Common beyond"), ngettext("%(n)s text", "%(n)s texts", check.common) % {"n": check.common}],
        [_("SHA-256 of the text"), check.text_sha256],
    ]  # fmt: skip
    return [[name, value] for name, value in facts if value]


def _figures(check: Check) -> list[list[str]]:
    return [
        [_("Stands elsewhere"), _percent(check, check.covered)],
        [_("In texts of others"), _percent(check, check.covered_by_others)],
        [_("Without common wording"), _percent(check, check.without_common)],
        [_("Without quotations and references"), _percent(check, check.without_quoted)],
        [_("To be explained"), _percent(check, check.to_explain)],
    ]


def _percent(check: Check, count: int | None) -> str:
    return f"{check.share(count) * 100:.1f}%"


def _source(check: Check, seen: SeenSource, pairs: list[dict[str, str]]) -> dict[str, Any]:
    rest = seen.passages - len(pairs)
    own = _("own earlier work") if seen.row.own else ""
    return {
        "number": seen.row.position, "label": seen.label, "passages": seen.passages,
        "detail": "，".join(part for part in (seen.detail, own) if part),
        "share": _percent(check, seen.row.characters), "pairs": pairs,
        "rest": ngettext("%(n)s more passage.", "%(n)s more passages.", rest) % {"n": rest} if rest and pairs else "",
    }  # fmt: skip


def _pairs(check: Check, seen: SeenSource, left: int) -> list[dict[str, str]]:
    differs = "· " + _("some characters differ")
    rows = seen.row.passages.filter(common=False).order_by("start")[: max(left, 0)]
    return [
        {
            "place": _("In the text, from character %(n)s") % {"n": f"{row.start + 1:,}"},
            "note": differs if row.near else "",
            "mine": _short(check.text[row.start : row.end]), "theirs": _short(words_of(check, row, readable=seen.readable)),
        }
        for row in rows
    ]  # fmt: skip


def _short(text: str) -> str:
    return " ".join(text[:LONGEST].split()) + ("……" if len(text) > LONGEST else "")


def _printable(data: Any) -> Any:
    """With a sign for each character that the font lacks."""
    if isinstance(data, str):
        has = characters(BUNDLED) or frozenset()
        return "".join(c if ord(c) in has or c in "\n " else "〓" for c in data)
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_printable(value) for value in data]
    return data
