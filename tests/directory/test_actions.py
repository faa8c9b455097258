"""Verbs of the directory: what they write, and what they refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.directory import actions
from sheke.directory.history import state_at, steps
from sheke.directory.models import Account, Organisation, Person, Tenure
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-03-01T10:00:00+08:00")


def test_an_organisation_gets_its_path_and_its_first_state():
    root = organisation(kind="federation", valid_from=date(1990, 1, 1))
    below = organisation(root)
    assert below.path == root.path + str(below.pk).zfill(6)
    assert [s.since for s in steps(root)] == [date(1990, 1, 1)]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"code": "有汉字"}, "code"),
        ({"name": ""}, "name"),
        ({"kind": "club"}, "kind"),
        ({"valid_from": date(2025, 1, 2), "valid_to": date(2025, 1, 1)}, "organisation_ends"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(fields, word):
    with pytest.raises(BadInput) as error:
        organisation(**fields)
    assert str(error.value)
    assert not Organisation.objects.exists()


def test_a_code_is_given_once():
    organisation(code="A1")
    with pytest.raises(BadInput):
        organisation(code="A1")


def test_renaming_keeps_the_old_name():
    subject = organisation(name="旧名", valid_from=date(2000, 1, 1))
    actions.rename_organisation(
        organisation=subject, name="新名", short_name="", since=date(2024, 5, 1), reason="更名",
        by=None,
    )  # fmt: skip
    assert state_at(subject, date(2024, 4, 30)).name == "旧名"
    assert state_at(subject, date(2024, 5, 1)).name == "新名"
    latest = steps(subject)[0]
    assert (latest.renamed, latest.moved, latest.new.reason) == (True, False, "更名")


def test_the_past_is_not_rewritten_and_the_future_not_foretold():
    subject = organisation(valid_from=date(2000, 1, 1))
    names = {"short_name": "", "reason": "x", "by": None, "organisation": subject}
    actions.rename_organisation(name="二", since=date(2024, 5, 1), **names)
    with pytest.raises(BadInput):
        actions.rename_organisation(name="三", since=date(2024, 4, 30), **names)
    with pytest.raises(BadInput):
        actions.rename_organisation(name="三", since=TODAY + timedelta(days=1), **names)
    with pytest.raises(BadInput):
        actions.rename_organisation(name="二", since=TODAY, **names)


def test_moving_takes_along_what_lies_below():
    root = organisation(kind="federation")
    county, other = organisation(root), organisation(root)
    leaf = organisation(county)
    actions.move_organisation(
        organisation=county, parent=other, since=TODAY, reason="调整", by=None
    )
    leaf.refresh_from_db()
    county.refresh_from_db()
    assert county.path.startswith(other.path)
    assert leaf.path.startswith(county.path)
    assert steps(county)[0].moved


def test_nothing_moves_below_itself():
    root = organisation()
    leaf = organisation(organisation(root))
    for parent in (root, leaf):
        with pytest.raises(BadInput):
            actions.move_organisation(
                organisation=root, parent=parent, since=TODAY, reason="x", by=None
            )


def test_a_stale_object_moves_from_where_it_really_is():
    """Two people have the same page open; the second move must not write paths of the past."""
    root = organisation()
    a, b, c = (organisation(root) for _n in range(3))
    stale = Organisation.objects.get(pk=a.pk)
    actions.move_organisation(organisation=a, parent=b, since=TODAY, reason="x", by=None)
    actions.move_organisation(organisation=stale, parent=c, since=TODAY, reason="x", by=None)
    a.refresh_from_db()
    assert a.path.startswith(c.path)


def test_the_tree_is_not_deeper_than_paths_reach():
    parent = None
    for _level in range(12):
        parent = organisation(parent)
    with pytest.raises(BadInput):
        organisation(parent)


def test_ending_ends_tenures_and_waits_for_what_lies_below():
    root = organisation()
    below = organisation(root)
    person = Person.objects.create(name="某人")
    tenure = actions.give_tenure(person=person, organisation=root, role="staff", by=None)
    day = date(2026, 2, 1)
    with pytest.raises(BadInput):
        actions.end_organisation(organisation=root, last_day=day, reason="撤并", by=None)
    actions.end_organisation(organisation=below, last_day=day, reason="撤并", by=None)
    actions.end_organisation(organisation=root, last_day=day, reason="撤并", by=None)
    tenure.refresh_from_db()
    assert tenure.until == day
    assert not Organisation.objects.at(TODAY).exists()
    actions.reopen_organisation(organisation=root, reason="误操作", by=None)
    assert Organisation.objects.at(TODAY).get() == root


def test_correcting_the_founding_day_corrects_the_history():
    subject = organisation(valid_from=date(2001, 1, 1))
    actions.correct_organisation(organisation=subject, valid_from=date(1999, 1, 1), by=None)
    assert steps(subject)[-1].since == date(1999, 1, 1)


def test_a_role_is_held_once_at_a_time():
    person, of = Person.objects.create(name="某人"), organisation()
    given = {"person": person, "organisation": of, "role": "leader", "by": None}
    actions.give_tenure(since=date(2020, 1, 1), until=date(2022, 1, 1), **given)
    actions.give_tenure(since=date(2022, 1, 2), **given)
    with pytest.raises(BadInput):
        actions.give_tenure(since=date(2025, 1, 1), **given)
    with pytest.raises(BadInput):
        actions.give_tenure(since=date(2019, 1, 1), until=date(2018, 1, 1), **given)
    assert Tenure.objects.count() == 2


def test_a_change_of_a_person_names_fields_not_values():
    person = actions.create_person(name="某人", phone="1", by=None)
    actions.change_person(person=person, name="某人", phone="13800001234", code="", by=None)
    event = AuditEvent.objects.get(verb="person.change")
    assert event.data == {"fields": ["phone"]}
    assert "13800001234" not in str(event.data)


def test_one_time_passwords_are_strong_and_differ():
    made = {actions.one_time_password() for _n in range(50)}
    assert len(made) == 50
    assert all(len(password) == 14 for password in made)


def test_an_account_is_made_with_a_strong_password_once_per_person():
    person = Person.objects.create(name="某人")
    with pytest.raises(BadInput):
        actions.create_account(username="a", person=person, password="123", by=None)
    made = actions.create_account(username="a", person=person, password="k7mp-x2rq-9hda", by=None)
    assert made.check_password("k7mp-x2rq-9hda")
    for name, whose in (("a", None), ("b", person)):
        with pytest.raises(BadInput):
            actions.create_account(username=name, person=whose, password="k7mp-x2rq-9hda", by=None)


def test_nobody_switches_off_themselves():
    mine = account(organisation())
    with pytest.raises(BadInput):
        actions.deactivate_account(account=mine, by=mine)
    other = account(organisation())
    actions.deactivate_account(account=other, by=mine)
    assert not Account.objects.get(pk=other.pk).is_active
    actions.activate_account(account=other, by=mine)
    assert Account.objects.get(pk=other.pk).is_active


def test_every_write_leaves_an_audit_event():
    by = account(organisation())
    subject = actions.create_organisation(
        parent=None, by=by, code="X", name="甲", kind="society", valid_from=date(2020, 1, 1)
    )
    actions.rename_organisation(
        organisation=subject, name="乙", short_name="", since=timezone.localdate(), reason="r",
        by=by,
    )  # fmt: skip
    verbs = list(
        AuditEvent.objects.filter(actor_id=by.pk).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["organisation.create", "organisation.rename"]
