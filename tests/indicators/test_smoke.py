import datetime

import pytest

from sheke.indicators.evaluation import evaluate, record_refs, records_behind
from sheke.indicators.questions import Question
from tests import factories

pytestmark = pytest.mark.django_db


def test_smoke():
    root = factories.organisation(kind="federation")
    a, b = factories.organisation(root), factories.organisation(root)
    lecture = factories.lecture_type()
    factories.record(lecture, a, cohosts=(b,), amounts={"attendance": 120})
    factories.record(lecture, b, amounts={"attendance": 30}, attributes={"level": "市级"})
    count = factories.indicator()
    people = factories.indicator("people", aggregate="sum", measure="attendance")
    orgs = factories.indicator("orgs", aggregate="distinct", distinct="organisation")
    levels = factories.indicator("levels", aggregate="distinct", distinct="level")
    avg = factories.indicator("avg", aggregate="average", measure="attendance")
    share = factories.indicator(
        "share", aggregate="share", of=[{"field": "level", "value": "city"}]
    )
    ratio = factories.indicator(
        "per", aggregate="ratio", numerator="people", denominator="lectures_held"
    )

    def q(e, o):
        return Question(e, o, datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))

    for o, vals in (
        (root, (2, 150, 2, 1, 75, 50, 75)),
        (b, (2, 150, 1, 1, 75, 50, 75)),
        (a, (1, 120, 1, 0, 120, 0, 120)),
    ):
        got = tuple(
            int(evaluate(q(e, o)).value) for e in (count, people, orgs, levels, avg, share, ratio)
        )
        assert got == vals
    assert len(record_refs(q(ratio, root))) == 2
    assert records_behind(q(count, a)).count() == 1
