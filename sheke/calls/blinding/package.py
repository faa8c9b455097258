"""An office file (docx, xlsx, pptx) as parts and relationships, read within bounds and written anew.

Written are only the parts that a kept relationship leads to, under neutral names and without dates:
what nobody refers to (thumbnails, custom XML, printer settings, signatures) is not carried over.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from sheke.core.documents.docx import check_size
from sheke.core.errors import BadInput

MAX_PARTS = 3000
TYPES = "[Content_Types].xml"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Names that Office itself gives; any other may be a name that a person gave.
_NEUTRAL = re.compile(
    r"(word|xl|ppt)/([A-Za-z]{4,20}/)?(document|workbook|presentation|styles|settings|fontTable|theme|"
    r"numbering|footnotes|endnotes|header|footer|image|chart|drawing|data|layout|quickStyle|colors|style|"
    r"sheet|sharedStrings|table|tableStyles|slide|slideLayout|slideMaster|notesSlide|notesMaster|"
    r"presProps|viewProps|font|media)\d{0,4}\.[a-z]{3,6}"
)


@dataclass
class Relation:
    """One line of a .rels part; `target` is a part's name, or what stands there when `external`."""

    id: str
    type: str  # the last word of the relationship's address: “image”, “comments”
    address: str
    target: str
    external: bool = False


@dataclass
class Package:
    """Parts by name and their relationships by the part they start from; "" is the file itself."""

    name: str
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[Relation]] = field(default_factory=dict)
    trees: dict[str, Any] = field(default_factory=dict)

    def tree(self, part: str) -> Any:
        """The part's XML, parsed once; comments and processing instructions are not read."""
        if part not in self.trees:
            try:
                self.trees[part] = etree.fromstring(self.parts[part], _parser())
            except etree.XMLSyntaxError as error:
                raise damaged(self.name) from error
            if self.trees[part].getroottree().docinfo.internalDTD is not None:
                raise damaged(self.name)  # no office program declares entities
        return self.trees[part]

    def is_xml(self, part: str) -> bool:
        return self.types.get(part, "").endswith("xml") or part.endswith((".xml", ".vml"))

    @property
    def main(self) -> str:
        """The part that holds the document. BadInput when there is none."""
        for relation in self.relations.get("", []):
            if relation.type == "officeDocument" and relation.target in self.parts:
                return relation.target
        raise damaged(self.name)

    def check_namespace(self, namespace: str) -> None:
        """BadInput for the strict form of the format, whose elements have other names."""
        if not self.tree(self.main).tag.startswith(namespace):
            raise BadInput(
                _(
                    "%(name)s: the file is in the strict Open XML format; save it as an ordinary one."
                )
                % {"name": self.name}
            )

    def pictures(self) -> list[str]:
        """The parts that are shown as pictures, each once."""
        kept = {""} | set(self.reachable())
        found = {
            r.target: None
            for source, relations in self.relations.items()
            for r in relations
            if source in kept and r.type == "image" and not r.external and r.target in self.parts
        }
        return sorted(found)

    def reachable(self) -> list[str]:
        """The parts that relationships lead to, from the file itself on."""
        found: dict[str, None] = {}
        waiting = [""]
        while waiting:
            for relation in self.relations.get(waiting.pop(), []):
                inside = not relation.external and relation.target in self.parts
                if inside and relation.target not in found:
                    found[relation.target] = None
                    waiting.append(relation.target)
        return list(found)


def damaged(name: str) -> BadInput:
    return BadInput(
        _("%(name)s: the file is damaged; open it in Word or WPS and save it anew.")
        % {"name": name}
    )


def unpack(data: bytes, name: str) -> Package:
    """Read an office file. BadInput when damaged, too large, or with macros."""
    package = Package(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name)
            for info in archive.infolist():
                if not info.is_dir():
                    package.parts[info.filename.lstrip("/").replace("\\", "/")] = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        raise damaged(name) from error
    _read_types(package)
    _read_relations(package)
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower()
           for kind in package.types.values()):  # fmt: skip
        raise BadInput(
            _("%(name)s: the file holds macros; save it as a document without macros.")
            % {"name": name}
        )
    return package


