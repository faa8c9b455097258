"""The demonstration: the same every time, by the rules of the ledger, with documents that fit it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
import yaml

from sheke.core.documents import read_document
from sheke.core.errors import BadInput
from sheke.definitions.loading import load_pack
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import indicators, record_types
from sheke.directory.models import Account, Organisation, OrganisationChange, Person
from sheke.ledger.actions import post_records
from sheke.ledger.models import Record
from sheke.library.postings import WORK
from sheke.plans.models import Duty, Plan, Target
from sheke.plans.reading import read_plan
from sheke.reports.models import Report, Slot
from sheke.reports.slots import find_slots
from sheke.reports.sources import read_source_file
from sheke.site.demo import generator, source
from sheke.site.demo.build import build, check_empty, is_built
from sheke.site.demo.evidence import Keeper
from sheke.site.demo.organisations import change_organisations, make_organisations
from sheke.site.demo.people import PASSWORD, make_people
from sheke.site.demo.plans import make_plans
from sheke.site.demo.records import draft_of
from sheke.site.demo.reports import make_reports

pytestmark = pytest.mark.django_db

EARLY = date(2023, 1, 24)
LATE = date(2026, 3, 1)


@pytest.fixture
def pack():
    load_pack(pack=read_pack(pack_folder("federation")))


def test_the_whole_is_built_once(pack):
    """One build for all these questions: it is the slow part."""
    build(lambda _step, _done, _all: None, today=EARLY)
    assert is_built()
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    sizes = ("county_federation", "university_federation", "society", "research_base")
    assert [kinds[kind] for kind in sizes] == [12, 8, 100, 15]
    assert kinds["popularisation_base"] == 25
    assert Person.objects.count() > 300
    printed = [entry["user"] for entry in source.read("people")["accounts"]]
    for account in Account.objects.filter(username__in=printed):
        assert account.check_password(PASSWORD)
    others = Account.objects.exclude(username__in=printed)  # experts, in whose names it acts
    assert others and not any(account.has_usable_password() for account in others)
    assert len(printed) == Account.objects.filter(username__in=printed).count() == 7
    records = Record.objects.all()
    assert len(records) > 100
    assert all(r.happened_on <= min(r.posted_at.date(), EARLY) for r in records)
    with pytest.raises(BadInput, match="SHEKE_VAR"):
        check_empty()


def test_every_record_type_has_a_recipe_and_the_other_way_round(pack):
    of_library = {WORK}  # posted by publishing works
    assert {recipe["type"] for recipe in source.recipes()} == set(record_types()) - of_library


def test_the_same_seed_gives_the_same_records(pack):
    tree = make_organisations(EARLY)
    types = record_types()

    def made():
        return [
            (s.day, s.type, s.organisation.code, s.title, s.amounts, s.fields, len(s.cohosts))
            for s in generator.sketches(tree, types, LATE)
        ]

    first = made()
    assert first == made()
    assert 15_000 < len(first) < 25_000
    assert {day.year for day, *_rest in first} == {2023, 2024, 2025, 2026}
    assert 0.06 < sum(bool(made[-1]) for made in first) / len(first) < 0.1  # are shared
    assert not [title for _d, _t, _o, title, *_rest in first if "{" in title or not title]


def test_organisations_change_at_their_days(pack):
    tree = make_organisations(EARLY)
    change_organisations(tree, LATE)
    renamed = Organisation.objects.get(code="YC-G04")
    assert renamed.short_name == "云川财院社科联"
    assert renamed.changes.count() == 2
    assert OrganisationChange.objects.exclude(reason="").count() == 5
    assert Organisation.objects.exclude(valid_to=None).count() == 2


@pytest.mark.parametrize(("year", "items"), [(2025, 17), (2026, 18)])
@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_work_points_are_read_whole(year, items, kind):
    text = read_document(source.folder() / f"work-points-{year}.{kind}").text
    plan = read_plan(text)
    kinds = Counter(item.kind for item in plan.items)
    assert (plan.year, kinds["chapter"], kinds["item"]) == (year, 5, items)
    assert all(item.text for item in plan.items if item.kind == "item")


def test_every_binding_of_the_summary_finds_its_slot(pack):
    bindings = source.read("summary-2024.bindings")
    found = [slot.text for slot in find_slots(read_source_file(
        source.folder() / "summary-2024.docx").text)]  # fmt: skip
    assert [entry["text"] for entry in bindings] == found
    assert {entry["indicator"] for entry in bindings} <= set(indicators())
    assert len(bindings) >= 60


def test_plans_and_reports_are_made_and_every_figure_is_bound(pack):
    tree = make_organisations(EARLY)
    office = make_people(tree, EARLY)["kezhang"]
    headings = make_plans(tree, office, LATE)
    assert {year: len(those) for year, those in headings.items()} == {2025: 17, 2026: 18}
    wanted = sum(len(entry["targets"]) for entry in source.read("plans"))
    assert Target.objects.count() == wanted
    assert Duty.objects.filter(role="lead").count() == 35
    make_reports(tree, office, LATE)
    assert not Slot.objects.filter(binding="").exists()
    assert [hasattr(r, "snapshot") for r in Report.objects.order_by("first_day")] == [True, False]
    assert Plan.objects.count() == 2


def test_what_must_have_evidence_has_it(pack):
    tree = make_organisations(EARLY)
    office = make_people(tree, EARLY)["kezhang"]
    found = [s for s in generator.sketches(tree, record_types(), LATE) if s.day.year == 2026][:150]
    posted = post_records(drafts=[draft_of(sketch, {}) for sketch in found], by=office)
    Keeper(office, LATE).keep(posted)
    for record in posted:
        if record.edition.record_type.evidence == "required":
            assert record.evidence.count() == 1


def test_the_sources_are_plain_yaml():
    for path in source.folder().rglob("*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
