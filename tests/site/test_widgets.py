"""The list of choices is printed as Django itself does."""

from __future__ import annotations

import re

from django import forms
from django.forms.renderers import DjangoTemplates

CHOICES = [("", "全部"), ("a&b", "<甲>"), ("组", [("c", "丙"), (4, "四")])]


class Asked(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, initial=4)
    several = forms.MultipleChoiceField(choices=CHOICES, initial=["c", "a&b"], required=False)


def test_choices_are_printed_as_django_does():
    ours, djangos = Asked(), Asked(renderer=DjangoTemplates())
    for name in ("one", "several"):
        printed, expected = (re.sub(r"\s+", " ", str(form[name])) for form in (ours, djangos))
        assert printed == expected
        assert " selected>" in printed and "&lt;甲&gt;" in printed
