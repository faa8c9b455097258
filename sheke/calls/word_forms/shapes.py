"""What is read from a form, and what a form's definition asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# Columns of a table of people: our key and the headings that forms use.
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "成员姓名", "参加者姓名", "参与者姓名", "作者姓名", "主要成员姓名"),
    "gender": ("性别",),
    "born": ("出生年月", "出生日期", "出生年月日"),
    "age": ("年龄",),
    "title": (
        "职称",
        "专业职称",
        "专业技术职务",
        "职称/职务",
        "专业职务",
        "职称职务",
        "专业技术职称",
    ),
    "post": ("职务", "行政职务"),
    "organisation": ("单位", "工作单位", "所在单位", "工作单位及部门", "单位及职务"),
    "education": ("学历", "最后学历", "学历学位", "文化程度"),
    "degree": ("学位", "最后学位"),
    "speciality": ("专业", "研究专长", "研究领域", "从事专业", "学科专业", "研究方向"),
    "duty": ("分工", "任务分工", "承担任务", "项目分工", "课题分工", "本人承担任务"),
    "phone": ("电话", "联系电话", "手机", "手机号码", "联系方式"),
    "mail": ("邮箱", "电子邮箱", "电子信箱", "e-mail", "email"),
    "identity_number": ("身份证号", "身份证号码", "证件号码"),
    "signature": ("签名", "本人签名", "签字", "签章"),
}

# Columns that are known but not taken over: identity numbers are not kept anywhere.
NOT_KEPT = {"identity_number", "signature"}


@dataclass(frozen=True)
class Spot:
    """Where a label stands: table (“2”, “2.1” for one inside it), row and column from 1; or a line."""

    table: str = ""
    row: int = 0
    column: int = 0
    line: int = 0

    @property
    def label(self) -> str:
        """The place in words."""
        if not self.table:
            return _("line %(line)s of the text") % {"line": self.line}
        return _("table %(table)s, row %(row)s, cell %(column)s") % {
            "table": self.table, "row": self.row, "column": self.column,
        }  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A label and the value that stands with it; `group` is the label over several labels.

    how: right, below, inline (“label: value”), within (first line and the rest of a cell), section
    (heading and text), rows (a table with headings: then `rows` holds heading → text for each row).
    """

    label: str
    value: str
    place: Spot
    how: str
    group: str = ""
    rows: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Field:
    """A field that is sought: its labels as forms write them, and its kind.

    kind: text, date, amount, choice, people, table. choices: the texts of a choice. columns: of a table,
    key → headings; people have theirs.
    """

    key: str
    labels: tuple[str, ...]
    kind: str = "text"
    choices: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
