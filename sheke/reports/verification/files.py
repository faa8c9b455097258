"""A Word file of a frozen report against the text that was frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from docx.document import Document
from rapidfuzz import process

from sheke.core.errors import BadInput
from sheke.reports.documents import CODE_LINE, code_of, head_lines, is_standard_layout
from sheke.reports.models import Snapshot
from sheke.reports.sealing import read_code, seal_holds
from sheke.reports.verification.ledger import check_figures
from sheke.reports.verification.states import FigureCheck, State, Verification
from sheke.reports.verification.texts import Comparison, Placed, compare, normalised
from sheke.reports.word.anchors import bookmark_name, bookmark_names, find_anchors
from sheke.reports.word.reading import open_docx
from sheke.reports.word.text import DocumentText, document_text
from sheke.reports.wordings import FilledText

_PRINTED_CODE = re.compile(re.escape(CODE_LINE) + r"\s*([0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4})+)")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """An uploaded Word file of a report and the code it carries (empty when it carries none)."""

    name: str
    document: Document
    text: DocumentText
    code: str


def read_file(data: bytes, name: str) -> ReadFile:
    """Read a Word file and find its code. Raises BadInput when it is no Word file."""
    document = open_docx(data, name)
    text = document_text(document)
    code = code_of(document, bookmark_names(document))
    if not code and (printed := _PRINTED_CODE.search(text.text)):
        code = printed[1]
    return ReadFile(name, document, text, read_code(code))


def snapshot_of(file: ReadFile) -> Snapshot:
    """The snapshot that a file belongs to. Raises BadInput when there is none."""
    if not file.code:
        raise BadInput(
            _("%(name)s carries no verification code: it was not downloaded from a frozen report.")
            % {"name": file.name}
        )
    found = Snapshot.objects.select_related("report", "previous").filter(code=file.code).first()
    if found is None:
        raise BadInput(
            _("%(name)s: no report with the code %(code)s was frozen here.")
            % {"name": file.name, "code": file.code}
        )
    return found


def verify_snapshot(snapshot: Snapshot, file: ReadFile | None = None) -> Verification:
    """Verify a frozen report against the ledger and, when given, a Word file of it."""
    result = Verification(
        code=snapshot.code,
        title=snapshot.body["report"]["title"],
        frozen_at=snapshot.at,
        seal_holds=seal_holds(snapshot),
        figures=check_figures(snapshot),
    )
    if file is not None:
        comparison = compare_file(snapshot, file)
        result.file, result.text = file.name, comparison.changes
        for figure in result.figures:
            _check_edit(figure, comparison)
    return result


def compare_file(snapshot: Snapshot, file: ReadFile) -> Comparison:
    """The file's figures and other text against the frozen ones, body and margins apart."""
    frozen = _frozen_paragraphs(snapshot)
    cut = len(frozen) - int(snapshot.body.get("margins", 0))
    body, margins = _file_paragraphs(snapshot, file)
    result = compare(frozen[:cut], body)
    if not is_standard_layout(file.document):
        _compare_margins(frozen[cut:], margins, result)
    return result


Line = tuple[str, list[Placed]]


def _compare_margins(frozen: list[Line], theirs: list[Line], result: Comparison) -> None:
    """Headers and footers: editors repeat and reorder them, so each line counts once, in any order."""
    before = list({normalised(line[0]): line for line in reversed(frozen)}.values())[::-1]
    after = {normalised(line[0]): line for line in reversed(theirs)}
    order = {normalised(line[0]): place for place, line in enumerate(before)}
    now = sorted(after.values(), key=lambda line: _likest(normalised(line[0]), order))
    margins = compare(before, now)
    result.changes += margins.changes
    result.found |= margins.found


def _likest(text: str, order: dict[str, int]) -> int:
    if text in order:
        return order[text]
    best = process.extractOne(text, list(order))
    return order[best[0]] if best else len(order)


def _frozen_paragraphs(snapshot: Snapshot) -> list[Line]:
    body = snapshot.body
    placed = [Placed(f["key"], f["start"], f["end"], f["printed"]) for f in body["figures"]]
    return FilledText(body["text"], placed).paragraphs()


def _file_paragraphs(snapshot: Snapshot, file: ReadFile) -> tuple[list[Line], list[Line]]:
    """The file's own paragraphs with the figures that still have an anchor: body, margins."""
    spots = find_anchors(file.document, file.text)
    placed = sorted(
        (
            Placed(key, *spot, file.text.text[spot[0] : spot[1]])
            for key in (figure["key"] for figure in snapshot.body["figures"])
            if (spot := spots.get(bookmark_name(key)))
        ),
        key=lambda p: p.start,
    )
    lines = _lines(file.text, placed)
    heads = head_lines(file.document)
    body, margins = [], []
    for paragraph, line in zip(file.text.paragraphs, lines, strict=True):
        said = line[0].strip()
        if paragraph.margin:
            margins.append(line)
        elif said in heads:  # once each: the title may say the same
            heads.remove(said)
        elif not _PRINTED_CODE.fullmatch(said):
            body.append(line)
    return body, margins


def _lines(text: DocumentText, placed: list[Placed]) -> list[Line]:
    """Paragraphs of a file; unlike frozen lines they may hold line breaks."""
    lines: list[Line] = []
    figures = iter(placed)
    figure = next(figures, None)
    for paragraph in text.paragraphs:
        start, own = paragraph.start, []
        while figure is not None and figure.start < paragraph.end:
            if figure.end <= paragraph.end:
                own.append(
                    Placed(figure.key, figure.start - start, figure.end - start, figure.text)
                )
            figure = next(figures, None)
        lines.append((text.text[start : paragraph.end], own))
    return lines


def _check_edit(figure: FigureCheck, comparison: Comparison) -> None:
    figure.found = comparison.found.get(figure.key)
    if figure.key not in comparison.found:
        return
    if normalised(figure.found or "") != normalised(figure.printed):
        ledger: list[State] = [state for state in figure.states if state != State.HOLDS]
        figure.states = [*ledger, State.EDITED]
