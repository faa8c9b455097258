"""The kinds of files that the library takes in."""

from __future__ import annotations

from dataclasses import dataclass

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """`by`: what reads it – a reader of ours, an office program, recognition, or unpacking."""

    content_type: str
    by: str  # "reader", "office", "image", "zip"


KINDS = {
    "docx": Kind(f"{OFFICE}wordprocessingml.document", "reader"),
    "pptx": Kind(f"{OFFICE}presentationml.presentation", "reader"),
    "xlsx": Kind(f"{OFFICE}spreadsheetml.sheet", "reader"),
    "xls": Kind("application/vnd.ms-excel", "reader"),
    "pdf": Kind("application/pdf", "reader"),
    "html": Kind("text/html", "reader"),
    "txt": Kind("text/plain", "reader"),
    "doc": Kind("application/msword", "office"),
    "rtf": Kind("application/rtf", "office"),
    "ppt": Kind("application/vnd.ms-powerpoint", "office"),
    "odt": Kind("application/vnd.oasis.opendocument.text", "office"),
    "png": Kind("image/png", "image"),
    "jpg": Kind("image/jpeg", "image"),
    "tif": Kind("image/tiff", "image"),
    "webp": Kind("image/webp", "image"),
    "bmp": Kind("image/bmp", "image"),
    "zip": Kind("application/zip", "zip"),
}
IMAGES = tuple(name for name, kind in KINDS.items() if kind.by == "image")
SHOWN = "docx、doc、rtf、odt、pdf、pptx、ppt、xlsx、xls、html、txt、png、jpg、tif、webp、bmp、zip"
