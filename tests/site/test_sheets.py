"""The table beside a chart as a workbook."""

from __future__ import annotations

import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    client.force_login(factories.account(factories.organisation()))
    return lambda body: client.post(reverse("site:sheet"), body, content_type="application/json")


def test_what_is_shown_comes_back_as_a_workbook(send):
    table = {
        "title": "讲座/月",
        "columns": ["月份", "今年"],
        "rows": [["1月", 3], ["2月", None], ["=1+1", 2.5]],
    }
    answer = send(json.dumps(table))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[1] for row in rows] == [3, None, 2.5]
    assert rows[2][0].endswith("=1+1")
    assert sheet.cell(4, 1).data_type == "s"  # a text, not a formula
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{", "null", '{"title": 1, "columns": ["a"], "rows": []}',
        '{"title": "x", "columns": [], "rows": []}', '{"title": "x", "columns": ["a"], "rows": [[1, 2]]}',
        '{"title": "x", "columns": ["a"], "rows": [[{"b": 1}]]}', '{"title": "x", "columns": ["a"], "rows": 3}',
        '{"title": "x", "columns": ["a"], "rows": [[NaN]]}',
        "[" * 100_000, '{"title": "' + "x" * 600_000 + '"}',
    ],
)  # fmt: skip
def test_anything_else_is_refused(send, body):
    assert send(body).status_code == 400
