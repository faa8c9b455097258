"""The tags of the design system."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from sheke.directory.models import Organisation
from tests import factories


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "text"),
    [(52347, "52,347"), (Decimal("3.50"), "3.5"), (Decimal("100.00"), "100"), (100, "100"),
     (0, "0"), ("84448", "84,448"), (-1234.5, "-1,234.5"), (None, "—"), ("", "—")],
)  # fmt: skip
def test_numbers(value: object, text: str) -> None:
    assert rendered("{{ value|number }}", value=value) == text


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("zh-hans", date(2025, 3, 5), "3月5日"),
        ("zh-hans", date(2023, 3, 5), "2023年3月5日"),
        ("en", date(2025, 3, 5), "5 March"),
        ("en", date(2023, 3, 5), "5 March 2023"),
        ("zh-hans", None, "—"),
    ],
)
@time_machine.travel("2025-06-30")
def test_days(language: str, value: date | None, text: str) -> None:
    with override(language):
        assert rendered("{{ value|day }}", value=value) == text


def test_a_quantity_without_a_value_has_no_measure_word() -> None:
    assert "人次" in rendered("{% quantity 3 '人次' %}")
    assert "人次" not in rendered("{% quantity value '人次' %}", value=None)


def test_an_icon_decorates_or_speaks() -> None:
    assert 'aria-hidden="true"' in rendered("{% icon 'lock' %}")
    assert 'aria-label="已冻结"' in rendered("{% icon 'lock' '已冻结' %}")


class Form(forms.Form):
    title = forms.CharField(help_text="写清楚")
    level = forms.ChoiceField(choices=[("a", "市级")], widget=forms.RadioSelect)
    note = forms.CharField(required=False, widget=forms.Textarea({"class": "tall"}))


def test_a_field_ties_its_help_and_errors_to_the_control() -> None:
    html = rendered("{% field form.title placeholder='例' data_x='1' %}", form=Form({}))
    assert 'aria-describedby="id_title-help id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title-help"' in html
    assert 'id="id_title-error"' in html
    assert 'data-x="1"' in html
    assert 'class="input"' in html


def test_the_keyboard_goes_to_the_first_wrong_field_that_is_printed() -> None:
    source = "{% field form.note autofocus=True %}{% field form.title %}"
    for form, wanted in ((Form(), "note"), (Form({"note": "x"}), "title")):
        html = rendered(source, form=form)
        controls = re.findall(r"<(?:input|textarea)[^>]*autofocus[^>]*>", html)
        assert [f'name="{wanted}"' in one for one in controls] == [True], wanted


def test_a_field_keeps_the_classes_of_its_widget() -> None:
    assert 'class="textarea tall"' in rendered("{% field form.note %}", form=Form())


def test_a_help_that_is_left_out_is_not_pointed_at() -> None:
    assert "aria-describedby" not in rendered("{% field form.title help='' %}", form=Form())


def test_choices_are_a_named_group() -> None:
    html = rendered("{% field form.level %}", form=Form())
    assert 'role="group" aria-labelledby="id_level-label"' in html
    assert html.count("<label") == 1


@pytest.mark.django_db
def test_a_remote_combobox_carries_only_what_is_chosen(django_assert_num_queries) -> None:
    chosen = factories.organisation(name="云川市历史学会")
    factories.organisation(name="云川市经济学会")

    class Choice(forms.Form):
        unit = forms.ModelChoiceField(Organisation.objects.all())

    form = Choice(initial={"unit": chosen.pk})
    with django_assert_num_queries(1):
        html = rendered("{% field form.unit remote='/options/' %}", form=form)
    assert "云川市历史学会" in html
    assert "云川市经济学会" not in html
    assert 'data-combobox-url-value="/options/"' in html
    assert 'name="unit"' in html


def test_the_pager_keeps_the_filters() -> None:
    page = Paginator(range(500), 20).page(7)
    request = RequestFactory().get("/ledger/", {"q": "讲座", "page": "7"})
    html = rendered("{% include 'ui/pager.html' %}", page=page, request=request)
    assert "?q=%E8%AE%B2%E5%BA%A7&amp;page=8" in html
    assert "第 121–140 条，共 500 条" in html


def test_a_single_page_needs_no_pager() -> None:
    page = Paginator(range(3), 20).page(1)
    assert rendered("{% include 'ui/pager.html' %}", page=page).strip() == ""


def test_a_line_of_one_value_is_not_drawn() -> None:
    assert "<svg" not in rendered("{% sparkline values '每月' %}", values=[3])
    assert "100.0,2.0" in rendered("{% sparkline values '每月' %}", values=[0, 3])


def test_crumbs_end_with_this_page() -> None:
    html = rendered("{% crumbs '要点' '/plans/' '第一章' %}")
    assert '<a href="/plans/">要点</a>' in html
    assert '<span aria-current="page">第一章</span>' in html
