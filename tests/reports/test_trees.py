from datetime import date

import pytest

from sheke.definitions.models import Edition
from sheke.directory.actions import move_organisation
from sheke.indicators.questions import Question
from sheke.reports.trees import Trees
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 1)


@pytest.fixture
def city():
    factories.lecture_type()
    factories.indicator()
    return factories.organisation(kind="federation")


def hash_of(organisation, **fields):
    edition = Edition.objects.filter(definition__kind="indicator").get()
    return Trees().hash_of(Question(edition, organisation, DAY, DAY, **fields))


def test_a_new_society_moves_the_hashes_that_cover_it(city):
    before = {kinds: hash_of(city, kinds=kinds) for kinds in ((), ("society",), ("office",))}
    alone = hash_of(city, own=True)
    factories.organisation(parent=city, kind="society")
    assert hash_of(city) != before[()]
    assert hash_of(city, kinds=("society",)) != before[("society",)]
    assert hash_of(city, kinds=("office",)) == before[("office",)]
    assert hash_of(city, own=True) == alone


def test_moving_the_scope_as_a_whole_changes_nothing_below_it(city):
    county = factories.organisation(parent=city)
    factories.organisation(parent=county)
    before = hash_of(county)
    move_organisation(organisation=county, parent=None, since=DAY, reason="划转", by=None)
    county.refresh_from_db()
    assert hash_of(county) == before
