"""A PDF without what tells who wrote it: properties, comments, attachments, scripts, history.

What is not known to be harmless is left out: of the catalogue and of each page only named entries stay.
The words on the pages stay as they are, also the descriptions of pictures for screen readers.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from sheke.core.errors import BadInput

from .pictures import strip_jpeg

MAX_PAGES = 2000
MAX_UNPACKED = 200 * 1024 * 1024  # of what is no picture
_ROOT = {"/Type", "/Pages", "/Version", "/Outlines", "/Names", "/Dests", "/StructTreeRoot", "/MarkInfo",
         "/Lang", "/PageLayout", "/PageMode", "/OutputIntents"}  # fmt: skip
_PAGE = {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/TrimBox", "/BleedBox",
         "/ArtBox", "/Rotate", "/Annots", "/Tabs", "/StructParents", "/UserUnit", "/Group"}  # fmt: skip
_LINK = {"/Type", "/Subtype", "/Rect", "/Border", "/Dest", "/A", "/H", "/QuadPoints", "/StructParent",
         "/C", "/BS", "/F", "/P"}  # fmt: skip
_ANYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/OPI", "/AA", "/JS",
             "/Author", "/Creator", "/Producer", "/Keywords", "/SourceModified", "/WebCapture")  # fmt: skip
# Comments that draw nothing a reader of the page needs; the others become part of the page.
_NOT_DRAWN = {"/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D",
              "/Link", "/Watermark3D"}  # fmt: skip


def strip_pdf(data: bytes, name: str = "") -> bytes:
    """The file written anew without traces. BadInput when locked, damaged or too large."""
    with open_pdf(data, name) as pdf:
        try:
            _refuse_shells(pdf, name)
            _flatten(pdf)
            _only(pdf.Root, _ROOT)
            for page in pdf.pages:
                _only(page.obj, _PAGE)
            _only_destinations(pdf)
            _plain_outline(pdf)
            for thing in things(pdf):
                _clean(thing)
            for key in [k for k in pdf.trailer.keys() if k not in {"/Root", "/Size"}]:  # noqa: SIM118
                del pdf.trailer[key]
            out = io.BytesIO()
            pdf.save(
                out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
            )
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError,
                struct.error, RecursionError) as error:  # fmt: skip
            raise _damaged(name) from error
    return out.getvalue()


def open_pdf(data: bytes, name: str) -> Pdf:
    """The PDF, its size checked: pages, and what its streams unpack to."""
    try:
        pdf = Pdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise BadInput(
            _("%(name)s: the PDF is locked with a password; hand it in without one.")
            % {"name": name}
        ) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _damaged(name) from error
    try:
        _check_size(pdf, name)
    except (pikepdf.PdfError, TypeError, ValueError, AttributeError) as error:
        pdf.close()
        raise _damaged(name) from error
    except BadInput:
        pdf.close()
        raise
    return pdf


def _damaged(name: str) -> BadInput:
    return BadInput(
        _("%(name)s: the PDF is damaged; print it to PDF anew from the program it was written in.")
        % {"name": name}
    )


def _check_size(pdf: Pdf, name: str) -> None:
    if not 0 < len(pdf.pages) <= MAX_PAGES:
        raise BadInput(
            _("%(name)s: the PDF has %(count)s pages; from 1 to %(limit)s are read.")
            % {"name": name, "count": len(pdf.pages), "limit": MAX_PAGES}
        )
    left = MAX_UNPACKED
    for thing in things(pdf):
        if isinstance(thing, Stream) and thing.get("/Subtype") != Name.Image:
            left -= _unpacked(thing, left)
            if left < 0:
                raise BadInput(
                    _("%(name)s: the file unpacks to more than it may.") % {"name": name}
                )


def _unpacked(stream: Any, limit: int) -> int:
    """How many bytes a stream gives, counted no further than a little beyond `limit`."""
    filters = _filters(stream)
    raw = stream.read_raw_bytes()
    if filters.count("/FlateDecode") + filters.count("/LZWDecode") > 1:
        return limit + 1  # packed twice: no program for documents does that
    if filters[:1] != ["/FlateDecode"]:
        return len(raw) * (64 if {"/LZWDecode", "/RunLengthDecode"} & set(filters) else 1)
    unpacker, size = zlib.decompressobj(), 0
    try:
        while raw and size <= limit and not unpacker.eof:
            size += len(unpacker.decompress(raw, 1 << 20))
            raw = unpacker.unconsumed_tail
    except zlib.error:
        pass  # a damaged stream; the reader will say so
    return size


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(item) for item in found] if isinstance(found, Array) else [str(found)]


def things(pdf: Pdf) -> Iterator[Any]:
    """All dictionaries and streams, those inside others too."""
    for thing in pdf.objects:
        waiting = [thing]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Stream | Dictionary):
                yield item
                children = [item.get(key) for key in item.keys()]  # noqa: SIM118
            elif isinstance(item, Array):
                children = list(item)
            else:
                continue
            waiting += [c for c in children
                        if isinstance(c, Dictionary | Array) and not c.is_indirect]  # fmt: skip


def _only(thing: Any, kept: set[str]) -> None:
    for key in list(thing.keys()):
        if key not in kept:
            del thing[key]


def _refuse_shells(pdf: Pdf, name: str) -> None:
    """Files whose content is not on their pages: collections of files and forms of another making."""
    form = pdf.Root.get("/AcroForm")
    if "/Collection" in pdf.Root or (isinstance(form, Dictionary) and "/XFA" in form):
        raise BadInput(
            _("%(name)s: the PDF is a collection of files or a dynamic form; print it to PDF anew.")
            % {"name": name}
        )


def _flatten(pdf: Pdf) -> None:
    """Filled fields, stamps and typed text become part of the page; comments go; inner links stay."""
    all_annotations: list[Any] = []
    for page in pdf.pages:
        annotations: list[Any] = [
            a for a in page.obj.get("/Annots", []) if isinstance(a, Dictionary)
        ]
        all_annotations += annotations
        drawn = [a for a in annotations if str(a.get("/Subtype")) not in _NOT_DRAWN]
        links = [a for a in annotations if a.get("/Subtype") == Name.Link and _leads_inside(a)]
        page.obj.Annots = Array([pdf.make_indirect(a) for a in drawn + links])
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    kept = set()
    for page in pdf.pages:
        links = [a for a in page.obj.get("/Annots", []) if a.get("/Subtype") == Name.Link]
        page.obj.Annots = Array(links)
        kept |= {a.objgen for a in links}
    for annotation in all_annotations:  # the structure tree may still lead to them
        if annotation.is_indirect and annotation.objgen in kept:
            _only(annotation, _LINK)
        else:
            _only(annotation, set())


def _leads_inside(link: Any) -> bool:
    action = link.get("/A")
    return "/Dest" in link or (action is not None and action.get("/S") == Name.GoTo)


def _only_destinations(pdf: Pdf) -> None:
    """Of the document's names only those of places in it: no scripts, no attachments."""
    if isinstance(names := pdf.Root.get("/Names"), Dictionary):
        _only(names, {"/Dests"})
        if not names.keys():
            del pdf.Root["/Names"]


