"""The charts' tables say what the evaluation says."""

from __future__ import annotations

from sheke.calls.scoring import Rules, evaluate
from sheke.calls.scoring.charts import changes_chart, severity_chart, stability_chart

from .simulation import world


def test_charts():
    found = evaluate(world(40, 12, 3, seed=2).scores, rules=Rules(within=10))
    severity = severity_chart(found, {"r3": "三号评审"}, shown=5)
    values = [row.cells[0].value for row in severity.rows]
    assert len(values) == 5
    assert values == sorted(values, reverse=True)
    assert {row.name for row in severity_chart(found, {"r3": "三号评审"}).rows} >= {"三号评审"}
    firm = stability_chart(found, shown=8)
    assert len(firm.rows) == 8
    assert all(0 < row.cells[0].value < 100 for row in firm.rows)
    assert "10" in firm.title
    assert len(changes_chart(found).rows) == len(found.left_out) > 0


def test_without_a_number_to_choose_there_is_nothing_to_draw():
    assert stability_chart(evaluate(world(5, 3, 2, seed=2).scores)).is_empty
