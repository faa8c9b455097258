"""What the library posts is what a report prints: works by level, instructions and adoptions."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from sheke.definitions.packs import pack_folder, read_pack
from sheke.ledger.models import Record
from sheke.library import actions
from sheke.library.models import Adoption, Work
from sheke.reports.actions.reports import fill_report
from sheke.reports.queries import report_figures
from tests import factories as people
from tests.reports.worlds import make_template

from . import factories
from .test_works import adopt

INDICATORS = ("library_works", "library_works_higher", "adoptions", "instructions")
LINES = [
    "全年收录成果{library_works:5项}，其中省级以上{library_works_higher:2项}。",
    "获批示采纳{adoptions:4次}，其中领导批示{instructions:1次}。",
]


@pytest.fixture
def template(city, counted):
    for item in read_pack(pack_folder("federation")).items:
        if item.kind == "indicator" and item.schema.key in INDICATORS:
            data = item.schema.model_dump(mode="json", exclude_defaults=True)
            people.definition("indicator", data)
    slots = {key: {"binding": "indicator", "indicator": key} for key in INDICATORS}
    return make_template(city, LINES, slots, word=False)


def figures(template, city):
    year = timezone.localdate().year
    period = (date(year, 1, 1), date(year, 12, 31))
    report = fill_report(template=template, organisation=city, period=period, by=None)
    return {one.slot.key: one.rows for one in report_figures(report)}


def test_a_report_counts_works_by_level_and_what_was_taken_up(template, city, society):
    told = (("甲", "national"), ("乙", "provincial"), ("丙", "municipal"), ("丁", ""))
    works = [factories.work(society, title, level=level) for title, level in told]
    old = factories.work(city, "戊", level="provincial")
    actions.publish_works(works=works, by=None)
    actions.publish_works(works=[old], by=None, counted=False)
    adopt(works[1])
    adopt(works[2], kind="adopted", adopter="市民政局")
    assert figures(template, city) == {
        "library_works": 3, "library_works_higher": 2, "adoptions": 2, "instructions": 1,
    }  # fmt: skip
    actions.withdraw_work(work=Work.objects.get(title="甲"), reason="版权", by=None)
    adoption = Adoption.objects.get(kind="instruction")
    actions.withdraw_adoption(adoption=adoption, reason="录错", by=None)
    assert figures(template, city) == {
        "library_works": 2, "library_works_higher": 1, "adoptions": 1, "instructions": 0,
    }  # fmt: skip
    assert set(Record.objects.filter(reversal=None).values_list("title", flat=True)) == {
        "乙", "丙", "《丙》：市民政局",
    }  # fmt: skip
