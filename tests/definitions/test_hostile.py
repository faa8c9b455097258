"""What an editor may be given by mistake or ill will: it says what is wrong and nothing breaks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sheke.core.errors import BadInput
from sheke.definitions.actions import publish_edition
from sheke.definitions.drafts import typed
from sheke.definitions.schemas import Measure
from tests import factories

pytestmark = pytest.mark.django_db
UNFOLDING = "a: &a [1,1]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)  # fmt: skip


@pytest.fixture
def publisher(client):
    city = factories.organisation(kind="federation")
    client.force_login(factories.account(city, "administrator"))
    factories.lecture_type()
    return client


@pytest.mark.parametrize(
    "text",
    [
        UNFOLDING,
        "[" * 20_000,
        "{a: " * 5000,
        "name: 2025-13-45",
        "places: " + "9" * 5000,
        "!!python/object/apply:os.system ['true']",
        "name: 一\x00二",
        "- - - -",
        "? [a]\n: b",
        "<<: 1",
    ],
    ids=lambda text: text[:12],
)
def test_yaml_that_is_no_definition(publisher, text: str) -> None:
    answer = publisher.post(reverse("definitions:yaml_new", args=["indicator"]), {"text": text})
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("value", ["1e999999999", "Infinity", "NaN", "-1e400"])
def test_a_number_beyond_all_bounds_stays_text(value: str) -> None:
    measure = Measure(key="a", name="甲", unit="个")  # type: ignore[arg-type]
    assert typed(value, measure) == value


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "attendance", "op": "gte", "value": "许多"},
        {"field": "attendance", "op": "eq", "value": 10**30},
        {"field": "attendance", "op": "in", "value": [1, True]},
        {"field": "hours", "op": "lte", "value": "两"},
        {"field": "hours", "op": "gte", "value": float("nan")},
    ],
)
def test_an_amount_is_compared_with_a_number(condition) -> None:
    """Else every page that counts the indicator would fail."""
    factories.lecture_type()
    factories.definition("group", {"key": "popularisation", "name": {"zh": "普及"}})
    data = {
        "name": "大讲座", "unit": "场", "group": "popularisation", "definition": "人多的讲座",
        "aggregate": "count", "types": ["lecture"], "where": [condition],
    }  # fmt: skip
    with pytest.raises(BadInput, match=condition["field"]):
        publish_edition(kind="indicator", key="large", data=data, by=None)
    data["where"] = [condition | {"op": "gte", "value": 100}]
    assert publish_edition(kind="indicator", key="large", data=data, by=None).number == 1
