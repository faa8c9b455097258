"""Verbs of works: described as a whole, public and taken back, counted in the ledger."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.ledger.models import Record, Reversal
from sheke.library import actions
from sheke.library.describing import Author, Description, DescriptionError, description_of
from sheke.library.models import PersistentLink, Work
from sheke.library.queries import files_read_by, works_kept_by, works_seen_by
from tests import factories as people

from . import factories

PDF = b"%PDF-1.4 instruction"


class Nobody:
    is_authenticated = False


def adopt(work, **said):
    said = {
        "kind": "instruction", "adopter": "市政府办公室", "level": "municipal",
        "adopted_on": timezone.localdate(), "file": io.BytesIO(PDF), "name": "批示.pdf",
    } | said  # fmt: skip
    return actions.add_adoption(work=work, by=None, **said)


class TestDescribing:
    def test_everything_is_kept_in_order(self, society):
        said = factories.description(
            "茶馆与街市", keywords=("茶馆", " 街市 ", "茶馆"), container="地方史研究", volume="12",
            authors=(Author("林溪", organisation_name="云川大学"), Author("Brook, Timothy"),
                     Author("甲学会", "organisation")),
            other_titles=(("translated", "Teahouses and Streets"),),
            identifiers=(("isbn", "9787040447033"),), relations=(("came_out_of", None, "课题 24-7"),),
        )  # fmt: skip
        made = actions.create_work(organisation=society, description=said, by=None)
        held = description_of(Work.objects.get(pk=made.pk))
        assert held.keywords == ("茶馆", "街市")
        assert [a.name for a in held.authors] == ["林溪", "Brook, Timothy", "甲学会"]
        assert held.identifiers == (("isbn", "978-7-04-044703-3"),)
        assert held.relations == (("came_out_of", None, "课题 24-7"),)
        assert (made.year, made.is_public) == (2024, False)
        again = actions.describe_work(work=made, description=held, by=None)
        assert AuditEvent.objects.filter(verb="work.describe").count() == 0
        assert description_of(again) == held

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"title": "  "}, "title"), ({"issued": "2024-13"}, "issued"), ({"issued": "2023-02-29"}, "issued"),
            ({"kind": "song"}, "kind"), ({"level": "galactic"}, "level"),
            ({"identifiers": (("isbn", "978-7-04-044703-4"),)}, "identifiers"),
            ({"title": "长" * 501}, "title"), ({"authors": (Author("长" * 201),)}, "authors"),
            ({"authors": (Author("林溪", role="singer"),)}, "authors"),
            ({"other_titles": (("former", "长" * 501),)}, "other_titles"),
            ({"other_titles": (("nick", "别名"),)}, "other_titles"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_named_by_its_field_and_nothing_is_kept(self, society, said, field):
        wrong = Description(**{"title": "茶馆"} | said)
        with pytest.raises(DescriptionError) as error:
            actions.create_work(organisation=society, description=wrong, by=None)
        assert list(error.value.errors) == [field] and error.value.errors[field]
        assert not Work.objects.exists()

    def test_changes_are_in_the_log_and_profiles_stay_with_their_authors(self, society):
        made = factories.work(society)
        known = factories.expert(society)
        made.contributions.update(expert=known)
        said = factories.description(authors=(Author("陈明"), Author("林溪")))
        actions.describe_work(work=made, description=said, by=None)
        assert [c.expert for c in made.contributions.all()] == [None, known]
        event = AuditEvent.objects.get(verb="work.describe")
        assert list(event.data["changes"]) == ["authors"]

    def test_two_authors_of_one_name_stay_two_people(self, society):
        made = factories.work(society, authors=(Author("王伟"), Author("陈明"), Author("王伟")))
        known = [factories.expert(society, f"王伟{n}") for n in range(2)]
        for place, expert in zip((1, 3), known, strict=True):
            made.contributions.filter(position=place).update(expert=expert)
        authors = (Author("林溪"), Author("王伟"), Author("陈明"), Author("王伟"))
        actions.describe_work(
            work=made, description=factories.description(authors=authors), by=None
        )
        experts = [c.expert for c in made.contributions.all()]
        assert experts == [None, known[0], None, known[1]]
        less = factories.description(authors=(Author("王伟"),))  # which of them, nobody said
        actions.describe_work(work=made, description=less, by=None)
        assert made.contributions.get().expert is None

    def test_a_relation_is_to_another_work_that_one_sees(self, city, society, secretary):
        made = factories.work(society)
        hidden = factories.work(people.organisation(city), "别家的草稿")
        public = factories.work(people.organisation(city), "别家的书", public=True)
        for wrong in (999_999, made.pk, hidden.pk):
            said = factories.description(relations=(("part_of", wrong, ""),))
            with pytest.raises(DescriptionError, match=str(wrong)) as error:
                actions.describe_work(work=made, description=said, by=secretary)
            assert list(error.value.errors) == ["relations"]
        said = factories.description(relations=(("part_of", public.pk, ""),))
        actions.describe_work(work=made, description=said, by=secretary)
        actions.withdraw_work(work=public, reason="有误", by=None)
        again = factories.description("改过的题名", relations=(("part_of", public.pk, ""),))
        actions.describe_work(work=made, description=again, by=secretary)
        assert made.relations.get().other == public


class TestPublishing:
    def test_a_work_gets_its_lasting_address_and_keeps_it(self, society):
        made = factories.work(society, public=True)
        link = PersistentLink.objects.get(work=made)
        actions.withdraw_work(work=made, reason="版权", by=None)
        actions.publish_works(works=[made], by=None)
        assert PersistentLink.objects.get(work=made) == link
        assert Work.objects.get(pk=made.pk).withdrawal_reason == ""

    def test_all_or_none(self, society):
        whole, bare = factories.work(society), factories.work(society, issued="", authors=())
        with pytest.raises(BadInput, match="河街的茶馆"):
            actions.publish_works(works=[whole, bare], by=None)
        assert not Work.objects.public().exists()

    def test_taking_back_needs_a_reason_and_something_public(self, society):
        made = factories.work(society)
        with pytest.raises(BadInput):
            actions.withdraw_work(work=made, reason="版权", by=None)
        actions.publish_works(works=[made], by=None)
        with pytest.raises(BadInput):
            actions.withdraw_work(work=made, reason=" ", by=None)

    def test_only_what_was_never_public_is_thrown_away(self, society):
        draft = factories.work(society, text="正文")
        actions.discard_work(work=draft, by=None)
        assert not Work.objects.exists()
        shown = factories.work(society, public=True)
        actions.withdraw_work(work=shown, reason="版权", by=None)
        with pytest.raises(BadInput):
            actions.discard_work(work=shown, by=None)


class TestSeeing:
    def test_everybody_sees_what_is_public_and_keepers_what_they_keep(
        self, city, society, staff, secretary
    ):
        public = factories.work(society, "公开", public=True)
        draft = factories.work(society, "草稿")
        of_city = factories.work(city, "市里的草稿")
        stranger = people.account(people.organisation(city), "secretary")
        seen = {
            who: set(works_seen_by(account).values_list("title", flat=True))
            for who, account in {
                "nobody": Nobody(), "stranger": stranger, "secretary": secretary, "staff": staff,
            }.items()
        }  # fmt: skip
        assert seen["nobody"] == seen["stranger"] == {public.title}
        assert seen["secretary"] == {public.title, draft.title}
        assert seen["staff"] == {public.title, draft.title, of_city.title}
        assert set(works_kept_by(secretary)) == {public, draft}

    def test_a_file_is_open_when_it_is_for_everybody_and_its_embargo_is_over(
        self, society, secretary
    ):
        made = factories.work(society, public=True)
        open_, closed, later = (
            factories.file(made, f"文 {n}", access=access)
            for n, access in enumerate(("public", "office", "public"))
        )
        today = timezone.localdate()
        actions.set_file_access(
            file=later, access="public", rights="", embargo_until=today + timedelta(days=1), by=None
        )
        assert set(files_read_by(Nobody())) == {open_}
        assert set(files_read_by(secretary)) == {open_, closed, later}
        actions.set_file_access(
            file=later, access="public", rights="", embargo_until=today, by=None
        )
        assert set(files_read_by(Nobody())) == {open_, later}
        actions.withdraw_work(work=made, reason="版权", by=None)
        assert not files_read_by(Nobody()).exists()


@pytest.mark.usefixtures("counted")
class TestCounting:
    def test_a_public_work_with_a_level_counts_once(self, society):
        made = factories.work(society, level="provincial", kind="monograph", discipline="770")
        actions.publish_works(works=[made], by=None)
        actions.publish_works(works=[made], by=None)
        record = Record.objects.get()
        assert record.organisation == society and record.title == made.title
        assert record.attributes == {"level": "provincial", "kind": "book", "discipline": "历史学"}

    def test_the_record_follows_the_work(self, society):
        made = factories.work(society, level="municipal")
        actions.publish_works(works=[made], by=None)
        actions.describe_work(
            work=made, description=factories.description(level="national"), by=None
        )
        assert Record.objects.get().attributes["level"] == "national"
        with pytest.raises(BadInput):
            actions.describe_work(work=made, description=factories.description(level=""), by=None)
        actions.withdraw_work(work=Work.objects.get(), reason="版权", by=None)
        assert Reversal.objects.count() == 1
        actions.publish_works(works=[made], by=None)
        assert Record.objects.count() == 2 and Reversal.objects.count() == 1

    def test_without_a_level_or_if_not_wanted_nothing_counts(self, society):
        actions.publish_works(works=[factories.work(society)], by=None)
        actions.publish_works(
            works=[factories.work(society, level="county")], by=None, counted=False
        )
        assert not Record.objects.exists()

    def test_an_adoption_counts_with_its_evidence_until_it_is_taken_back(self, society):
        made = factories.work(society, kind="advice")
        adoption = adopt(made)
        record = Record.objects.get()
        assert record.attributes == {
            "kind": "instruction",
            "level": "municipal",
            "brief": made.title,
        }
        assert record.evidence.get().name == "批示.pdf"
        with pytest.raises(BadInput):
            actions.discard_work(work=made, by=None)
        with pytest.raises(BadInput):
            actions.withdraw_adoption(adoption=adoption, reason="", by=None)
        actions.withdraw_adoption(adoption=adoption, reason="录错", by=None)
        actions.withdraw_adoption(adoption=adoption, reason="录错", by=None)
        assert Reversal.objects.count() == 1

    @pytest.mark.parametrize(
        "said",
        [
            {"adopted_on": date(2999, 1, 1)}, {"level": "own"}, {"adopter": " "}, {"kind": "liked"},
            {"file": io.BytesIO(b"")},
        ],
    )  # fmt: skip
    def test_a_wrong_adoption_leaves_nothing(self, society, said):
        made = factories.work(society)
        with pytest.raises(BadInput):
            adopt(made, **said)
        assert not made.adoptions.exists() and not Record.objects.exists()
