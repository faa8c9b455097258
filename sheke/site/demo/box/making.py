"""Makes the files of the box into a folder."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from . import texts
from .office import slides, spreadsheet, word
from .paper import printed, scanned

BOMB = 3 * 1024**3  # bytes that the bomb would unpack to


def make_box(folder: Path) -> list[Path]:
    """Every kind of file that an intake meets: good ones, old ones, broken ones, hostile ones."""
    folder.mkdir(parents=True, exist_ok=True)
    survey = word(texts.SURVEY, title="Microsoft Word - 文档1", author="Administrator")
    files = {
        "农家书屋调查报告.docx": survey,
        "农家书屋调查报告 - 副本.docx": survey,
        "农家书屋调查报告（修改稿）.docx": word(_revised(texts.SURVEY)),
        "1998征集通知.txt": texts.OLD_NOTICE.replace("\n", "\r\n").encode("gb18030"),
        "縣誌風俗篇.txt": texts.GAZETTEER.replace("\n", "\r\n").encode("big5hkscs"),
        "方言词语.txt": ("\ufeff" + texts.GLOSSED).encode(),
        "戏曲传承（乱码）.txt": _garbled().encode(),
        "讲座记录扫描件.pdf": _scan_pdf(),
        "书院学规照片.jpg": _photo(),
        "社区讲堂回顾.pdf": text_pdf(),
        "讲座一览.xlsx": spreadsheet(texts.LECTURES),
        "讲解员培训.pptx": slides(texts.SLIDES),
        "古桥普查.html": _web_page(),
        "损坏的文件.pdf": text_pdf()[:700] + b"\x00" * 900,
        "压缩炸弹.zip": bomb(),
        "老材料打包.zip": _archive(),
        "空文件.txt": b"",
        "旧软件.exe": b"MZ" + bytes(300),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def text_pdf() -> bytes:
    """A PDF with a text of its own, in the product's fonts."""
    import pylopdf_fonts_zh_cn
    import typst

    def said(text: str) -> str:
        return text.replace("\\", "\\\\").replace('"', '\\"')

    parts = [
        f'#text(20pt)[#"{said(head)}"]\n\n#par[#"{said(body)}"]'
        for head, body in texts.REPORT_PAGES
    ]
    source = '#set text(font: "Noto Serif SC", size: 14pt, lang: "zh")\n#set document(date: none)\n'
    source += "\n#pagebreak()\n".join(parts)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False,
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
    )  # fmt: skip
    made = typst.Compiler(font_paths=fonts).compile(source.encode(), format="pdf")
    return bytes(made)  # type: ignore[arg-type]


