"""`sheke library cite`."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from tests.library import factories

pytestmark = pytest.mark.django_db


def test_works_are_cited_in_the_order_in_which_they_are_named(capsys, society) -> None:
    first = factories.work(society, "甲篇", public=True)
    second = factories.work(society, "乙篇", public=True)
    call_command(
        "library", "cite", second.link.name.upper(), f"https://x.example/id/{first.link.name}"
    )
    assert capsys.readouterr().out.splitlines() == [
        "[1] 林溪. 乙篇[J]. 2024.",
        "[2] 林溪. 甲篇[J]. 2024.",
    ]
    call_command("library", "cite", str(first.pk), "--style", "bibtex", "--json")
    [row] = json.loads(capsys.readouterr().out)
    assert row["key"] == f"sheke-{first.pk}" and row["text"].startswith("@article{")


def test_nothing_is_printed_when_one_is_unknown(capsys, society) -> None:
    work = factories.work(society)
    with pytest.raises(BadInput, match="99999"):
        call_command("library", "cite", str(work.pk), "99999")
    with pytest.raises(BadInput, match="apa"):
        call_command("library", "cite", str(work.pk), "--style", "apa")
    assert capsys.readouterr().out == ""
