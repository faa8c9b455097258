"""Files to be saved keep their names in any script, and break no header."""

from __future__ import annotations

from email.message import Message
from urllib.parse import quote

import pytest

from sheke.core.attachments import DOCX, XLSX, attachment


def test_a_workbook_is_saved_under_its_name() -> None:
    answer = attachment(b"data", "calls.xlsx")
    assert (answer["Content-Type"], answer.content) == (XLSX, b"data")
    assert answer["Content-Disposition"] == 'attachment; filename="calls.xlsx"'


def test_a_chinese_name_is_kept() -> None:
    answer = attachment(b"", "云川年度要点.docx", DOCX)
    assert answer["Content-Type"] == DOCX
    assert quote("云川年度要点.docx") in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ['a"; filename="b.xlsx', "a\r\nSet-Cookie: b=1.xlsx"])
def test_a_name_stays_a_name(name: str) -> None:
    header = attachment(b"", name)["Content-Disposition"]
    assert "\n" not in header
    read = Message()
    read["Content-Disposition"] = header
    assert read.get_content_disposition() == "attachment"
    assert read.get_filename() == name
