"""What the library holds of a person, and what is left after they were erased."""

from __future__ import annotations

from sheke.directory.holdings import HOLDINGS, mentions_of
from sheke.library.actions import experts as knowing
from sheke.library.models import Check, Expert
from sheke.library.queries import experts_seen_by
from tests import factories as people

from . import factories


def test_ones_own_data_and_what_erasure_leaves(city):
    scholar = people.account(city, "member")
    person = scholar.person
    named = factories.expert(
        city, "林溪", public=True, person=person, biography="研究茶馆", orcid="0000-0002-1825-0097"
    )
    work = factories.work(city, by=scholar, public=True)
    knowing.name_author(contribution=work.contributions.get(), expert=named, by=None)
    (profile,) = HOLDINGS["library.profile"].collect(person)
    assert (profile["biography"], profile["shown"]) == ("研究茶馆", ["employer", "works"])
    assert HOLDINGS["library.works"].collect(person)[0]["title"] == work.title
    assert [row["title"] for row in HOLDINGS["library.acts"].collect(person)] == [work.title]
    assert HOLDINGS["library.profile"].erase(person) == 1
    left = Expert.objects.get()
    assert (left.name, left.biography, left.orcid, left.person, left.is_public) == (
        "林溪",
        "",
        "",
        None,
        False,
    )
    assert not experts_seen_by(people.account(people.organisation(city), "member")).exists()


def test_what_was_merged_into_a_profile_is_told_and_goes_with_it(city):
    person = people.account(city, "member").person
    other = factories.expert(city, "林 溪", public=True, person=person, biography="写过街市")
    oldest = factories.expert(city, "溪生", biography="写过渡口")
    kept = factories.expert(city)
    for into, dropped in ((other, oldest), (kept, other)):
        merge = knowing.merge_experts(kept=into, dropped=dropped, reason="同一人", by=None)
    told = {row["biography"] for row in HOLDINGS["library.profile"].collect(person)}
    assert told == {"", "写过街市", "写过渡口"}
    assert HOLDINGS["library.profile"].erase(person) == 3
    merge.refresh_from_db()
    knowing.undo_merge(merge=merge, by=None)
    left = Expert.objects.values_list("biography", "person", "published_at", "agreed_at")
    assert set(left) == {("", None, None, None)}
    assert set(Expert.objects.values_list("name", flat=True)) == {
        f"#{e.pk}" for e in (kept, other, oldest)
    }


def test_a_profile_without_works_keeps_no_name(city):
    person = people.account(city, "member").person
    made = factories.expert(city, "林溪", person=person)
    HOLDINGS["library.profile"].erase(person)
    made.refresh_from_db()
    assert made.name == f"#{made.pk}"


def test_texts_that_name_somebody_are_found(city):
    person = people.account(city, "member").person
    factories.work(city, abstract=f"据{person.name}口述")
    factories.expert(city, "陈明", biography=f"师从{person.name}")
    Check.objects.create(
        organisation=city, title="申报书", text="文", authors=[person.name], origin="pasted"
    )
    found = {mention.title for mention in mentions_of(person)}
    assert {"河街的茶馆", "陈明", "申报书"} <= found
