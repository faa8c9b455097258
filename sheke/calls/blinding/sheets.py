"""Excel and PowerPoint files without properties, comments, paths; nothing stays hidden in them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .office import (
    MC,
    clean_attributes,
    clean_chart,
    clean_drawings,
    clean_pictures,
    keep_allowed,
    remove,
)
from .package import Package, pack, unpack
from .words import S

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_PLAIN = ("codeName", "refreshedBy", "userName", "lastEdited", "published")


def strip_xlsx(data: bytes, name: str = "") -> bytes:
    """The workbook without traces; hidden sheets, rows and columns are shown, since they are read."""
    package = _opened(data, name, "sheet.main+xml", _("%(name)s: this is not an Excel file."))
    for root in _stripped(package):
        for element in list(root.iter(f"{S}fileSharing", f"{S}fileRecoveryPr", f"{S}workbookProtection",
                                      f"{S}externalReferences", f"{S}pivotCaches")):  # fmt: skip
            remove(element)
        _drop_foreign_formulas(root)
        for element in root.iter(f"{S}sheet", f"{S}row", f"{S}col"):
            element.attrib.pop("state", None)
            element.attrib.pop("hidden", None)
        for element in list(
            root.iter(f"{S}hyperlinks", f"{S}customSheetViews", f"{S}dataValidations")
        ):
            remove(element)
        if root.tag == f"{S}workbook":
            _plain_workbook(root)
        for element in root.iter(f"{S}oddHeader", f"{S}oddFooter", f"{S}evenHeader", f"{S}evenFooter",
                                 f"{S}firstHeader", f"{S}firstFooter"):  # fmt: skip
            element.text = (element.text or "").replace("&Z", "").replace("&F", "")
    return pack(package)


def strip_pptx(data: bytes, name: str = "") -> bytes:
    """The slides without traces; hidden slides are shown. Films and sounds do not come along."""
    package = _opened(
        data, name, "presentation.main+xml", _("%(name)s: this is not a PowerPoint file.")
    )
    for root in _stripped(package):
        for element in list(root.iter(f"{_P}custDataLst", f"{_P}modifyVerifier")):
            remove(element)
        for element in [e for e in root.iter("*") if e.tag.endswith("}sectionLst")]:
            remove(element.getparent())
        if root.tag == f"{_P}sld":
            root.attrib.pop("show", None)
    return pack(package)


def _drop_foreign_formulas(root: Any) -> None:
    """Formulas over other files go, with those that share them; their results stay."""
    shared = set()
    for element in list(root.iter(f"{S}f", f"{S}definedName")):
        if "[" in (element.text or "") or element.get("si") in shared:
            shared |= {element.get("si")} - {None}
            remove(element)


def _opened(data: bytes, name: str, kind: str, otherwise: str) -> Package:
    package = unpack(data, name)
    if not package.types[package.main].endswith(kind):
        raise BadInput(otherwise % {"name": name})
    package.check_namespace(S if kind.startswith("sheet") else _P)
    return package


def _stripped(package: Package) -> list[Any]:
    """Clean what all office files share; the trees of the parts that stay."""
    keep_allowed(package)
    clean_pictures(package)
    found = []
    for part in package.reachable():
        if package.is_xml(part) and not package.types[part].startswith("image/"):
            root = package.tree(part)
            clean_drawings(root)
            clean_chart(root)
            clean_attributes(root)
            for element in root.iter("*"):
                for plain in _PLAIN:
                    element.attrib.pop(plain, None)
            found.append(root)
    return found


def _plain_workbook(root: Any) -> None:
    for element in list(root):
        if element.tag == f"{MC}AlternateContent" or element.tag.endswith("}revisionPtr"):
            remove(element)  # the folder where the file was saved
