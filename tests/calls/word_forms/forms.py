"""Application forms as offices draw them; the words are of no real form."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

TOPIC = "边疆多民族地区\n乡村公共文化空间研究"
GROUNDS = "国内外研究现状……\n1. 已有研究重城市。\n2. 缺少比较。"


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fill(table: docx.table.Table, rows: list[list[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def wide() -> bytes:
    """A data sheet of merged cells: pairs side by side, a people table under a tall label, boxes."""
    document = docx.Document()
    document.add_heading("社会科学规划课题申请书", 0)
    table = document.add_table(11, 6)
    table.cell(0, 1).merge(table.cell(0, 5)).text = TOPIC
    table.cell(0, 0).text = "课 题 名 称"
    table.cell(1, 1).merge(table.cell(1, 5)).text = "□基础研究　☑应用研究　□综合研究"
    table.cell(1, 0).text = "研究类型"
    fill_row(table, 2, ["负责人姓名", "何 清 源", "性别", "女", "出生日期", "1984年11月"])
    fill_row(table, 3, ["专业职称", "副教授", "行政职务", "", "最后学位", "博士"])
    table.cell(4, 1).merge(table.cell(4, 3)).text = "澄江师范大学文学院"
    fill_row(table, 4, ["工作单位", None, None, None, "联系电话", "13700001234"])
    tall = table.cell(5, 0).merge(table.cell(8, 0))
    tall.text = "课\n题\n组\n成\n员"
    fill_row(table, 5, [None, "姓名", "出生年月", "职称", "学位", "工作单位"])
    fill_row(table, 6, [None, "白一舟", "1990.03", "讲师", "博士", "澄江师范大学"])
    fill_row(table, 7, [None, "罗 敏", "一九八八年七月", "研究员", "硕士", "石川社科院"])
    fill_row(table, 8, [None, "", "", "", "", ""])
    table.cell(9, 1).merge(
        table.cell(9, 5)
    ).text = "A.专著　　B.论文（√）　C.研究报告（√）　D.其他（ ）"
    table.cell(9, 0).text = "预期成果"
    fill_row(
        table,
        10,
        ["申请经费（单位：万元）", "5.5", "计划完成时间", "2027 年 6 月 30 日", "字数", "20万字"],
    )
    document.add_paragraph("一、选题依据")
    for line in GROUNDS.split("\n"):
        document.add_paragraph(line)
    document.add_paragraph("二、研究内容（限4000字）")
    document.add_paragraph("（一）研究对象")
    document.add_paragraph("公共文化空间。")
    document.add_paragraph("三、经费预算")
    return saved(document)


def fill_row(table: docx.table.Table, row: int, texts: list[str | None]) -> None:
    for column, text in enumerate(texts):
        if text is not None:
            table.cell(row, column).text = text


def cover_and_boxes() -> bytes:
    """A cover of lines “label：value”, sections in single cells, boxes of three makes, a nested table."""
    document = docx.Document()
    document.add_paragraph("项目名称： 数字时代的县域阅读   ")
    document.add_paragraph("申 报 人：乔雨    所在单位：石川学院")
    document.add_paragraph("填报日期：二〇二六年四月十五日")
    table = document.add_table(4, 2)
    table.cell(0, 0).text = "申报类别"
    cell = table.cell(0, 1)
    cell.paragraphs[0].add_run("R").font.name = "Wingdings 2"
    cell.paragraphs[0].add_run("一般项目  ")
    cell.paragraphs[0].add_run("£").font.name = "Wingdings 2"
    cell.paragraphs[0].add_run("青年项目")
    table.cell(1, 0).text = "是否跨学科"
    table.cell(1, 1).paragraphs[0]._p.extend(_boxes())
    table.cell(2, 0).merge(
        table.cell(2, 1)
    ).text = "项目论证（不超过3000字）\n本项目研究县域阅读。\n方法是调查。"
    table.cell(3, 0).text = "项目组成员"
    inner = table.cell(3, 1).add_table(2, 3)
    fill(inner, [["姓名", "单位", "分工"], ["丁可", "石川学院", "调查"]])
    return saved(document)


def _boxes() -> list[object]:
    word14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    control = (
        f'<w:sdt {nsdecls("w")} {word14}><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/>'
        "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
    )
    field = (
        f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        "</w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    run = f"<w:r {nsdecls('w')}><w:t>{{}}</w:t></w:r>"
    code = f"<w:r {nsdecls('w')}><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    end = f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'
    pieces = (control, run.format("是 "), field, code, end, run.format("否"))
    return [parse_xml(piece) for piece in pieces]


def unseen() -> bytes:
    """A layout of another kind: labels above values, tracked changes, a table inside a control, symbols."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(12)
    table = document.add_table(7, 3)
    fill_row(table, 0, ["*课题名称(中文)", "1.项目负责人（第一申请人）", "2. 申请额度"])
    fill_row(table, 1, ["山地旅游共同体", "苏见微", "人民币捌万元整"])
    table.cell(2, 0).merge(table.cell(2, 2)).text = "主要参加者（不含负责人）"
    fill_row(table, 3, ["姓 名", "年龄", "职称/职务"])
    fill_row(table, 4, ["万里", "35", "讲师/系主任"])
    fill_row(table, 5, ["沈青禾", "41", "教授"])
    table.cell(6, 0).text = "成果形式"
    paragraph = table.cell(6, 1).merge(table.cell(6, 2)).paragraphs[0]
    for code, word in (("F0FE", "研究报告"), ("F0A8", "专著")):
        run = parse_xml(
            f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="{code}"/><w:t>{word}；</w:t></w:r>'
        )
        paragraph._p.append(run)
    body = document.element.body
    wrapped = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    body.insert(0, wrapped)
    wrapped.find(qn("w:sdtContent")).append(table._tbl)
    document.add_heading("课题设计论证", 1)
    document.add_paragraph("论证第一段。")
    document.add_heading("研究基础", 1)
    document.add_paragraph("基础段落。")
    return saved(document)
