"""The page that shows every component once; only while developing or demonstrating."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sheke.core.charts import Cell, Chart, Row

KINDS = [
    ("", "全部"),
    ("lecture", "普及讲座"),
    ("forum", "学术论坛"),
    ("week", "科普宣传周"),
    ("book", "著作"),
]
ROWS = [
    ("“云川讲坛”第118讲：从典籍看治水", "2025-05-20", "云川市社科联", "已入账", "good", 320, False),
    ("青年学者沙龙：县域经济怎么看", "2025-05-18", "青阳县社科联", "待佐证", "warn", 45, False),
    ("社科普及周启动仪式", "2025-05-12", "云川市历史学会", "已更正", "accent", 1260, False),
    ("方言调查成果发布", "2025-05-09", "云川学院社科联", "已冲销", "", 80, True),
]


class Filters(forms.Form):
    q = forms.CharField(label="查找", required=False, widget=forms.SearchInput)
    kind = forms.ChoiceField(label="类型", choices=KINDS, required=False)
    since = forms.DateField(label="从", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput({"type": "date"}))


class Entry(forms.Form):
    title = forms.CharField(label="事由", help_text="写清做了什么，总结时照着读得懂。")
    kind = forms.ChoiceField(label="类型", choices=KINDS)
    about = forms.CharField(label="经过", required=False, widget=forms.Textarea({"rows": 3}))
    level = forms.ChoiceField(
        label="级别", choices=[("city", "市级"), ("county", "县级")], widget=forms.RadioSelect
    )
    public = forms.BooleanField(label="在公开页上显示", required=False)


def design(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    names = ("title", "day", "unit", "state", "tone", "people", "struck")
    page = Paginator(range(400), 20).get_page(request.GET.get("page", 3))
    data = {"title": "", "kind": "lecture", "level": "city"}
    return render(
        request,
        "site/design.html",
        {
            "form": Filters(request.GET or None, auto_id="filter_%s"),
            "entry": Entry(data),
            "rows": [dict(zip(names, row, strict=True)) for row in ROWS],
            "page": page,
            "chart": chart(),
            "no_chart": Chart("各月立项", "bar", "月份", ["项"]),
            "spark": [3, 5, 4, 8, 12, 9, 15, 14, 18, 17, 21, 24],
        },
    )


def chart() -> Chart:
    """Lectures a month, this year and last."""
    months = [(31, 24), (18, 15), (42, 30), (57, 44), (88, 61)]
    rows = [Row(f"{n}月", [Cell(now), Cell(then)]) for n, (now, then) in enumerate(months, 1)]
    return Chart("各月讲座", "bar", "月份", ["今年", "去年"], rows, unit="场")
