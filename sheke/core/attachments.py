"""Answers that are files to be saved."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX = f"{OFFICE}spreadsheetml.sheet"
DOCX = f"{OFFICE}wordprocessingml.document"


def attachment(data: bytes, name: str, content_type: str = XLSX) -> HttpResponse:
    """A file to be saved. name: with its ending, in any script."""
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