def _plain_outline(pdf: Pdf) -> None:
    """Bookmarks lead to places in the document or nowhere."""
    for thing in things(pdf):
        action = thing.get("/A") if "/Title" in thing else None
        if isinstance(action, Dictionary) and action.get("/S") != Name.GoTo:
            del thing["/A"]


def _clean(thing: Any) -> None:
    for key in _ANYWHERE:
        if key in thing:
            del thing[key]
    if thing.get("/Type") == Name.StructElem:
        for key in ("/T", "/ID"):
            if key in thing:
                del thing[key]
    if thing.get("/Type") == Name.OCG:  # layers are all shown; their names may be a file’s
        thing["/Name"] = "Layer"
    if isinstance(thing, Stream):
        _clean_stream(thing)


def _clean_stream(stream: Any) -> None:
    filters = _filters(stream)
    if filters == ["/FlateDecode", "/DCTDecode"]:
        raw = zlib.decompress(stream.read_raw_bytes())
    elif filters in (["/DCTDecode"], ["/JPXDecode"]):
        raw = stream.read_raw_bytes()
    else:
        return
    if filters == ["/JPXDecode"]:
        stream.write(_strip_jp2(raw), filter=Name.JPXDecode)
        return
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, Array):
        parameters = parameters[-1]
    stream.write(
        strip_jpeg(raw),
        filter=Name.DCTDecode,
        decode_parms=parameters if isinstance(parameters, Dictionary) else None,
    )


def _strip_jp2(data: bytes) -> bytes:
    """A JPEG 2000 file without its XML, UUID and rights boxes; a bare code stream as it is."""
    if data[4:8] != b"jP  ":
        return data
    out, at = bytearray(), 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1:
            size = struct.unpack_from(">Q", data, at + 8)[0]
        size = size or len(data) - at
        if size < 8:
            break
        if kind not in {b"xml ", b"uuid", b"uinf", b"jp2i"}:
            out += data[at : at + size]
        at += size
    return bytes(out)
