"""Profiles: agreed to field by field, merged and parted, one name and two people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheke.core.errors import BadInput
from sheke.library.actions import describe_work
from sheke.library.actions import experts as actions
from sheke.library.describing import Author, description_of
from sheke.library.models import Expert, Merge, Work
from sheke.library.network import network_of
from sheke.library.portrait import portrait_of, same_names
from sheke.library.queries import experts_seen_by
from sheke.notices.models import Notice
from tests import factories as people

from . import factories


class Nobody:
    is_authenticated = False


def known(work, *experts):
    for contribution, expert in zip(work.contributions.all(), experts, strict=False):
        actions.name_author(contribution=contribution, expert=expert, by=None)


class TestAgreeing:
    def test_nothing_is_published_without_agreement(self, city):
        made = factories.expert(city)
        with pytest.raises(BadInput):
            actions.publish_expert(expert=made, by=None)
        with pytest.raises(BadInput, match="同意"):
            actions.agree(expert=made, shown=["works"], by=None)
        actions.agree(expert=made, shown=["works", "salary"], note="书面同意", by=None)
        actions.publish_expert(expert=made, by=None)
        assert Expert.objects.public().get().shown == ["works"]
        actions.take_agreement_back(expert=made, by=None)
        assert not Expert.objects.public().exists()

    def test_the_person_agrees_by_themselves_and_hears_of_what_others_do(self, city, staff):
        scholar = people.account(city, "member")
        made = factories.expert(city, person=scholar.person)
        actions.agree(expert=made, shown=["employer"], by=scholar)
        assert not Notice.objects.exists()
        actions.describe_expert(expert=made, by=staff, employer="云川大学")
        actions.publish_expert(expert=made, by=staff)
        kinds = Notice.objects.filter(account=scholar).order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["library.profile_changed", "library.profile_published"]

    def test_who_sees_a_profile(self, city, society, staff, secretary):
        scholar = people.account(society, "member")
        hidden = factories.expert(city, "内部", person=scholar.person)
        public = factories.expert(city, "公开", public=True)
        assert set(experts_seen_by(Nobody())) == set(experts_seen_by(secretary)) == {public}
        assert set(experts_seen_by(scholar)) == set(experts_seen_by(staff)) == {hidden, public}

    def test_a_reader_sees_the_fields_that_were_agreed_to(self, city):
        made = factories.expert(city, public=True, shown=("works", "topics"), employer="云川大学")
        work = factories.work(
            city, public=True, keywords=("茶馆",), authors=(Author("林溪"), Author("陈明"))
        )
        draft = factories.work(city, "草稿", keywords=("秘密",))
        known(work, made)
        known(draft, made)
        seen = portrait_of(made, Nobody())
        assert seen.works == [work] and seen.topics == [("茶馆", 1)] and seen.fellows == []
        assert not seen.shows("employer")
        whole = portrait_of(made, Nobody(), whole=True)
        assert [(f.name, f.count) for f in whole.fellows] == [("陈明", 1)]


class TestMerging:
    def test_a_merge_moves_works_and_names_and_is_undone(self, city):
        kept, dropped = factories.expert(city), factories.expert(city, "林 溪")
        first, second = factories.work(city), factories.work(city, "街市")
        known(first, kept)
        known(second, dropped)
        merge = actions.merge_experts(kept=kept, dropped=dropped, reason="同一人", by=None)
        assert kept.contributions.count() == 2
        assert [v.name for v in kept.variants.all()] == ["林 溪"]
        assert list(Expert.objects.standing()) == [kept]
        later = factories.work(city, "后来")
        known(later, kept)
        actions.undo_merge(merge=merge, by=None)
        actions.undo_merge(merge=merge, by=None)
        assert set(kept.contributions.values_list("work", flat=True)) == {first.pk, later.pk}
        assert dropped.contributions.get().work == second
        assert Expert.objects.standing().count() == 2 and not kept.variants.exists()

    def test_the_account_goes_with_the_merge_and_comes_back(self, city):
        person = people.account(city, "member").person
        kept, dropped = factories.expert(city), factories.expert(city, "笔名", person=person)
        merge = actions.merge_experts(kept=kept, dropped=dropped, reason="同一人", by=None)
        assert Expert.objects.get(person=person) == kept
        actions.undo_merge(merge=merge, by=None)
        assert Expert.objects.get(person=person) == dropped

    def test_parting_finds_what_was_described_anew_since(self, city):
        kept = factories.expert(city, "陈明")
        dropped = factories.expert(city, orcid="0000-0002-1825-0097")
        work = factories.work(city)
        known(work, dropped)
        merge = actions.merge_experts(kept=kept, dropped=dropped, reason="同一人", by=None)
        said = replace(description_of(work), abstract="另写的摘要")
        describe_work(work=work, description=said, by=None)
        orcid = {"orcid": "0000-0002-1825-0097"}
        actions.describe_expert(expert=kept, by=None, variants=["林溪", "陈先生"], **orcid)
        with pytest.raises(BadInput, match="ORCID"):
            actions.undo_merge(merge=merge, by=None)
        actions.describe_expert(expert=kept, by=None, variants=["林溪", "陈先生"], orcid="")
        actions.undo_merge(merge=merge, by=None)
        assert dropped.contributions.get().work == work and not kept.contributions.exists()
        assert [v.name for v in kept.variants.all()] == ["陈先生"]

    @pytest.mark.parametrize("act", ["take_agreement_back", "hide_expert"])
    def test_what_is_no_longer_shown_is_not_shown_again_by_parting(self, city, act):
        kept = factories.expert(city, public=True)
        dropped = factories.expert(city, "林 溪", public=True)
        merge = actions.merge_experts(kept=kept, dropped=dropped, reason="同一人", by=None)
        getattr(actions, act)(expert=kept, by=None)
        actions.undo_merge(merge=merge, by=None)
        assert not Expert.objects.public().exists()

    def test_what_is_parted_at_once_is_as_it_was(self, city):
        kept = factories.expert(city, public=True)
        dropped = factories.expert(city, "林 溪", public=True)
        merge = actions.merge_experts(kept=kept, dropped=dropped, reason="同一人", by=None)
        actions.undo_merge(merge=merge, by=None)
        assert set(Expert.objects.public()) == {kept, dropped}

    def test_what_cannot_be_merged(self, city):
        one, two, three = (factories.expert(city, name) for name in "甲乙丙")
        for kept, dropped, reason in ((one, one, "同"), (one, two, " ")):
            with pytest.raises(BadInput):
                actions.merge_experts(kept=kept, dropped=dropped, reason=reason, by=None)
        merge = actions.merge_experts(kept=one, dropped=two, reason="同", by=None)
        actions.merge_experts(kept=three, dropped=one, reason="同", by=None)
        with pytest.raises(BadInput):
            actions.undo_merge(merge=merge, by=None)

    def test_same_names_are_proposed_until_they_are_told_apart(self, city):
        one, two = factories.expert(city), factories.expert(city)
        other = factories.expert(city, "陈明")
        actions.describe_expert(expert=other, by=None, variants=["林溪"])
        assert len(same_names(Expert.objects.all())) == 3
        actions.keep_apart(first=two, second=one, by=None)
        assert (one, two) not in same_names(Expert.objects.all())
        assert len(same_names(Expert.objects.all())) == 2


def test_works_are_harvested_again_when_their_authors_are_told_of_otherwise(city):
    """Their ORCID stands in what harvesters fetched."""
    made, other = factories.expert(city), factories.expert(city, "陈明")
    work = factories.work(city, public=True)
    known(work, made)

    def touches(act) -> bool:
        before = Work.objects.get().changed_at
        act()
        return Work.objects.get().changed_at > before

    assert touches(lambda: actions.agree(expert=made, shown=["orcid"], note="书面同意", by=None))
    assert touches(lambda: actions.publish_expert(expert=made, by=None))
    orcid = "0000-0002-1825-0097"
    assert touches(lambda: actions.describe_expert(expert=made, by=None, orcid=orcid))
    assert not touches(lambda: actions.describe_expert(expert=made, by=None, post="教授"))
    assert touches(lambda: actions.hide_expert(expert=made, by=None))
    assert touches(lambda: actions.take_agreement_back(expert=made, by=None))
    merged = {"kept": other, "dropped": made, "reason": "同一人", "by": None}
    assert touches(lambda: actions.merge_experts(**merged))
    assert touches(lambda: actions.undo_merge(merge=Merge.objects.get(), by=None))
    assert touches(lambda: known(work, None))


def test_an_orcid_belongs_to_one_profile(city):
    factories.expert(city, orcid="https://orcid.org/0000-0002-1825-0097")
    with pytest.raises(BadInput, match="林溪"):
        factories.expert(city, "陈明", orcid="0000000218250097")
    with pytest.raises(BadInput):
        factories.expert(city, "陈明", orcid="0000-0002-1825-0098")


def test_the_network_has_lines_between_those_who_wrote_together(city):
    made = factories.expert(city)
    names = ("林溪", "陈明", "周原")
    for title in ("一", "二"):
        known(factories.work(city, title, authors=tuple(map(Author, names))), made)
    portrait = portrait_of(made, Nobody(), whole=True)
    assert portrait.fellows == []  # nobody sees drafts
    staff = people.account(city, "staff")
    portrait = portrait_of(made, staff, whole=True)
    drawn = network_of(portrait.fellows, portrait.written)
    assert drawn is not None
    assert [node.fellow.name for node in drawn.nodes] == ["周原", "陈明"]
    assert sorted(edge.weight for edge in drawn.edges) == [2, 2, 2]
