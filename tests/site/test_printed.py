"""What is printed once for the same values: never for others, never for another language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sheke.site import printed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.text()
    | st.text().map(mark_safe) | st.dates(),
    lambda inside: st.lists(inside, max_size=3),
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_printed():
    printed.forget()


def show(text: str, **values: object) -> str:
    return Template(text).render(Context(values))


ROW = "{% load i18n %}{% kept name=name day=day %}{{ name }} {{ day|date:'Y-m-d' }} {% trans 'Title' %}{% endkept %}"


def test_a_row_is_printed_once_for_the_same_values(monkeypatch):
    asked = []
    template = Template(ROW)
    monkeypatch.setattr(printed, "_texts", kept := {})
    for _n in range(3):
        asked.append(template.render(Context({"name": "讲座", "day": date(2026, 3, 5)})))
    assert len(set(asked)) == 1 and len(kept) == 1
    assert "讲座 2026-03-05 标题" in asked[0]


def test_each_language_has_its_own():
    assert "标题" in show(ROW, name="a", day=None)
    with override("en"):
        assert "Title" in show(ROW, name="a", day=None)


def test_other_values_print_another():
    assert show(ROW, name="a", day=None) != show(ROW, name="b", day=None)


def test_what_is_not_named_is_not_seen():
    assert (
        show("{% kept name=name %}{{ name }}{{ secret }}{% endkept %}", name="a", secret="b") == "a"
    )


def test_markup_is_escaped_as_elsewhere():
    text = "{% kept name=name %}{{ name }}{% endkept %}"
    assert show(text, name="<b>") == "&lt;b&gt;"
    assert show(text, name=mark_safe("<b>")) == "<b>"


def test_only_named_values_are_taken():
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        Template("{% kept name %}{% endkept %}")


def test_what_may_change_goes_as_its_text():
    class Thing:
        words = "before"

        def __str__(self) -> str:
            return self.words

    text, thing = "{% kept thing=thing %}{{ thing }}{{ thing.words }}{% endkept %}", Thing()
    assert show(text, thing=thing) == "before"
    thing.words = "after"
    assert show(text, thing=thing) == "after"


@given(VALUES, VALUES)
def test_equal_keys_mean_that_the_same_is_printed(one, other):
    text = "{{ value }}"
    (key, value), (other_key, other_value) = printed.plain(one), printed.plain(other)
    if key == other_key:
        assert show(text, value=value) == show(text, value=other_value)


def test_numbers_that_are_equal_and_print_otherwise_are_told_apart():
    values = [1, True, Decimal("1.0"), Decimal("1.00"), 1.0, "1"]
    assert len({printed.plain(value)[0] for value in values}) == len(values)
