"""Files that tell their authors in every way, for tests of what takes that away."""

from __future__ import annotations

import io
import zipfile

import docx
import pikepdf
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = "ZhengYuanhang"
HAN = "郑远航"
SECRETS = (SECRET, HAN)
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def jpeg(orientation: int = 1) -> bytes:
    """8 × 4 pixels, the left half red; the camera's owner stands in EXIF and a comment."""
    picture = Image.new("RGB", (8, 4), "blue")
    picture.paste("red", (0, 0, 4, 4))
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = SECRET, orientation
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=SECRET.encode(), xmp=HAN.encode(), quality=95)
    return out.getvalue() + SECRET.encode()


def png() -> bytes:
    info = PngInfo()
    info.add_text("Author", SECRET)
    info.add_itxt("XML:com.adobe.xmp", HAN)
    out = io.BytesIO()
    Image.new("RGBA", (3, 2), (1, 2, 3, 4)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def word(lines: list[str]) -> bytes:
    """A Word file whose visible text is `lines`, a table, a header; all else in it tells the author."""
    document = docx.Document()
    core = document.core_properties
    core.author = core.last_modified_by = core.title = core.comments = core.keywords = SECRET
    for line in lines:
        document.add_paragraph(line)
    document.add_table(1, 2).cell(0, 1).text = "表中文字"
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    document.add_picture(io.BytesIO(jpeg()))
    document.add_comment(document.paragraphs[0].runs or document.add_paragraph("批注处").runs,
                         text=HAN, author=SECRET, initials="ZYH")  # fmt: skip
    _describe_picture(document)
    _track_changes(document)
    _hide(document)
    _fields(document)
    _wrap(document)
    style = document.styles.add_style(f"{SECRET}正文", 1)
    document.add_paragraph("自定样式", style=style)
    out = io.BytesIO()
    document.save(out)
    return _with_parts(out.getvalue())


def _run(text: str, tag: str = "w:t") -> str:
    return f'<w:r><w:rPr/><{tag} xml:space="preserve">{text}</{tag}></w:r>'


def _paragraph(document: docx.document.Document, xml: str) -> None:
    document.element.body.insert(
        len(document.element.body) - 1,
        parse_xml(f'<w:p {nsdecls("w", "r")} w:rsidR="00AA11BB">{xml}</w:p>'),
    )


def _describe_picture(document: docx.document.Document) -> None:
    for shape in document.element.body.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        shape.set("name", f"{SECRET}.jpg")
        shape.set("descr", f"C:\\Users\\{SECRET}\\Desktop\\图1.jpg")


def _track_changes(document: docx.document.Document) -> None:
    who = f'w:id="901" w:author="{SECRET}" w:date="2026-01-01T00:00:00Z"'
    _paragraph(
        document,
        _run("保留") + f"<w:ins {who}>{_run('新增')}</w:ins>"
        f"<w:del {who}>{_run(HAN, 'w:delText')}</w:del>"
        f"<w:moveFrom {who}>{_run(HAN)}</w:moveFrom><w:moveTo {who}>{_run('移来')}</w:moveTo>",
    )
    _paragraph(document, f"<w:pPr><w:rPr><w:del {who}/></w:rPr></w:pPr>{_run('前半')}")
    _paragraph(document, f"<w:pPr><w:pPrChange {who}><w:pPr/></w:pPrChange></w:pPr>{_run('后半')}")


def _hide(document: docx.document.Document) -> None:
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{HAN}</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
    _paragraph(document, hidden + shown)
    style = document.styles.add_style("Concealed", 2)
    style.element.get_or_add_rPr().append(OxmlElement("w:vanish"))
    _paragraph(document, f'<w:r><w:rPr><w:rStyle w:val="Concealed"/></w:rPr><w:t>{HAN}</w:t></w:r>')


def _fields(document: docx.document.Document) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = _run(f' INCLUDEPICTURE "D:\\\\{SECRET}\\\\a.png" ', "w:instrText")
    _paragraph(document, f"{mark('begin')}{code}{mark('separate')}{_run('域结果')}{mark('end')}")
    _paragraph(
        document, f'<w:fldSimple w:instr=" DOCPROPERTY {SECRET} ">{_run("属性")}</w:fldSimple>'
    )
    page = _run(" PAGE ", "w:instrText")
    _paragraph(document, f"{mark('begin')}{page}{mark('separate')}{_run('7')}{mark('end')}")


def _wrap(document: docx.document.Document) -> None:
    relation = document.part.relate_to(f"file:///C:/Users/{SECRET}/a.doc", f"{R}/hyperlink", True)
    _paragraph(document, f'<w:hyperlink r:id="{relation}">{_run("链接文字")}</w:hyperlink>')
    _paragraph(
        document,
        f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET}"/><w:tag w:val="{HAN}"/></w:sdtPr>'
        f"<w:sdtContent>{_run('控件文字')}</w:sdtContent></w:sdt>"
        f'<w:bookmarkStart w:id="77" w:name="{SECRET}"/><w:bookmarkEnd w:id="77"/>'
        f'<w:smartTag w:uri="urn:x" w:element="{SECRET}">{_run("标记文字")}</w:smartTag>',
    )
    settings = document.settings.element
    template = document.part._settings_part.relate_to(
        f"file:///D:/{SECRET}.dotx", f"{R}/attachedTemplate", True
    )
    settings.append(parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{template}"/>'))
    settings.append(parse_xml(f'<w:rsids {nsdecls("w")}><w:rsid w:val="00AA11BB"/></w:rsids>'))
    settings.append(
        parse_xml(f'<w:docVars {nsdecls("w")}><w:docVar w:name="a" w:val="{HAN}"/></w:docVars>')
    )


def _with_parts(data: bytes) -> bytes:
    """The file with parts added that python-docx does not write, and with a revealing picture's name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = SECRET.encode()
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "[Content_Types].xml":
                part = part.replace(
                    b"</Types>",
                    b'<Override PartName="/word/people.xml" ContentType="a/b+xml"/>'
                    b'<Override PartName="/docProps/custom.xml" ContentType="a/c+xml"/></Types>',
                )
            elif info.filename == "word/_rels/document.xml.rels":
                part = part.replace(b"media/image1.jpg", f"media/{SECRET}.jpg".encode())
                part = part.replace(
                    b"</Relationships>",
                    (
                        f'<Relationship Id="rId901" Type="{R}/people" Target="people.xml"/>'
                        f'<Relationship Id="rId902" Type="{R}/customXml" Target="../customXml/item9.xml"/>'
                        "</Relationships>"
                    ).encode(),
                )
            elif info.filename == "_rels/.rels":
                part = part.replace(
                    b"</Relationships>",
                    (
                        f'<Relationship Id="rId901" Type="{R}/custom-properties" Target="docProps/custom.xml"/>'
                        "</Relationships>"
                    ).encode(),
                )
            name = info.filename.replace("media/image1.jpg", f"media/{SECRET}.jpg")
            new.writestr(name, part)
        for name in ("word/people.xml", "docProps/custom.xml", "customXml/item9.xml"):
            new.writestr(name, f"<a>{SECRET}{HAN}</a>")
        new.writestr("loose.txt", SECRET)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """All parts of a zipped file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def leaks(data: bytes) -> list[str]:
    """Where a secret still stands in a zipped file: names, contents, the archive's own bytes."""
    places = parts(data) | {"": data} | {f"name of {n}": n.encode() for n in parts(data)}
    return [
        f"{place}: {secret}"
        for place, content in places.items()
        for secret in SECRETS
        if any(form in content for form in (secret.encode(), secret.encode("utf-16-le")))
    ]


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with latin `lines`; everything around them tells the author. Two revisions."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(400, 400))
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    image = made.make_stream(jpeg()[: -len(SECRET)])
    for key, value in {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": 8,
        "/Height": 4,
        "/BitsPerComponent": 8,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
        "/Filter": pikepdf.Name.DCTDecode,
    }.items():
        image[key] = value
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(Im=image)
    )
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    page.Contents = made.make_stream(
        f"BT /F1 12 Tf 20 360 Td {shown} ET q 50 0 0 50 200 20 cm /Im Do Q".encode()
    )
    _annotate(made, page)
    made.docinfo["/Author"] = SECRET
    made.docinfo["/Title"] = HAN
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET]
    made.attachments[f"{SECRET}.txt"] = pikepdf.AttachedFileSpec(
        made, SECRET.encode(), filename=f"{SECRET}.txt"
    )
    made.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET}')"
    )
    made.Root.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=SECRET))
    page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=HAN))
    out = io.BytesIO()
    made.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue() + f"\n% {SECRET} was here\n".encode()


