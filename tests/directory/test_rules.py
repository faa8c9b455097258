"""Who may: denied by default, never above oneself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sheke.directory.actions import create_person, give_tenure
from sheke.directory.consents import mark_shown
from sheke.directory.models import Account, Consent, Tenure
from sheke.directory.queries import administered_organisations
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    root = organisation(kind="federation")
    county = organisation(root, kind="county_federation")
    return root, county, organisation(county), organisation(root)


def test_an_administrator_administers_what_lies_below(tree):
    root, county, leaf, other = tree
    admin = account(county, "administrator")
    assert admin.has_perm("directory.administer", county)
    assert admin.has_perm("directory.administer", leaf)
    assert not admin.has_perm("directory.administer", root)
    assert not admin.has_perm("directory.administer", other)
    assert not admin.has_perm("directory.administer", None)
    assert set(administered_organisations(admin)) == {county, leaf}


@pytest.mark.parametrize("role", ["leader", "staff", "secretary", "member"])
def test_other_roles_administer_nothing(tree, role):
    mine = account(tree[0], role)
    assert not mine.has_perm("directory.administer", tree[0])
    assert not mine.has_perm("directory.administer_something")


def test_a_past_tenure_gives_nothing(tree):
    admin = account(tree[0], "administrator")
    Tenure.objects.filter(person=admin.person).update(
        until=timezone.localdate() - timedelta(days=1)
    )
    assert not admin.has_perm("directory.administer", tree[0])


def test_the_password_of_a_higher_one_is_out_of_reach(tree):
    """A county's administrator may not reset somebody who also works for the federation."""
    root, county, _leaf, _other = tree
    admin, both = account(county, "administrator"), account(county, "secretary")
    assert admin.has_perm("directory.administer_account", both)
    Tenure.objects.create(person=both.person, organisation=root, role="leader")
    assert not admin.has_perm("directory.administer_account", both)
    assert account(root, "administrator").has_perm("directory.administer_account", both)


def test_the_machine_s_account_answers_to_its_like_only(tree):
    machine = Account.objects.create_superuser("root", "k7mp-x2rq-9hda")
    assert not account(tree[0], "administrator").has_perm("directory.administer_account", machine)
    assert machine.has_perm("directory.administer_account", machine)


def test_people_without_a_tenure_belong_to_the_root_s_administrator(tree):
    nobody = account()
    assert account(tree[0], "administrator").has_perm("directory.administer_person", nobody.person)
    assert not account(tree[1], "administrator").has_perm(
        "directory.administer_person", nobody.person
    )


def test_contacts_are_seen_by_oneself_and_from_above(tree):
    root, county, leaf, other = tree
    subject = account(leaf)
    assert subject.has_perm("directory.see_contacts", subject.person)
    assert account(county).has_perm("directory.see_contacts", subject.person)
    assert account(root).has_perm("directory.see_contacts", subject.person)
    assert not account(other).has_perm("directory.see_contacts", subject.person)
    assert not account(leaf, "member").has_perm("directory.see_contacts", subject.person)


def test_a_tenure_shows_no_telephone_that_its_giver_did_not_know(tree):
    """Otherwise any administrator could look up anybody by putting them among their own members."""
    _root, county, leaf, other = tree
    professor = account(leaf, "member").person
    professor.phone = "13800001234"
    professor.save()
    admin = account(other, "administrator")
    given = give_tenure(person=professor, organisation=other, role="member", by=admin)
    assert not given.shows_contacts
    assert not admin.has_perm("directory.see_contacts", professor)
    mark_shown([professor], admin)
    assert "phone" not in professor.shown
    assert account(county).has_perm("directory.see_contacts", professor)
    Consent.objects.create(person=professor, field="phone", audience="federation")
    mark_shown([professor], admin)
    assert "phone" in professor.shown


def test_a_tenure_shows_the_telephone_to_those_who_knew_it(tree):
    root, _county, leaf, other = tree
    admin = account(other, "administrator")
    new = create_person(name="新成员", by=admin)
    assert give_tenure(person=new, organisation=other, role="member", by=admin).shows_contacts
    assert admin.has_perm("directory.see_contacts", new)
    chief = account(root, "administrator")
    assert give_tenure(person=new, organisation=leaf, role="member", by=chief).shows_contacts
    assert account(leaf).has_perm("directory.see_contacts", new)


def test_an_account_that_is_off_may_nothing(tree):
    admin = account(tree[0], "administrator", is_active=False)
    assert not admin.has_perm("directory.administer", tree[0])


def test_a_future_tenure_gives_nothing_yet(tree):
    admin = account(tree[0], "administrator")
    Tenure.objects.filter(person=admin.person).update(since=date.max)
    assert not admin.has_perm("directory.administer", tree[0])