def pack(package: Package) -> bytes:
    """The reachable parts as a new file: neutral names, no dates, nothing beside them."""
    kept = package.reachable()
    names = {part: _neutral(part, number) for number, part in enumerate(kept, start=1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, TYPES, _types_xml(package, names))
        for source in ["", *kept]:
            if relations := package.relations.get(source):
                path = _rels_path(names.get(source, ""))
                _put(archive, path, _relations_xml(relations, names))
        for part in kept:
            _put(archive, names[part], _bytes(package, part))
    return out.getvalue()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip


def _check(archive: zipfile.ZipFile, name: str) -> None:
    check_size(archive, name)
    names = [info.filename.lower() for info in archive.infolist()]
    if len(names) > MAX_PARTS:
        raise BadInput(_("%(name)s: the file unpacks to more than it may.") % {"name": name})
    if len(set(names)) < len(names) or TYPES.lower() not in names:
        raise damaged(name)


def _read_types(package: Package) -> None:
    root = package.tree(TYPES)
    defaults = {
        (e.get("Extension") or "").lower(): e.get("ContentType", "")
        for e in root.iter(f"{_CT}Default")
    }
    special = {
        (e.get("PartName") or "").lstrip("/"): e.get("ContentType", "")
        for e in root.iter(f"{_CT}Override")
    }
    for part in package.parts:
        ending = part.rpartition(".")[2].lower()
        package.types[part] = special.get(part) or defaults.get(ending, "")


def _read_relations(package: Package) -> None:
    for path in [p for p in package.parts if p.endswith(".rels")]:
        folder, _slash, file = path.rpartition("_rels/")
        source = folder + file.removesuffix(".rels")
        if source and source not in package.parts:
            continue
        package.relations[source] = [
            _relation(e, posixpath.dirname(source))
            for e in package.tree(path).iter(f"{_REL}Relationship")
        ]


def _relation(element: Any, folder: str) -> Relation:
    address, target = element.get("Type", ""), element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
    return Relation(element.get("Id", ""), address.rpartition("/")[2], address, target, external)


def _neutral(part: str, number: int) -> str:
    if _NEUTRAL.fullmatch(part):
        return part
    folder = part.split("/")[0] if part.startswith(("word/", "xl/", "ppt/")) else "parts"
    ending = part.rpartition(".")[2].lower()
    plain = ending if re.fullmatch(r"[a-z]{3,6}", ending) else "bin"
    return f"{folder}/parts/part{number}.{plain}"


def _rels_path(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _types_xml(package: Package, names: dict[str, str]) -> bytes:
    root = etree.Element(f"{_CT}Types", nsmap={None: _CT[1:-1]})  # type: ignore[dict-item]
    for ending, kind in (("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                         ("xml", "application/xml")):  # fmt: skip
        etree.SubElement(root, f"{_CT}Default", Extension=ending, ContentType=kind)
    for part, name in names.items():
        etree.SubElement(
            root, f"{_CT}Override", PartName=f"/{name}", ContentType=package.types[part]
        )
    return _xml(root)


def _relations_xml(relations: list[Relation], names: dict[str, str]) -> bytes:
    root = etree.Element(f"{_REL}Relationships", nsmap={None: _REL[1:-1]})  # type: ignore[dict-item]
    for relation in relations:
        target = relation.target if relation.external else "/" + names.get(relation.target, "")
        line = etree.SubElement(
            root, f"{_REL}Relationship", Id=relation.id, Type=relation.address, Target=target
        )
        if relation.external:
            line.set("TargetMode", "External")
    return _xml(root)


def _bytes(package: Package, part: str) -> bytes:
    return _xml(package.trees[part]) if part in package.trees else package.parts[part]


def _xml(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    archive.writestr(info, data)