def _annotate(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    look = made.make_stream(b"BT /F1 12 Tf 2 2 Td (typed in) Tj ET")
    look["/Type"], look["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    look["/BBox"], look["/Resources"] = pikepdf.Array([0, 0, 80, 20]), page.Resources
    rect = pikepdf.Array([20, 20, 100, 40])
    note = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=rect, T=SECRET, Contents=HAN
        )
    )
    typed = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=rect,
            T=SECRET,
            F=4,
            Contents=SECRET,
            AP=pikepdf.Dictionary(N=look),
        )
    )
    link = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=rect,
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://example.org/{SECRET}"),
        )
    )
    inner = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=rect,
            Contents=SECRET,
            Dest=pikepdf.Array([page.obj, pikepdf.Name.Fit]),
        )
    )
    page.obj.Annots = pikepdf.Array([note, typed, link, inner])
    # The structure tree keeps hold of comments that the page has lost.
    held = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=note))
    figure = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt="a red field", T=SECRET, K=held
        )
    )
    made.Root.StructTreeRoot = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([figure]))
    )


def pdf_leaks(data: bytes) -> list[str]:
    """Where a secret still stands in a PDF: its bytes, its objects, its streams unpacked."""
    found = [f"bytes: {s}" for s in SECRETS if s.encode() in data]
    with pikepdf.open(io.BytesIO(data)) as opened:
        texts = [opened.trailer.unparse()]
        for thing in opened.objects:
            texts.append(thing.unparse())
            if isinstance(thing, pikepdf.Stream):
                texts.append(thing.read_raw_bytes())
                if thing.get("/Filter") != pikepdf.Name.DCTDecode:
                    texts.append(thing.read_bytes())
        for text in texts:
            forms = {
                form
                for s in SECRETS
                for form in (
                    s.encode(),
                    s.encode("utf-16-be"),
                    s.encode("utf-16-be").hex().encode(),
                    s.encode().hex().encode(),
                )
            }
            found += [f"{text[:60]!r}" for form in forms if form in text]
    return found
