"""Whether a printed report is one that was handed out here, and whether what it says still stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ..models import CheckReport
from .sealing import seal_of


@dataclass(frozen=True)
class Verdict:
    """report: the one with exactly these bytes, if there is. kept: what was found is unchanged."""

    sha256: str
    report: CheckReport | None
    kept: bool

    @property
    def good(self) -> bool:
        return self.report is not None and self.kept


def verified(pdf: bytes) -> Verdict:
    sha256 = hashlib.sha256(pdf).hexdigest()
    reports = CheckReport.objects.select_related("check_of", "check_of__organisation", "stored")
    report = reports.filter(stored__sha256=sha256).first()
    kept = report is not None and report.seal == report.check_of.seal == seal_of(report.check_of)
    return Verdict(sha256, report, kept)
