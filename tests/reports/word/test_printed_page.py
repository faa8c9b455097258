"""The standard's page as LibreOffice lays it out: 22 lines of 28 characters."""

import shutil
import subprocess

import pytest

from sheke.reports.word.layout import lay_out_text

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice and poppler are not installed",
)


def test_a_full_page_has_22_lines_of_28_characters(tmp_path):
    body = "".join("甲乙丙丁戊己庚辛壬癸"[n % 10] for n in range(28 * 60))
    document, _ = lay_out_text(f"工作总结\n开头。\n{body}")
    document.save(tmp_path / "page.docx")
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "page.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    read = ["pdftotext", "-f", "2", "-l", "2", "-layout", str(tmp_path / "page.pdf"), "-"]
    text = subprocess.run(read, check=True, capture_output=True, text=True).stdout
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert [len(line) for line in lines[:-1]] == [28] * 22
    assert lines[-1].replace(" ", "") == "—2—"
