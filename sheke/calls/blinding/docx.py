"""A Word file without what tells who wrote it: properties, comments, changes, paths, hidden text.

The text that a reader sees stays as it is, tracked changes taken as accepted; names in it are for the
finder (`names.py`).
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .changes import accept_changes, drop_hidden
from .fields import plain_fields
from .office import (
    clean_attributes,
    clean_chart,
    clean_drawings,
    clean_pictures,
    keep_allowed,
    remove,
    unwrap,
)
from .package import Package, pack, unpack
from .styles import is_own_style
from .words import W

_REMOVED = [f"{W}{name}" for name in (
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "permStart", "permEnd",
    "proofErr", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd", "customXmlPr", "smartTagPr", "aliases", "fldData", "tblCaption",
    "tblDescription", "helpText", "statusText",
)]  # fmt: skip
_SETTINGS = {f"{W}{name}" for name in (
    "attachedTemplate", "rsids", "docVars", "mailMerge", "saveThroughXslt", "documentProtection",
    "writeProtection", "trackRevisions", "attachedSchema", "schemaLibrary", "revisionView",
    "documentType", "linkStyles", "stylePaneFormatFilter",
)}  # fmt: skip
_UNWRAPPED = [f"{W}{name}" for name in ("smartTag", "customXml", "sdtContent")]
_STYLE_REFERENCES = [f"{W}{name}" for name in (
    "pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink",
    "clickAndTypeStyle",
)]  # fmt: skip


def strip_docx(data: bytes, name: str = "") -> bytes:
    """The file without traces. BadInput when damaged, with macros, or with other files' text in it."""
    package = unpack(data, name)
    if not package.types[package.main].endswith(("document.main+xml", "template.main+xml")):
        raise BadInput(_("%(name)s: this is not a Word file.") % {"name": name})
    package.check_namespace(W)
    _refuse_foreign(package)
    keep_allowed(package)
    styles = next((package.tree(p) for p in package.reachable() if p.endswith("/styles.xml")), None)
    for part in package.reachable():
        if package.is_xml(part) and not package.types[part].startswith("image/"):
            _clean(package.tree(part), styles)
    _neutral_lists(package)
    _neutral_styles(package, styles)
    _loose_bookmarks(package)
    clean_pictures(package)
    return pack(package)


def _refuse_foreign(package: Package) -> None:
    """Text that Word takes from another file on opening is seen by nobody before."""
    foreign = {"aFChunk", "subDocument"}
    if any(r.type in foreign for relations in package.relations.values() for r in relations):
        raise BadInput(
            _(
                "%(name)s: the document holds parts of other documents; open it in Word, save it anew."
            )
            % {"name": package.name}
        )


def _clean(root: Any, styles: Any) -> None:
    clean_drawings(root)
    accept_changes(root)
    drop_hidden(root, styles)
    plain_fields(root)
    for element in list(root.iter(*_REMOVED)):
        remove(element)
    for control in list(root.iter(f"{W}sdt")):
        for child in list(control):
            if child.tag != f"{W}sdtContent":
                control.remove(child)
        unwrap(control)
    for element in list(root.iter(*_UNWRAPPED)):
        unwrap(element)
    for element in list(root.iter(f"{W}object")):
        for child in list(element):
            if child.tag.endswith("}OLEObject"):  # the picture of the object stays
                element.remove(child)
    for child in list(root) if root.tag == f"{W}settings" else []:
        if child.tag in _SETTINGS or child.tag.endswith(("}docId", "}chartTrackingRefBased")):
            root.remove(child)
    clean_chart(root)
    clean_attributes(root)


def _neutral_styles(package: Package, styles: Any) -> None:
    """Styles that people made bear numbers instead of the names that people gave."""
    if styles is None:
        return
    names: dict[str, str] = {}
    for number, style in enumerate(styles.iter(f"{W}style"), start=1):
        for child in style.findall(f"{W}rsid"):
            style.remove(child)
        title = style.find(f"{W}name")
        if title is not None and not is_own_style(title.get(f"{W}val", "")):
            names[style.get(f"{W}styleId", "")] = f"style{number}"
            title.set(f"{W}val", f"Style {number}")
    for part in package.reachable():
        if package.is_xml(part):
            for element in package.tree(part).iter(*_STYLE_REFERENCES):
                value = element.get(f"{W}val", "")
                element.set(f"{W}val", names.get(value, value))
    for style in styles.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        style.set(f"{W}styleId", names.get(key, key))


def _neutral_lists(package: Package) -> None:
    """Lists lose the names that people gave them."""
    for part in package.reachable():
        if part.endswith("/numbering.xml"):
            for name in list(package.tree(part).iter(f"{W}name")):
                remove(name)


def _loose_bookmarks(package: Package) -> None:
    """Bookmarks that nothing in the document refers to; Word's own (_Toc, _Ref) stay."""
    roots = [package.tree(p) for p in package.reachable() if package.is_xml(p)]
    codes = " ".join(
        (e.text or "") + e.get(f"{W}instr", "") + " " + e.get(f"{W}anchor", "")
        for root in roots
        for e in root.iter(f"{W}instrText", f"{W}fldSimple", f"{W}hyperlink")
    )
    used = set(re.findall(r"\w+", codes))
    for root in roots:
        gone = set()
        for mark in list(root.iter(f"{W}bookmarkStart")):
            name = mark.get(f"{W}name", "")
            if name not in used and not re.fullmatch(r"_(Toc|Ref|Hlk|GoBack)\d*", name):
                gone.add(mark.get(f"{W}id"))
                remove(mark)
        for mark in list(root.iter(f"{W}bookmarkEnd")):
            if mark.get(f"{W}id") in gone:
                remove(mark)