def bomb(size: int = BOMB) -> bytes:
    """A zip of a few megabytes that unpacks to `size` bytes of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone
    packed, crc = first + block * ((size >> 20) - 1) + packer.flush(), 0
    name = b"zeros.txt"
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0)
    entry = struct.pack(
        "<HHHHHHIIIHHHHHII",
        20,
        20,
        0,
        8,
        0,
        33,
        crc,
        len(packed),
        size,
        len(name),
        0,
        0,
        0,
        0,
        0,
        0,
    )
    local, central = b"PK\x03\x04" + head + name + packed, b"PK\x01\x02" + entry + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def _revised(text: str) -> str:
    return (
        text.replace("一千四百六十份", "一千四百八十份")
        .replace("几点发现", "主要发现")
        .replace("顾明远", "顾明远　章怀谷")
    )


def _garbled() -> str:
    """UTF-8 that some program took for GBK, and a text whose characters are lost."""
    wrong = texts.GARBLED.encode().decode("gb18030", errors="replace").replace("\ufffd", "?")
    return f"云川戏曲札记\n\n{wrong}\n老艺人说，锟斤拷锟斤拷是戏班的规矩。真正好?。ā的唱腔，听一遍就忘不了。\n"


def _scan_pdf() -> bytes:
    pages = [
        scanned(printed(texts.SCAN), angle=1.3, noise=6, blur=0.5, seed=3),
        scanned(printed(texts.SCAN_TRADITIONAL, size=32), angle=-0.8, noise=5, seed=4),
    ]
    file = io.BytesIO()
    pages[0].save(file, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return file.getvalue()


def _photo() -> bytes:
    file = io.BytesIO()
    picture = scanned(
        printed(texts.SCAN_TRADITIONAL, size=34), angle=2.1, noise=7, blur=0.6, seed=5
    )
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def _web_page() -> bytes:
    page = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{texts.WEB_TITLE}_云川社科网</title>
<meta name="PubDate" content="2024-06-08 09:30"><meta name="ContentSource" content="云川市社会科学界联合会">
<meta name="keywords" content="古桥,文物保护,志愿服务"><style>p{{color:#333}}</style><script>var hits=1;</script></head>
<body><div class="nav"><a href="/">首页</a> <a href="/xw/">新闻</a> <a href="/kp/">科普</a></div>
<div class="weizhi">当前位置：<a href="/">首页</a> &gt; <a href="/kp/">科普</a></div><h1>{texts.WEB_TITLE}</h1>
<div id="content">{texts.WEB}</div><div class="share">分享到：<a href="#">微博</a></div>
<ul class="related"><li><a href="/1">云川的渡口</a></li><li><a href="/2">云川的城墙</a></li></ul>
<div class="footer">版权所有：云川市社会科学界联合会 云ICP备0000000号</div></body></html>"""
    return page.encode("gb18030")


def _archive() -> bytes:
    """As Chinese Windows packs it: names in GBK, a zip inside, one more broken file."""
    inner = _zip({"讲稿/家训讲稿.txt": _SPEECH.encode("gb18030")})
    return _zip({
        "一九八七年/座谈会发言.txt": _TALK.encode("gb18030"), "一九八七年/讲稿.zip": inner,
        "一九八七年/缺页.docx": b"PK\x03\x04" + bytes(80),
    })  # fmt: skip


def _zip(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1998, 4, 6, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return _with_gbk_names(file.getvalue(), files)


def _with_gbk_names(data: bytes, files: dict[str, bytes]) -> bytes:
    """zipfile writes UTF-8 names and says so; the same lengths in another encoding do not fit, so the
    archive is written anew by hand."""
    out, central = b"", b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in files:
            info, raw = archive.getinfo(name), name.encode("gb18030")
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed = packer.compress(files[name]) + packer.flush()
            sizes = (info.CRC, len(packed), len(files[name]), len(raw))
            local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 9350, *sizes, 0) + raw
            central += (
                b"PK\x01\x02"
                + struct.pack(
                    "<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 9350, *sizes, 0, 0, 0, 0, 0, len(out)
                )
                + raw
            )
            out += local + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(central), len(out), 0)
    return out + central + b"PK\x05\x06" + end


_TALK = """在老城保护座谈会上的发言

章怀谷
　　老城不是一堆旧房子，是一群人过日子的办法。拆一条巷子容易，要把巷口卖豆浆的、巷尾修钟表的再请回来，就难了。我建议先把四条主巷的住户登记清楚，谁愿意留，谁愿意走，走的人房子怎样用，都写在纸上，贴在墙上，让大家看得见。
　　其次，修房子要请本地的泥水匠带徒弟。墙怎样砌、瓦怎样铺，写成册子也不如手把手教一遍。

1987年5月12日
"""
_SPEECH = """家训里的日常生活

主讲人：陆芷兰
　　各位街坊，今天我们不讲大道理，只讲饭桌。我手上这本册子，是桂溪陆氏光绪年间的家训，一共三十六条，倒有九条讲吃饭。为什么？因为一家人一天见面最齐的时候，就是吃饭的时候。规矩在饭桌上立，也在饭桌上传。
"""
