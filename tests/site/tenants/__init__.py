"""A federation with two societies, everybody who may sign in, and one of everything that is B's."""

from __future__ import annotations

from tests import factories
from tests.site.tenants import calls, ledger, library, people
from tests.site.tenants.made import Tenants, words


def tenants() -> Tenants:
    city = factories.organisation(name="云川市社科联", kind="federation", code="city")
    a = factories.organisation(city, name="甲学会", code="A")
    b = factories.organisation(city, name="乙学会", code="B")
    lecture = factories.lecture_type()
    factories.indicator("lectures_held")
    record = factories.record(lecture, b, title="乙的讲座", amounts={"attendance": "30"})
    made = Tenants(city, a, b, record, objects=words())
    people.add_people(made)
    people.add_invitation(made)
    ledger.add_ledger(made, lecture)
    ledger.add_plan(made)
    ledger.add_meetings(made)
    people.add_notices(made)
    ledger.add_reports(made)
    ledger.add_returns(made)
    library.add_library(made)
    calls.add_calls(made)
    calls.add_applying(made)
    calls.add_panel(made)
    calls.add_reviewing(made)
    calls.add_deciding(made)
    calls.add_projects(made)
    people.add_jobs(made)
    people.add_token(made)
    return made
